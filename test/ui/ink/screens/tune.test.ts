// Tune at three sizes: the form, two charts, the estimate.
import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, TO, walk } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Tune at $columns x $rows', (size) => {
  it('form, two charts with marks, estimate', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario, TO.tune]);
    await wizard.until('documents ·');
    expectFrame(wizard, size, [
      ...['❯ Days of data', '◂ 7 days ▸', 'Incidents a day', 'Base traffic', 'Lunch peak'],
      ...['Transactions per second', 'p95, s', 'P Payment', 'All 7 days', 'Wed'],
      ...['≈', 'about'],
    ]);
    // The names of what is zoomed to are never cut.
    for (const title of ['Today', ...BUILT_IN.map((preset) => preset.title)]) {
      await wizard.press('z');
      await wizard.until(title);
      expectFrame(wizard, size, [title]);
    }
  });

  it('the estimate is made with the speed of this cluster, tried without writing', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ speed: 2_000 }) });
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario, TO.tune]);
    // About 258,000 documents at 2,000 a second.
    await wizard.until('about 2 min');
    const rate = size.columns < 76 ? [] : ['2,000 docs/s here'];
    expectFrame(wizard, size, ['about 2 min', ...rate]);
  });

  it('a value that is not allowed says why, and does not count in part', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario, TO.tune]);
    await wizard.until('documents ·');
    await wizard.press('2', '0', '0');
    await wizard.until('200▏');
    expectFrame(wizard, size, ['200 is too large (maximum 90)', 'Esc stop typing']);
    await wizard.press(KEYS.enter);
    expect(wizard.session.getSnapshot().step.name).toBe('tune');
    expectFrame(wizard, size, ['200▏', '200 is too large (maximum 90)']);
    await wizard.press(KEYS.down);
    await wizard.until('is not a valid');
    expectFrame(wizard, size, ['"200" is not a valid number; keeping 7 days']);
    expect(wizard.session.getSnapshot().undo).toEqual([]);
    await wizard.press(KEYS.up, '1');
    await wizard.until('set Days to 3 to include them');
    expectFrame(wizard, size, [
      size.columns < 76 ? '2 incidents fall outside:' : '2 selected incidents fall outside this range:',
    ]);
    await wizard.press(KEYS.escape, 'u');
    await wizard.until('◂ 7 days ▸');
    await wizard.press('5', KEYS.backspace, KEYS.enter);
    await wizard.until('Keeping 7 days');
    expect(wizard.session.getSnapshot().step.name).toBe('tune');
    await wizard.press('5', KEYS.enter);
    await wizard.until(TO.review);
    expect(wizard.session.getSnapshot().answers.settings.days).toBe(5);
  });
});
