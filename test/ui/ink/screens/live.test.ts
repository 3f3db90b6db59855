// Live at three sizes: charts and keys, incidents by key, notes, and the way back.
import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { summaryLines } from '../../../../src/ui/text/summary-text.ts';
import { type FakeCluster, fakeCluster, LIVE_DASHBOARD, LIVE_KEY } from '../../../helpers/fake-world.ts';
import type { ScreenOptions, WizardOnScreen } from '../../../helpers/ink.tsx';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, told, toReview } from '../../../helpers/ink-steps.ts';

/** The live shop; a minute of it passes every 20 ms. */
async function atLive(options: ScreenOptions, changes: Partial<FakeCluster> = {}) {
  const cluster = fakeCluster({ liveMinutes: 10_000, pauseMs: 20, ...changes });
  const wizard = start({ ...options, cluster, live: true });
  await wizard.until(/Transactions\/min[\s\S]*Normal operation[\s\S]*r Red herring/);
  return { wizard, cluster };
}

const summary = ({ session }: WizardOnScreen) =>
  summaryLines(session.getSnapshot(), 'incident-demo').join('\n');

describe.each(SIZES)('Live at $columns x $rows', (size) => {
  it('draws three charts, says how things stand, and what each key starts', async () => {
    const { wizard } = await atLive(size);
    await wizard.until(/index 1\.2 s behind/);
    expectFrame(
      wizard,
      size,
      [
        ...['Transactions/min', 'p95, s', 'Errors, %', 'Normal operation', '60 × real time'],
        ...['1 Payment gateway timeout', '5 Upstream service degradation', 'r Red herring'],
        ...['Next incident: major, 10 min', '1-5 start', 'q quit'],
      ],
      0,
    );
    expect(wizard.lines()[0]).toMatch(/Live$/);
  });

  it('a key starts an incident as it was chosen before, and the same key ends it', async () => {
    const { wizard } = await atLive(size);
    await wizard.press('s', KEYS.right, KEYS.right);
    await wizard.until('Next incident: minor, 12 min');
    await wizard.press('1');
    await wizard.until(/! Payment gateway timeout \(minor\) since \d\d:\d\d/);
    expectFrame(wizard, size, ['e end it', 'n notes'], 0);
    await wizard.press('1');
    await wizard.until(/Recovering from Payment gateway timeout|Normal operation since/);
    const { live } = wizard.session.getSnapshot();
    expect(live?.incidents).toMatchObject([{ type: 'payment_gateway_timeout', severity: 'minor' }]);
  });

  it('says why a second incident is not started, and e ends the first', async () => {
    const { wizard } = await atLive(size);
    await wizard.press('2');
    await wizard.until('! Database connection pool exhaustion');
    await wizard.press('3');
    await wizard.until(/is running; end it/);
    await wizard.press('e');
    await wizard.until(/Recovering from Database/);
    expect(wizard.session.getSnapshot().live?.incidents).toHaveLength(1);
  });

  it('p turns to the presets, n shows the notes of what runs', async () => {
    const { wizard } = await atLive(size);
    await wizard.press('p');
    await wizard.until('1-3 start');
    await wizard.press('p', '4');
    await wizard.until('! Circuit breaker activation');
    await wizard.press('n');
    await wizard.until('Notes: Circuit breaker activation');
    expect(told(wizard)).toContain('Say: Calls to one gateway fail after 10 s without a connection.');
    expect(told(wizard)).toContain('CIRCUIT_BREAKER_OPEN');
    expectFrame(wizard, size, ['Esc close'], 0);
    await wizard.press(KEYS.escape);
    await wizard.until('Transactions/min');
  });

  it('asks about the time since the last document; the first answer fills it', async () => {
    const cluster = fakeCluster({ liveMinutes: 10_000, pauseMs: 20, liveGapMs: 42 * 60_000 });
    const wizard = start({ ...size, cluster, live: true });
    await wizard.until(/The index ends Tue 24 Nov 15:33, 42 min ago\./);
    expectFrame(
      wizard,
      size,
      [
        '1 Fill it',
        '≈ 1,300 documents, a few seconds',
        '2 Leave a gap',
        'the answer key names the',
        'Enter choose',
        'q quit',
      ],
      1,
    );
    await wizard.press(KEYS.enter);
    await wizard.until('The answer is backfill');
    await wizard.until('Normal operation');
  });

  it('offers only what can be started: the presets of the index, what can be silent, nothing while it recovers', async () => {
    const livePresets = BUILT_IN.filter(({ id }) => id === 'memory-pressure');
    const { wizard } = await atLive(size, { livePresets });
    await wizard.press('p');
    await wizard.until('1 start');
    expect(wizard.text()).not.toMatch(/Payment gateway timeout/);
    await wizard.press('p', 's', 's', 's');
    await wizard.until('Next incident: silent');
    expectFrame(wizard, size, ['3 start', '3 Memory pressure', '  Payment gateway timeout'], 0);
    await wizard.press('1');
    await wizard.until('Payment gateway timeout cannot be silent');
    await wizard.press('s', '4');
    await wizard.until('! Circuit breaker activation (major)');
    expect(wizard.text()).not.toMatch(/\d start/);
    await wizard.press('e');
    await wizard.until('Recovering from Circuit breaker');
    expect(wizard.text()).not.toMatch(/\d start/);
    await wizard.until(/Normal operation since[\s\S]*1-5 start/);
  });

  it('o opens the dashboard of now', async () => {
    const opened: string[] = [];
    const { wizard } = await atLive(size, { opened });
    await wizard.press('o');
    await wizard.until('Opened in your browser');
    expect(opened).toEqual([LIVE_DASHBOARD]);
  });

  it.each([
    ['q', 0],
    [KEYS.ctrlC, 130],
  ])('%j asks nothing, and waits for what is on its way', async (key, exit) => {
    const { wizard } = await atLive(size);
    await wizard.press(key);
    await expect(wizard.session.ended).resolves.toBe(exit);
    expect(wizard.session.getSnapshot().live?.done).toMatchObject({ ok: true });
  });
});

it('says what is told before it is live in one place', async () => {
  const cluster = fakeCluster({ liveMinutes: 10_000, pauseMs: 300, liveGapMs: 9e6 });
  const wizard = start({ cluster, live: true });
  await wizard.until('1 Fill it');
  await wizard.press('1');
  await wizard.until('The answer is backfill');
  expect(wizard.session.getSnapshot().live?.status).toBe('starting');
  expect(wizard.text().split('The answer is backfill')).toHaveLength(2);
});

it('ends with 143 on SIGTERM or a closed terminal, and asks nothing either', async () => {
  const { wizard } = await atLive({});
  wizard.session.send({ type: 'terminate', exit: 143 });
  await expect(wizard.session.ended).resolves.toBe(143);
  expect(wizard.session.getSnapshot().live?.done).toMatchObject({ ok: true });
});

describe('from Next', () => {
  it('l begins it, Escape stops it and leads back; the summary has what was started', async () => {
    const cluster = fakeCluster({ liveMinutes: 10_000 });
    const wizard = start({ cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press('n');
    await wizard.until('l live');
    cluster.pauseMs = 20;
    await wizard.press('l');
    await wizard.until('Normal operation');
    await wizard.press('r');
    await wizard.until(/no incident started yet · red herring until \d\d:\d\d/);
    await wizard.press(KEYS.escape);
    await wizard.until(/Live stopped; \d+ documents were added/);
    expect(wizard.text()).toContain('Your demo is ready');
    await wizard.press('q');
    await expect(wizard.session.ended).resolves.toBe(0);
    for (const wanted of [
      'Live: 240 documents added to',
      'Harmless deployment, red herring (live-1)',
      `Answer key: ${LIVE_KEY}`,
    ])
      expect(summary(wizard)).toContain(wanted);
  });
});

it('leaves a gap where that is the answer, and can be left instead of answering', async () => {
  const asking = () =>
    start({ cluster: fakeCluster({ liveMinutes: 9, pauseMs: 20, liveGapMs: 9e6 }), live: true });
  const wizard = asking();
  await wizard.until('2 Leave a gap');
  await wizard.press('2');
  await wizard.until('The answer is leave');
  const left = asking();
  await left.until('2 Leave a gap');
  await left.press('q');
  await expect(left.session.ended).resolves.toBe(0);
});

describe('a screen reader', () => {
  it('hears one sentence with figures, and no chart', async () => {
    const cluster = fakeCluster({ liveMinutes: 10_000, pauseMs: 20 });
    const wizard = start({ screenReader: true, live: true, cluster });
    await wizard.until(/transactions a minute, p95 0\.4 s, 1\.2 % errors; Normal operation/);
    for (const sign of '╭╮╰╯┤┼│') expect(wizard.text()).not.toContain(sign);
    await wizard.press('1');
    await wizard.until('Payment gateway timeout (major)');
  });
});
