// Check at three sizes: the groups of checks, one that failed, and what follows from it.
import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../../src/core/plan/index.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { metaOf } from '../../../../src/core/run/meta.ts';
import { chosenEntries, plannedOf } from '../../../../src/wizard/state.ts';
import { fakeCluster, INDEX, indexState } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, told, toReview } from '../../../helpers/ink-steps.ts';
import { DEFAULTS } from '../../../helpers/parameters.ts';

describe.each(SIZES)('Check at $columns x $rows', (size) => {
  it('groups with their counts, the values of one, and the way on', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    expectFrame(wizard, size, [
      ...['✔ All 9 checks passed', '65 documents, none missing', 'Data as planned', '✔ 6'],
      ...['Payment gateway timeout', 'found', 'exactly 65 payments time out', '❯ Continue: present'],
      ...['Enter continue', 'Esc back'],
    ]);
    await wizard.press(KEYS.down);
    await wizard.until('❯ Data as planned');
    expectFrame(wizard, size, ['Enter open', 'The number of documents is', 'The index is healthy']);
    await wizard.press(KEYS.enter);
    await wizard.until('Enter show less');
    await wizard.press(KEYS.down);
    await wizard.until('Enter show query');
    expectFrame(wizard, size, ['❯   The number of documents', 'Expected  65', 'Found     65', 'Took']);
    await wizard.press('y');
    await wizard.until('GET ecommerce_performance_demo/_count');
    await wizard.press(KEYS.escape, 'n');
    await wizard.until('Your demo is ready');
  });

  it('what failed comes first and is open, below one sentence that says why', async () => {
    const failing = ['memory-pressure/rises', 'count'];
    const wizard = start({ ...size, cluster: fakeCluster({ failing }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('2 of 9 checks failed');
    expectFrame(wizard, size, [
      ...['✘ 2 of 9 checks failed', '1 document is missing; 1 check follows from that'],
      ...['✘ 1 of 6', '✘ 1 of 1', '❯ Continue anyway', 'Enter continue', 'f failures'],
    ]);
    const rows = wizard.lines().map((line) => line.trim());
    const place = (words: string) => rows.findIndex((row) => row.includes(words));
    expect(place('Memory pressure')).toBeLessThan(place('Payment gateway timeout'));
    expect(rows[place('p95 rises in each step')]).toMatch(/64 +✘$/);
    await wizard.press('f', 'f');
    await wizard.until('❯   p95 rises in each step');
    expectFrame(wizard, size, ['Expected  65', 'Found     64', 'Enter show fixes']);
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      ...['✘ Memory pressure: p95 rises in each step', 'Expected 65, found 64', '❯ 1 Run all checks again'],
      ...['2 Show the query', '3 Copy the query as a curl', '4 Back to Review', '5 Show the details'],
    ]);
    await wizard.press('2');
    await wizard.until('GET ecommerce_performance_demo/_count');
    await wizard.press(KEYS.escape, 'c');
    await wizard.until('Copied: curl');
    await wizard.press(KEYS.escape);
    await wizard.until('❯   p95 rises');
  });

  it('the checks alone end with the run that made the index, not with the one that was planned', async () => {
    const nowMs = Date.parse('2026-10-02T16:00:00Z');
    const presets = BUILT_IN.filter(({ id }) => id === 'memory-pressure');
    const plan = makePlan({ parameters: { ...DEFAULTS, timeZone: 'Asia/Tokyo' }, presets, nowMs });
    const meta = metaOf({ plan, toolVersion: '0.1.0', run: 'r7' });
    const indexes = new Map([[INDEX, { ...indexState(INDEX, 5), meta }]]);
    const wizard = start({ ...size, cluster: fakeCluster({ indexes, scenarios: null }) });
    await toReview(wizard);
    await wizard.press('5');
    await wizard.until('All 9 checks passed');
    await wizard.press('n');
    await wizard.until('Your demo is ready');
    expect(wizard.text()).not.toContain('Payment gateway timeout');
    // One in the morning of 3 October in Tokyo: the demo day is the 2nd, and memory pressure two days before it.
    await wizard.until('Sep 30, 2026 @ 18:20');
    // Which run made the index is known, so that it can be deleted; its numbers were not asked for.
    expectFrame(wizard, size, ['❯ 1 Memory pressure']);
    expect(wizard.text()).toMatch(/❯ 1 Memory pressure .* - +- +-$/m);
    await wizard.press('x');
    await wizard.until(`Delete ${INDEX} with`);
    await wizard.press(KEYS.escape);
    await wizard.until('❯ 1 Memory pressure');
    // The answers are as they were: Review plans the same data as before.
    await wizard.press(KEYS.escape, KEYS.escape);
    await wizard.until('5 Only run the checks');
    const state = wizard.session.getSnapshot();
    expect(chosenEntries(state).length).toBe(BUILT_IN.length);
    expect(plannedOf(state)?.timeZone).toBe('UTC');
  });

  it('a claim that is too long for its row goes on in the next one, and no number is cut', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press(KEYS.down, KEYS.enter);
    await wizard.press(...Array.from({ length: 4 }, () => KEYS.down));
    await wizard.until(/❯ +How many hours/);
    expectFrame(wizard, size, []);
    // No title and no claim is cut, in the list or below it.
    expect(wizard.text()).not.toContain('…');
    // Beside the list or below it: in the wide window the rows of both stand in one.
    for (const words of ['in the week before the demo day?', 'Expected 65', 'Found 65', 'Took 12 ms'])
      expect(told(wizard)).toContain(words);
  });
});
