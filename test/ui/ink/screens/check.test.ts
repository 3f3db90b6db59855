// Check at three sizes: each check, and a failed one.
import { describe, expect, it } from 'vitest';
import { fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, told, toReview } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Check at $columns x $rows', (size) => {
  it('each check, then the way on; a failed one is marked', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ failing: ['memory'] }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('1 of 9 checks failed');
    expectFrame(wizard, size, [
      '✔',
      '  Memory pressure',
      '✘ p95 rises in each step',
      '❯ Continue anyway',
      'Enter continue',
      'Esc back',
    ]);
    await wizard.press(KEYS.up, KEYS.up);
    expectFrame(wizard, size, [
      '❯   ✘ p95 rises in each step',
      'Expected',
      'Found',
      '64',
      'Enter show fixes',
    ]);
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
    await wizard.until('❯   ✘ p95 rises');
  });

  it('a question that is too long for its row is told below, and no number is cut', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press(...Array.from({ length: 6 }, () => KEYS.up));
    await wizard.until(/❯ +✔ How many hours/);
    expectFrame(wizard, size, []);
    expect(told(wizard)).toMatch(/each of the servers that were up in the week before the demo day\?/);
    expect(told(wizard)).toMatch(/Expected 65 Found 65 Took 12 ms/);
  });
});
