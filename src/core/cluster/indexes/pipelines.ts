// What an ingest pipeline does to documents like ours, found out without writing any.
import { isDeepStrictEqual } from 'node:util';
import { wordsOf } from '../../../text/plain-text.ts';
import { reasonIn } from '../answer-errors.ts';
import { fieldsOf, textOf } from '../answer-shape.ts';
import type { Cluster } from '../client.ts';
import { LIKE_OURS } from '../sample-document.ts';

export interface PipelineQuestion {
  readonly pipeline: string;
  readonly index: string;
  readonly signal?: AbortSignal | undefined;
}

/** Fields of one document that another one has otherwise or not at all. */
function changedFields(before: object, after: object): string[] {
  const was = new Map(Object.entries(before));
  const is = new Map(Object.entries(after));
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names].filter((name) => !isDeepStrictEqual(was.get(name), is.get(name)));
}

/** So many fields are named. */
const NAMED = 5;

/** `changes ip_address and user_agent`, `drops every document`; undefined when it leaves a document as it is. */
export async function whatPipelineDoes(
  cluster: Cluster,
  { pipeline, index, signal }: PipelineQuestion,
): Promise<string | undefined> {
  const path = `/_ingest/pipeline/${pipeline}/_simulate`;
  const body = { docs: [{ _index: index, _id: 'probe', _source: LIKE_OURS }] };
  const answer = await cluster.request({ method: 'POST', path, body, accept: 'any', signal });
  const { docs } = fieldsOf(answer.body);
  if (answer.status >= 400 && /does not exist/.test(reasonIn(answer.body).reason))
    return 'does not exist, so every document is rejected';
  if (answer.status !== 200 || !Array.isArray(docs)) return 'may change or drop documents';
  const [first] = docs;
  if (first === null) return 'drops documents';
  const { doc, error } = fieldsOf(first);
  if (error !== undefined) return `rejects documents: ${wordsOf(fieldsOf(error)['reason'], 120)}`;
  const { _index: target, _id: id, _source: source } = fieldsOf(doc);
  if (textOf(target) !== index) return `sends documents to ${wordsOf(target, 80)}`;
  if (textOf(id) !== 'probe') return 'gives documents other ids, so a repeated batch would double them';
  const changed = changedFields(LIKE_OURS, fieldsOf(source)).map((name) => wordsOf(name, 40));
  if (changed.length === 0) return undefined;
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more fields` : '';
  return `changes ${changed.slice(0, NAMED).join(', ')}${more}`;
}
