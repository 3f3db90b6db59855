// Why checks failed: one cause from the failed checks, and what follows from it.
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../../src/core/events.ts';
import { TRANSACTIONS } from '../../../../src/core/generate/signals/transactions.ts';
import { timeRange } from '../../../../src/core/ground-truth/clauses.ts';
import { makePlan } from '../../../../src/core/plan/index.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import type { Check } from '../../../../src/core/validate/check.ts';
import { checkGroups } from '../../../../src/core/validate/check-groups.ts';
import { diagnose } from '../../../../src/core/validate/diagnosis.ts';
import { everyCheck } from '../../../../src/core/validate/index.ts';
import { runScope } from '../../../../src/core/validate/scope.ts';
import { hoursCheck, totalsCheck } from '../../../../src/core/validate/sum-checks.ts';
import { diagnosisSentence, groupTitle } from '../../../../src/ui/text/check-text.ts';
import { DEFAULTS } from '../../../helpers/parameters.ts';

const nowMs = Date.parse('2026-11-24T16:00:00Z');
const parameters = { ...DEFAULTS, days: 3, sample: 240, seed: 7, timeZone: 'UTC' };
const plan = makePlan({ parameters, presets: BUILT_IN, nowMs });
const tally = TRANSACTIONS.tally.count(plan);
const scope = runScope(TRANSACTIONS, 'demo', plan, false);
const checks = everyCheck(scope, plan, tally);

const payment = plan.incidents.find(({ preset }) => preset === 'payment-gateway-timeout');
if (!payment) throw new Error('no payment incident');

/** Every check passed, but for those with another finding. */
const results = (findings: Readonly<Record<string, string>> = {}): CheckResult[] =>
  checks.map(({ id, title, expected, query, unit }) => ({
    ...{ id, title, expected, query, ms: 1, ok: findings[id] === undefined },
    ...(unit === undefined ? {} : { unit }),
    found: findings[id] ?? expected,
  }));

/** What a check finds in an answer. */
const finding = (check: Check, answer: object) => check.judge(answer);

/** The buckets of the hours as planned; some hours with fewer documents, or none. */
function hoursAnswer(fewer: Readonly<Record<string, number>> = {}) {
  const buckets = Object.entries(tally.byHour).flatMap(([name, documents]) => {
    const key = Date.parse(name);
    const doc_count = Math.max(0, documents - (fewer[name] ?? 0));
    return doc_count === 0
      ? []
      : [{ key, doc_count, times: { value: doc_count * key + (tally.hourMs[name] ?? 0) } }];
  });
  return { aggregations: { hours: { buckets } } };
}

const twelveFewer = String(tally.documents - 12);
const window = `${payment.id}/window`;
const evidence = checks.find(({ id }) => id.startsWith(`${payment.id}/`) && id !== window)?.id ?? '';
const other = checks.find(({ id }) => id.startsWith('memory-pressure/') && !id.endsWith('/window'))?.id ?? '';

describe('the diagnosis of failed checks', () => {
  it('is none while nothing failed, or when nothing shows a cause', () => {
    expect(diagnose(results())).toBeUndefined();
    expect(diagnose(results({ 'index-health': 'red' }))).toBeUndefined();
    expect(diagnosisSentence(results({ 'index-health': 'red' }), 'UTC')).toBe('');
  });

  it('names the incident whose own count lacks as many documents as the index, and what follows', () => {
    const [expected = ''] = checks.flatMap((check) => (check.id === window ? [check.expected] : []));
    const found = expected.replace(
      / of ([\d,]+) /,
      (_, many) => ` of ${Number(many.replaceAll(',', '')) - 12} `,
    );
    expect(found).not.toBe(expected);
    const failed = results({
      count: twelveFewer,
      [window]: found,
      [evidence]: '0',
      totals: '1 transactions',
    });
    expect(diagnose(failed)).toMatchObject({
      cause: 'missing',
      documents: 12,
      span: { fromMs: payment.startMs, toMs: payment.endMs },
      others: [],
    });
    expect(diagnosisSentence(failed, 'UTC')).toBe(
      '12 documents are missing from Tue 24 Nov 14:25-14:35; 3 checks follow from that',
    );
  });

  it('names the hours where no incident lacks them all, and tells apart what cannot follow', () => {
    const check = hoursCheck(scope, tally);
    const { ok, found } = finding(
      check,
      hoursAnswer({ '2026-11-24T09:00:00.000Z': 7, '2026-11-24T10:00:00.000Z': 5 }),
    );
    expect(ok).toBe(false);
    const failed = results({ count: twelveFewer, hours: found, [other]: '0', 'index-health': 'red' });
    expect(diagnose(failed)).toMatchObject({ follows: ['hours'], others: ['index-health', other] });
    expect(diagnosisSentence(failed, 'UTC')).toBe(
      '12 documents are missing from Tue 24 Nov 09:00-11:00; 1 check follows from that; 2 do not',
    );
    expect(diagnosisSentence(failed, 'Europe/Berlin')).toContain('Tue 24 Nov 10:00-12:00');
  });

  it('sees hours that are gone altogether, and hours that lie apart', () => {
    const check = hoursCheck(scope, tally);
    const all = Number.MAX_SAFE_INTEGER;
    const { ok, found } = finding(
      check,
      hoursAnswer({ '2026-11-23T02:00:00.000Z': all, '2026-11-24T10:00:00.000Z': 1 }),
    );
    expect(ok).toBe(false);
    expect(diagnosisSentence(results({ count: '5', hours: found }), 'UTC')).toContain(
      'from 2 hours between Mon 23 Nov 02:00 and Tue 24 Nov 11:00',
    );
    expect(finding(check, hoursAnswer()).ok).toBe(true);
  });

  it('says so when there are too many documents', () => {
    const failed = results({ count: String(tally.documents + 1) });
    expect(diagnosisSentence(failed, 'UTC')).toBe('1 document more than planned');
  });

  it('names the fields whose values were changed while no document is missing', () => {
    const check = totalsCheck(scope, tally);
    const answer = Object.fromEntries(Object.entries(tally.sums).map(([field, value]) => [field, { value }]));
    const { ok, found } = finding(check, {
      aggregations: { ...answer, amount: { value: 0 }, response_time_ms: { value: 1 } },
    });
    expect(ok).toBe(false);
    const words = diagnosisSentence(results({ totals: found, [evidence]: '0' }), 'UTC');
    expect(words).toMatch(
      /^No document is missing, but values differ: (amount, response|response_time_ms, amount)/,
    );
    expect(words).toMatch(/; 1 check follows from that$/);
  });

  it('repeats an answer that several queries got', () => {
    const answer = 'The cluster rejected the request: search is blocked';
    const failed = results({ count: answer, hours: answer, 'index-health': 'red' });
    expect(diagnose(failed)).toMatchObject({ cause: 'rejected', follows: ['count', 'hours'] });
    expect(diagnosisSentence(failed, 'UTC')).toBe(`2 checks got the same answer: ${answer}`);
  });

  it('does not make the checks outside incidents follow from documents that lack inside one', () => {
    const inside = timeRange(payment.startMs, payment.endMs);
    expect(JSON.stringify(checks.find(({ id }) => id === 'normal-error-rate')?.query)).toContain(
      JSON.stringify(inside.range['@timestamp'].gte),
    );
    const [expected = ''] = checks.flatMap((check) => (check.id === window ? [check.expected] : []));
    const found = expected.replace(
      / of ([\d,]+) /,
      (_, many) => ` of ${Number(many.replaceAll(',', '')) - 12} `,
    );
    const failed = results({ count: twelveFewer, [window]: found, 'normal-error-rate': '2 %' });
    expect(diagnose(failed)).toMatchObject({ follows: [window], others: ['normal-error-rate'] });
  });
});

describe('the groups of checks', () => {
  it('hold every check once: the data, normal operation, presets from the latest on, random incidents', () => {
    const groups = checkGroups(results());
    expect(groups.map(groupTitle)).toEqual([
      ...['Data as planned', 'Normal operation', 'Payment gateway timeout'],
      ...['Database connection pool exhaustion', 'Memory pressure'],
      `${plan.incidents.length - 3} random incidents`,
    ]);
    const ids = groups.flatMap(({ checks: all }) => all.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(checks.map(({ id }) => id).toSorted());
    expect(groups[2]?.window).toEqual({ startMs: payment.startMs, endMs: payment.endMs });
  });

  it('with a failed check come first, and so do failed checks in them', () => {
    const [first] = checkGroups(results({ [other]: '0' }));
    expect(first).toMatchObject({ id: 'memory-pressure', failed: 1 });
    expect(first?.checks[0]?.id).toBe(other);
  });
});
