// What is different from the minutes before: where the time goes, and how much traffic there is.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { type Bucket, bucketsIn, countIn, quantileIn, valueIn } from './answer.ts';
import { highest, percentiles, sum, TRANSACTIONS } from './search.ts';
import { type Scene, type StepMaker, spanWithBefore, type Told } from './step.ts';
import { capitalized, duration } from './words.ts';

/** The parts of the time of a request, each as a field of the documents. */
const PARTS = {
  gateway: percentiles('upstream_response_time_ms'),
  query: percentiles('database_query_time_ms'),
  wait: percentiles('db_connection_wait_ms'),
  pause: highest('gc_pause_ms'),
} as const;

const PARTS_PPL = [
  'percentile(upstream_response_time_ms, 95) as gateway_ms',
  'percentile(database_query_time_ms, 95) as query_ms',
  'percentile(db_connection_wait_ms, 95) as wait_ms',
  'max(gc_pause_ms) as pause_ms',
].join(', ');

type Part = keyof typeof PARTS;
const partOf = (bucket: unknown, part: Part) =>
  duration(part === 'pause' ? valueIn(bucket, part) : quantileIn(bucket, part));

/** Before and during the incident, as buckets named so. */
export function beforeAndDuring({ incident }: Scene, aggs: object) {
  const boundary = new Date(incident.startMs).toISOString();
  return {
    spans: {
      date_range: {
        field: '@timestamp',
        ranges: [
          { key: 'before', to: boundary },
          { key: 'during', from: boundary },
        ],
      },
      aggs,
    },
  };
}

export function spansIn(answer: unknown): { readonly before: Bucket; readonly during: Bucket } | undefined {
  const spans = bucketsIn(answer, 'spans');
  const named = (key: string) => spans.find((span) => span.key === key && span.doc_count > 0);
  const [before, during] = [named('before'), named('during')];
  return before && during ? { before, during } : undefined;
}

/** On what the time of a request goes, before and during the incident. */
export const timeSpent = (suspect: Part, tellPart: Pick<Told, 'rulesOut'>): StepMaker => ({
  question: 'Where does the time go?',
  inquire: (scene) => ({
    span: spanWithBefore(scene),
    where: [TRANSACTIONS],
    aggs: beforeAndDuring(scene, PARTS),
    ppl: `stats ${PARTS_PPL} by span(\`@timestamp\`, 1m)`,
  }),
  tell: (answer) => {
    const spans = spansIn(answer);
    if (!spans) return undefined;
    const { before, during } = spans;
    const names: Record<Part, string> = {
      gateway: 'call to the payment gateway, p95',
      query: 'database query, p95',
      wait: 'wait for a database connection, p95',
      pause: 'longest garbage-collection (GC) pause',
    };
    const said = (part: Part) => `${names[part]}: ${partOf(before, part)}, then ${partOf(during, part)}`;
    const rest = (Object.keys(names) as Part[]).filter((part) => part !== suspect);
    return {
      shows: `Before and during the incident: ${said(suspect)}; ${rest.map(said).join('; ')}.`,
      ...tellPart,
      say: `Where does the time go? ${capitalized(said(suspect))}. The other parts of a request hardly change.`,
    };
  },
});

/** Traffic that grows by less is chance, or the time of day. */
const MORE = 1.25;

/** Whether there is more traffic than before. */
export const traffic: StepMaker = {
  question: 'Is it more traffic, or retries?',
  panel: 9,
  inquire: (scene) => ({
    span: spanWithBefore(scene),
    where: [TRANSACTIONS],
    aggs: beforeAndDuring(scene, {
      carts: { filter: term('step', 'cart_review'), aggs: { reviewed: sum('sample_weight') } },
      retries: { filter: { range: { retry_count: { gte: 1 } } } },
    }),
    ppl: 'stats sum(sample_weight) as transactions by span(`@timestamp`, 1m), step, retry_count',
  }),
  tell: (answer) => {
    const spans = spansIn(answer);
    if (!spans) return undefined;
    const { before, during } = spans;
    const carts = (span: Bucket) => valueIn(span['carts'], 'reviewed');
    const retries = (span: Bucket) => grouped(countIn(span, 'retries'));
    const counts = `Customers review ${grouped(carts(before))} carts in the minutes before, and ${grouped(carts(during))} in as many minutes of the incident. Documents that are retries: ${retries(before)} before, ${retries(during)} during`;
    if (carts(during) > MORE * carts(before))
      return { shows: `${counts}. There is more of both, and in a sample this small that may be chance.` };
    return {
      shows: `No. ${counts}; each retry follows a failure, and makes it worse.`,
      rulesOut: 'A rush of customers, and retries as the cause.',
    };
  },
};
