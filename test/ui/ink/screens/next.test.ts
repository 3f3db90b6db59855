// Next at three sizes: the cheat sheet, the verbs that act, and what another run changed.
import { describe, expect, it } from 'vitest';
import {
  type FakeCluster,
  fakeCluster,
  GUIDE,
  INDEX,
  indexState,
  SCENARIOS,
} from '../../../helpers/fake-world.ts';
import type { ScreenOptions } from '../../../helpers/ink.tsx';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, told, toReview } from '../../../helpers/ink-steps.ts';

const [PAYMENT, DATABASE, MEMORY] = SCENARIOS;

/** The wizard on its last screen. */
async function atNext(options: ScreenOptions, changes: Partial<FakeCluster> = {}) {
  const cluster = options.cluster ?? fakeCluster(changes);
  const wizard = start({ ...options, cluster });
  await toReview(wizard);
  await wizard.press(KEYS.enter);
  await wizard.until('All 9 checks passed');
  await wizard.press('n');
  await wizard.until('Your demo is ready');
  return { wizard, cluster };
}

describe.each(SIZES)('Next at $columns x $rows', (size) => {
  it('tells each scenario: the table, the sentence to say, the numbers, and the rest behind Enter', async () => {
    const { wizard } = await atNext(size);
    const row = /❯ 1 Payment gateway.* (?:Tue 24 Nov 14:25-14:35|Tue 14:25) +29\.7 % +30 s +0\.5 s$/m;
    expect(wizard.text()).toMatch(row);
    expectFrame(wizard, size, [
      ...['271,402 documents', 'Scenario', 'errors', 'before', '3 Memory pressure', '8.9 s  0.6 s'],
      ...['Say ', 'Which?', PAYMENT?.which ?? '', 'stripe: 65 of 65', 'Enter story', 'q finish'],
    ]);
    expect(told(wizard)).toContain(PAYMENT?.say);
    // Nothing is shown in half: what has no room is behind Enter.
    expect(wizard.text()).not.toContain('…');
    const all = [PAYMENT?.cause, PAYMENT?.dql, 'Nov 24, 2026 @ 14:15 to Nov 24, 2026 @ 14:50, UTC'];
    if (size.rows >= 24) for (const text of all) expect(told(wizard)).toContain(text);
    else expect(told(wizard)).toContain('Enter shows all of it');
    await wizard.press(KEYS.down);
    await wizard.until('❯ 2 Database');
    expect(told(wizard)).toContain(DATABASE?.which);
    await wizard.press('3');
    await wizard.until('❯ 3 Memory pressure');
    expect(told(wizard)).toContain(MEMORY?.say);
    await wizard.press('1', KEYS.enter);
    await wizard.until('Esc close');
    expectFrame(wizard, size, ['Payment gateway timeout', 'Say: ', 'Which? 65', 'c copy'], 0);
    for (let page = 0; page < 3; page++) await wizard.press(KEYS.pageDown);
    expect(told(wizard)).toContain('Not it: ');
    await wizard.press(KEYS.escape);
    expect(wizard.session.getSnapshot().ended).toBe(false);
    await wizard.press('q');
    expect(wizard.session.getSnapshot().ended).toBe(true);
  });

  it('c copies and shows what was copied, r the command that repeats the run', async () => {
    const { wizard } = await atNext(size);
    await wizard.press('c');
    expect(wizard.copied).toEqual([PAYMENT?.dql]);
    await wizard.until('Copied to the clipboard');
    expect(told(wizard)).toContain(PAYMENT?.dql);
    expectFrame(wizard, size, ['Esc close'], 0);
    await wizard.press(KEYS.escape, '2', 'c');
    expect(wizard.copied.at(-1)).toBe(DATABASE?.dql);
    await wizard.until(`Copied: ${DATABASE?.dql}`);
    await wizard.press('r');
    await wizard.until('Copied: incident-demo run');
  });

  it('g reads the guide, o there opens its page in the browser', async () => {
    const opened: string[] = [];
    const { wizard } = await atNext(size, { opened });
    await wizard.press('g');
    await wizard.until('# Investigation guide');
    expectFrame(wizard, size, ['o open in browser', 'Esc close'], 0);
    await wizard.press('o');
    await wizard.until('Opened in your browser');
    expect(opened).toEqual([GUIDE.replace('.md', '.html')]);
  });

  it('i shows the index pattern in the words of the menus where no Dashboards is known', async () => {
    const { wizard } = await atNext(size);
    expect(told(wizard)).toContain(
      'No Dashboards answers here: u sets an address, i shows the index pattern',
    );
    await wizard.press('i');
    await wizard.until('Create Index Pattern');
    expectFrame(
      wizard,
      size,
      ['Stack Management', `Enter pattern: ${INDEX}`, 'Select time field: @timestamp'],
      0,
    );
  });

  it('s stops the local node after a second word, and then nothing acts on it', async () => {
    const { wizard } = await atNext({ ...size, settings: { local: true } });
    await wizard.press('s');
    await wizard.until('Stop the local OpenSearch at');
    expectFrame(wizard, size, ['❯ 1 Keep it running', '2 Stop it']);
    await wizard.press(KEYS.enter);
    await wizard.until('Your demo is ready');
    expect(wizard.session.getSnapshot().nodeStopped).toBe(false);
    await wizard.press('s', '2');
    await wizard.until('The local OpenSearch is stopped; its data is kept');
    await wizard.press('x');
    await wizard.until('clean --local');
    await wizard.press(KEYS.escape, 's');
    expect(wizard.text()).not.toContain('Keep it running');
  });

  it('what the run made is removed after a second word, and loading begins at Review again', async () => {
    const { wizard, cluster } = await atNext(size);
    await wizard.press('x');
    await wizard.until(`Delete ${INDEX} with`);
    expectFrame(wizard, size, ['271,402 documents', '❯ 1 Keep it', '2 Delete it', 'Esc keep it']);
    await wizard.press(KEYS.enter);
    await wizard.until('Your demo is ready');
    expect(cluster.indexes.has(INDEX)).toBe(true);
    await wizard.press('x');
    await wizard.until('2 Delete it');
    await wizard.press('2');
    await wizard.until(`Deleted ${INDEX} with 271,402 documents`);
    expect(cluster.indexes.has(INDEX)).toBe(false);
    expectFrame(wizard, size, ['To load the same data again:', 'Enter finish', 'Esc back'], 0);
    expect(wizard.text()).not.toContain('Payment gateway');
    await wizard.press(KEYS.escape);
    await wizard.until('It will be created');
  });

  it('an index that another run has changed is kept, and the panel says why', async () => {
    const { wizard, cluster } = await atNext(size);
    cluster.indexes.set(INDEX, indexState(INDEX, 5, false));
    await wizard.press('x');
    await wizard.until('2 Delete it');
    await wizard.press('2');
    await wizard.until('What you can do now');
    expectFrame(wizard, size, ['✘', INDEX, '❯ 1 Try again', '2 Show the details', 'Esc back']);
    await wizard.press(KEYS.escape);
    await wizard.until('Your demo is ready');
  });

  it('data without a scenario says so, and where its incidents are', async () => {
    const { wizard } = await atNext(size, { scenarios: [] });
    expect(told(wizard)).toContain('This data has no scenario; its random incidents are in the guide (g).');
    expectFrame(wizard, size, ['Enter finish'], 0);
    await wizard.press(KEYS.enter);
    expect(wizard.session.getSnapshot().ended).toBe(true);
  });
});

it('where the index was not asked, the scenarios are those of the plan', async () => {
  const { wizard } = await atNext({ columns: 80, rows: 24 }, { scenarios: null });
  expect(wizard.text()).toMatch(/❯ 1 Payment gateway timeout +Tue 24 Nov 14:25-14:35 +- +- +-$/m);
  expect(wizard.text()).not.toContain('Which?');
  expect(told(wizard)).toContain('Cause ');
});

it('an index that held other data before is not deleted: the command is shown', async () => {
  const indexes = new Map([[INDEX, indexState(INDEX, 5)]]);
  const cluster = fakeCluster({ indexes });
  const wizard = start({ columns: 80, rows: 24, cluster });
  await toReview(wizard);
  await wizard.until('already exists');
  await wizard.press('3');
  await wizard.until('the new data is added');
  await wizard.press(KEYS.enter);
  await wizard.until('All 9 checks passed');
  await wizard.press('n');
  await wizard.until('Your demo is ready');
  await wizard.press('x');
  await wizard.until('incident-demo clean --url http://localhost:9200');
  expect(cluster.indexes.has(INDEX)).toBe(true);
});
