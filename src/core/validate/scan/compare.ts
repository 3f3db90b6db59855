// Documents of the index compared with those that are planned for the same time.
import { grouped } from '../../../text/numbers.ts';
import { plainWords } from '../../../text/plain-text.ts';
import { fieldsOf, textOf } from '../../cluster/answer-shape.ts';
import { idAt } from '../../documents/ids.ts';
import { type Expected, halves, placeOf, plannedText } from './expected.ts';
import type { Findings } from './findings.ts';
import { type Hit, holdsExactly, NoComparison, type Page, pageOf } from './page.ts';
import { differencesBetween } from './values.ts';

/** OpenSearch returns no more unless an index allows it. */
export const MOST_HITS = 10_000;

/** The answer of a search for this run's documents of `[fromMs, toMs)`, at most 10,000 of them. */
export type Search = (span: { readonly fromMs: number; readonly toMs: number }) => Promise<Buffer>;

/** Compares some time; where it holds more documents than a search returns, each half of it. Throws NoComparison. */
export async function compareTime(search: Search, expected: Expected, findings: Findings): Promise<void> {
  const { fromMs, toMs } = expected;
  if (toMs <= fromMs) return;
  const answer = await search(expected);
  if (holdsExactly(answer, expected)) return;
  const page = pageOf(answer);
  // Smaller times would bring no more than this: the cluster does not return what it counts.
  if (page.hits.length < Math.min(page.total, MOST_HITS))
    throw new NoComparison(
      `${grouped(page.hits.length)} of ${grouped(page.total)} documents, which is all that a search returned`,
    );
  if (page.total <= page.hits.length || toMs - fromMs <= 1) return comparePage(page, expected, findings);
  for (const half of halves(expected)) await compareTime(search, half, findings);
}

/** Compares each document of a page that holds every document of its time, or the first of a millisecond. */
function comparePage({ total, hits }: Page, expected: Expected, findings: Findings): void {
  const seen = new Set<number>();
  const unplanned: Hit[] = [];
  for (const hit of hits) {
    const index = placeOf(expected, hit.id);
    if (index === undefined || seen.has(index)) unplanned.push(hit);
    else {
      seen.add(index);
      compareDocument(hit, plannedText(expected, index), findings);
    }
  }
  const originals = unplanned.length > 0 ? idsByTransaction(expected) : new Map<string, string>();
  for (const hit of unplanned)
    findings.extra(hit.id, placeOf(expected, hit.id) === undefined ? unplannedWords(hit, originals) : TWICE);
  findings.moreExtra(Math.max(0, total - hits.length));
  for (let index = expected.from; index < expected.to; index++)
    if (!seen.has(index))
      findings.missing({ id: idAt(expected.batch, index), planned: plannedText(expected, index) });
}

/** With routing of one's own, shards may each have a document of the same id. */
const TWICE = 'is there twice';

/** The ids of the planned documents by their transactions. */
function idsByTransaction(expected: Expected): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (let index = expected.from; index < expected.to; index++) {
    const transaction = transactionOf(JSON.parse(plannedText(expected, index)));
    if (transaction !== '') ids.set(transaction, idAt(expected.batch, index));
  }
  return ids;
}

const transactionOf = (source: unknown) => textOf(fieldsOf(source)['transaction_id']);

/** What a document is that is not planned for its time, after its id. */
export function unplannedWords({ source }: Hit, originals: ReadonlyMap<string, string> = new Map()): string {
  const original = originals.get(transactionOf(source));
  if (original !== undefined) return `is a second document of the transaction of ${original}`;
  const time = plainWords(textOf(fieldsOf(source)['@timestamp']), 40);
  return `is not planned${time === '' ? '' : ` at ${time}`}`;
}

/** Compares a document by its values: a cluster may write them in its own way. Throws NoComparison where it has none. */
function compareDocument({ id, source }: Hit, planned: string, findings: Findings): void {
  if (source === undefined) throw new NoSource();
  if (JSON.stringify(source) === planned) return;
  const differences = differencesBetween(source, JSON.parse(planned));
  if (differences.length > 0) findings.changed(id, differences);
}

/** An index that keeps no `_source` cannot be compared. */
export class NoSource extends NoComparison {
  constructor() {
    super('the index keeps no _source');
  }
}
