// Start at three sizes: the run that did not end, and what can become of it.
import { describe, expect, it } from 'vitest';
import { INDEX, openRun } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, taken, told } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Start at $columns x $rows', (size) => {
  it('the run that did not end, and what can become of it', async () => {
    const cluster = taken(true);
    const wizard = start({ ...size, cluster, unfinished: [openRun(), openRun({ id: 'r0' })] });
    await wizard.until('270,123 documents');
    expectFrame(wizard, size, [
      ...['! A load did not finish (and 1 before it)', 'Mon 23 Nov 16:15, UTC', `${INDEX} at`],
      ...['3 days, 1 in 60 sessions, seed 9', 'Payment gateway timeout', '❯ 1 Resume loading'],
      ...['2 Start a new run', '3 Delete its index', '4 Forget it', '5 Show the details'],
    ]);
    expect(told(wizard)).toContain(`Index ${INDEX} at http://localhost:9200 Data`);
    for (const hint of [
      'loads only what is missing, then runs the checks',
      'keeps this one unchanged',
      'asks for confirmation',
    ]) {
      expect(told(wizard)).toContain(`${hint})`);
      await wizard.press(KEYS.down);
    }
    await wizard.press('d');
    await wizard.until('incident-demo run --resume r1');
    await wizard.press(KEYS.escape, '3');
    await wizard.until('❯ 1 Keep it');
    expectFrame(wizard, size, [`Delete ${INDEX} with 270,123 documents`, '2 Delete it', 'Esc keep it']);
    await wizard.press('2');
    await wizard.until('Deleted');
    expect(cluster.indexes.size).toBe(0);
    expectFrame(wizard, size, [
      `Deleted ${INDEX} with 270,123 documents`,
      'nothing: the index no longer exists',
    ]);
  });

  it('what another run made is not deleted', async () => {
    const wizard = start({ ...size, cluster: taken(true), unfinished: [openRun({ id: 'r9' })] });
    await wizard.until('from another run');
    expectFrame(wizard, size, ['❯ 1 Resume loading', '2 Start a new run', '3 Forget it']);
    expect(wizard.text()).not.toContain('Delete its index');
    wizard.session.send({ type: 'start-choice', choice: 'remove' });
    wizard.session.send({ type: 'remove-run' });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [`✘ The index ${INDEX} was not`, '❯ 1 Forget the run', '2 Show']);
  });
});
