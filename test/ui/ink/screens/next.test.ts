// Next at three sizes: advice, removal, and what another run changed.
import { describe, expect, it } from 'vitest';
import { fakeCluster, INDEX, indexState } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, toReview, walk } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Next at $columns x $rows', (size) => {
  it('the index pattern in the words of the menus, and every other advice', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    expectFrame(wizard, size, [
      ...[
        '271,402 documents',
        '❯ Finish',
        'Create the index pattern',
        'Stack Management',
        'Create Index Pattern',
      ],
      ...[`Enter pattern: ${INDEX}`, 'Select time field: @timestamp', 'Enter finish'],
    ]);
    await wizard.press('2');
    await wizard.until('Nov 24, 2026 @ 14:15:00.000');
    expectFrame(wizard, size, ['❯ 2 Present: Payment gateway timeout', 'Discover', 'Enter open']);
    await wizard.press('5');
    await wizard.until('runs/r1/');
    expectFrame(wizard, size, ['❯ 5 Read the investigation guide', 'the first symptom']);
    // Enter on a piece of advice shows full story; it does not leave.
    await wizard.press(KEYS.enter);
    await wizard.until('Esc close');
    expectFrame(wizard, size, ['Read the investigation guide', 'Esc close', 'c copy'], 0);
    await wizard.press(KEYS.escape);
    expect(wizard.session.getSnapshot().ended).toBe(false);
  });

  it('from the first advice to the last all can be seen while the line that finishes has the focus', async () => {
    // The longest list: a local node can be stopped as well.
    const wizard = start({ ...size, settings: { local: true } });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    const first = size.rows < 24 ? [] : ['1 Create the index pattern', '2 Present: Payment gateway timeout'];
    expectFrame(wizard, size, [
      ...[...first, '8 Stop the local OpenSearch', '9 Delete the index of this run', '❯ Finish'],
      '5. Click Create Index Pattern',
    ]);
    await wizard.press('6');
    await wizard.until('❯ 6 Try an investigation');
    expectFrame(wizard, size, ['❯ 6 Try an investigation']);
    expect(wizard.text()).toMatch(/records\s+it\s+as\s+a\s+runbook\s+\(SOP\)/);
  });

  it('what the run made is removed after a second word, and loading begins at Review again', async () => {
    const cluster = fakeCluster();
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    await wizard.press(KEYS.up, KEYS.enter);
    await wizard.until(`Delete ${INDEX} with`);
    expectFrame(wizard, size, ['271,402 documents', '❯ 1 Keep it', '2 Delete it', 'Esc keep it']);
    await wizard.press(KEYS.enter);
    await wizard.until('❯ 8 Delete the index of this run');
    expect(cluster.indexes.has(INDEX)).toBe(true);
    await wizard.press(KEYS.enter);
    await wizard.until('2 Delete it');
    await wizard.press('2');
    await wizard.until(`Deleted ${INDEX} with 271,402 documents`);
    expect(cluster.indexes.has(INDEX)).toBe(false);
    expectFrame(wizard, size, ['1 Load the same data again', 'Finish', 'Esc back']);
    expect(wizard.text()).not.toContain('Remove what');
    await wizard.press(KEYS.escape);
    await wizard.until('It will be created');
  });

  it('an index that another run has changed is kept, and the panel says why', async () => {
    const cluster = fakeCluster();
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    cluster.indexes.set(INDEX, indexState(INDEX, 5, false));
    await wizard.press(KEYS.up, KEYS.enter);
    await wizard.until('2 Delete it');
    await wizard.press('2');
    await wizard.until('What you can do now');
    expectFrame(wizard, size, ['✘', INDEX, '❯ 1 Try again', '2 Show the details', 'Esc back']);
    await wizard.press(KEYS.escape);
    await wizard.until('Your demo is ready');
  });
});
