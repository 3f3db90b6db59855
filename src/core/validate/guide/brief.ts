// A scenario at a glance, for whoever presents it: one more search, and what the steps have found.
import { grouped, secondsText } from '../../../text/numbers.ts';
import type { ScenarioBrief } from '../../events.ts';
import type { RunScope } from '../scope.ts';
import { type Bucket, bucketsIn, countIn, largest, quantileIn } from './answer.ts';
import { FEW } from './code-steps.ts';
import { beforeAndDuring, spansIn } from './compare-steps.ts';
import { investigationOf } from './investigations.ts';
import {
  dqlLine,
  FAILED,
  type Inquiry,
  percentiles,
  TRANSACTIONS,
  terms,
  type WrittenSearch,
} from './search.ts';
import { type Known, type Scene, spanWithBefore } from './step.ts';
import { clock, listed } from './words.ts';

/** What the answer to the search of a brief says. */
export type BriefText = Pick<
  ScenarioBrief,
  'errorRate' | 'p95Ms' | 'p95BeforeMs' | 'say' | 'which' | 'where'
>;

/** Values without a document are named too: that the other gateways have none is the point. */
const every = (field: string) => ({ terms: { field, min_doc_count: 0 } });

/** Failures and response times of the incident, and of as many minutes before it. */
export function inquireBrief(scene: Scene): Inquiry {
  const codes = {
    ...terms('error_code', 20),
    aggs: { gateways: every('payment_gateway'), servers: terms('server_instance') },
  };
  return {
    span: spanWithBefore(scene),
    where: [TRANSACTIONS],
    aggs: beforeAndDuring(scene, {
      p95: percentiles('response_time_ms'),
      failures: { ...FAILED, aggs: { codes } },
    }),
    ppl: 'stats percentile(response_time_ms, 95) as p95, count() as transactions by status, error_code',
  };
}

const codesIn = (span: Bucket) => bucketsIn(span['failures'], 'codes');

/** Codes that are new and not chance; where none is, the most frequent. */
function tellingCodes(before: Bucket, during: Bucket): readonly Bucket[] {
  const usual = new Set(codesIn(before).map(({ key }) => key));
  const fresh = codesIn(during).filter(({ key, doc_count }) => !usual.has(key) && doc_count >= FEW);
  return fresh.length > 0 ? fresh : codesIn(during).slice(0, 1);
}

/** `stripe: 65 of 65; paypal 0 and square 0`, or `checkout-service-02 58 and checkout-service-01 40`. */
function whereText({ incident }: Scene, code: Bucket): string {
  const counts = (places: readonly Bucket[]) =>
    listed(places.map(({ key, doc_count }) => `${key} ${grouped(doc_count)}`));
  if (incident.gateway === undefined) return counts(bucketsIn(code, 'servers'));
  const gateways = bucketsIn(code, 'gateways');
  const most = largest(gateways, ({ doc_count }) => doc_count);
  if (!most) return '';
  const others = gateways.filter((gateway) => gateway !== most);
  const share = `${most.key}: ${grouped(most.doc_count)} of ${grouped(code.doc_count)}`;
  return others.length === 0 ? share : `${share}; ${counts(others)}`;
}

const seconds = (ms: number) => `${secondsText(ms)} s`;

/** Undefined where the index has no documents of the incident, or none from before it. */
export function tellBrief(answer: unknown, scene: Scene, { code }: Known): BriefText | undefined {
  const { before, during } = spansIn(answer) ?? {};
  if (!before || !during) return undefined;
  const { incident, timeZone } = scene;
  const [p95BeforeMs, p95Ms] = [quantileIn(before, 'p95'), quantileIn(during, 'p95')];
  const start = clock(incident.startMs, timeZone);
  const [from, to] = [seconds(p95BeforeMs), seconds(p95Ms)];
  const codes = tellingCodes(before, during);
  const first = codes.find(({ key }) => key === code) ?? codes[0];
  return {
    errorRate: countIn(during, 'failures') / during.doc_count,
    p95Ms,
    p95BeforeMs,
    say: investigationOf(incident.type).gradual
      ? `From ${start} on, p95 of the checkout climbs: ${from} before, ${to} over the incident.`
      : `At ${start} p95 of the checkout jumps from ${from} to ${to}.`,
    which: codes.map(({ key, doc_count }) => `${grouped(doc_count)} ${key}`).join(', '),
    where: first ? whereText(scene, first) : '',
  };
}

/** The failures that the investigation follows, for the query line of Discover. */
export const briefDql = (scope: RunScope, { code, gateway }: Known): string =>
  dqlLine(scope, [
    code === undefined ? { field: 'status', is: 'error' } : { field: 'error_code', is: code },
    ...(gateway === undefined ? [] : [{ field: 'payment_gateway', is: gateway }]),
  ]);

/** A scenario's brief as the guide holds it. */
export interface AskedBrief extends WrittenSearch, BriefText {
  /** Its failures; the search itself looks at all transactions. */
  readonly failuresDql: string;
}
