// What a screen reader gets: words for every sign, sentences for charts, and not a word too often.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LiveCommand } from '../../../src/core/live/types.ts';
import { PROGRESS_MS, throttledSource } from '../../../src/ui/ink/reader-source.ts';
import { SYMBOLS } from '../../../src/ui/text/symbols.ts';
import { liveProgress, newLiveView } from '../../../src/wizard/live-view.ts';
import { fakeCluster, INDEX, living } from '../../helpers/fake-world.ts';
import type { ScreenOptions, WizardOnScreen } from '../../helpers/ink.tsx';
import { KEYS } from '../../helpers/ink-keys.ts';
import { start as open, walk } from '../../helpers/ink-steps.ts';

const start = (options: ScreenOptions = {}) => open({ screenReader: true, ...options });

const { rule, ok, failed, focus, bar, barEmpty, mark, less, more, checked, unchecked, caret } = SYMBOLS;
/** Signs that are only seen, and every line of a chart or a frame. */
const SEEN = [
  rule,
  ok,
  failed,
  focus,
  bar,
  barEmpty,
  mark,
  less,
  more,
  checked,
  unchecked,
  caret,
  ...'╭╮╰╯┤┼│',
];

function expectWords(wizard: WizardOnScreen, words: readonly string[]): void {
  const text = wizard.text();
  for (const sign of SEEN) expect(text, `${sign} in:\n${text}`).not.toContain(sign);
  for (const each of words) expect(text).toContain(each);
}

describe('a screen reader', () => {
  it('hears which step it is, which field takes the keys, and how each rung stands', async () => {
    const wizard = start({ settings: { username: 'admin' }, password: 'sesame' });
    await wizard.until('Reachable; press Enter to sign in');
    expectWords(wizard, [
      ...['Step 1 of 7: Connect', 'textbox: (selected) Address', 'http://localhost:9200', 'ok: DNS'],
      ...['skipped: TLS', 'not yet: auth', 'hidden, 6 characters'],
      'Keys: Enter connect, Tab up and down move',
    ]);
    expect(wizard.text()).not.toContain('sesame');
  });

  it('hears the error, and what can be done as a list', async () => {
    const wizard = start({ cluster: fakeCluster({ url: 'http://localhost:9999' }) });
    await wizard.until('What you can do now');
    expectWords(wizard, [
      ...['failed: Nothing is listening on localhost:9200', 'failed: port', 'not yet: product'],
      ...['option: (selected) 1 Start a local OpenSearch', 'option: 2 Change the address'],
    ]);
    await wizard.press(KEYS.down);
    await wizard.until('option: (selected) 2 Change the address');
  });

  it('hears the scenarios as a list, and at once that the dashboards are there', async () => {
    const url = 'http://localhost:5601';
    const wizard = start({ cluster: fakeCluster({ dashboards: { url, links: [] } }) });
    await wizard.until('Connected and ready');
    await walk(wizard, ['Which incidents', 'Days of data', 'will be created']);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press('n');
    await wizard.until('i installs the dashboards there');
    expectWords(wizard, ['option: (selected) 1 Payment gateway timeout', 'option: 3 Memory pressure', 'Say']);
    await wizard.press('i');
    await wizard.until('The dashboards are installed');
  });

  it('hears what is ticked, and each chart as a sentence', async () => {
    const wizard = start();
    await wizard.until('Connected and ready');
    await walk(wizard, ['Which incidents']);
    await wizard.until('p95 response time:');
    expect(wizard.text()).toMatch(/p95 response time: \d+ ms before the incident, [\d,]{6} ms at 14:\d\d/);
    await wizard.press(' ');
    await wizard.until(/option: \(selected\) +Payment gateway timeout/);
    expectWords(wizard, ['option: (checked)  Memory pressure']);
    await walk(wizard, ['Days of data']);
    await wizard.until(/Traffic \d+ to \d+ transactions per second, highest on/);
    expectWords(wizard, ['option: (selected) Days of data        7 days', 'documents ·']);
    await wizard.press(KEYS.left);
    await wizard.until('6 days');
  });

  it('hears of the load every few seconds only, and of its end at once', async () => {
    const wizard = start({ cluster: fakeCluster({ pauseMs: 30 }) });
    await wizard.until('Connected and ready');
    await walk(wizard, ['Which incidents', 'Days of data']);
    await wizard.until('documents ·');
    await walk(wizard, ['will be created', 'documents indexed']);
    const heard = new Set<string>();
    const sinceMs = performance.now();
    while (!/All 9 checks passed/.test(wizard.text())) {
      if (wizard.text().includes('documents indexed')) heard.add(wizard.text());
      await new Promise((later) => setTimeout(later, 5));
      if (performance.now() - sinceMs > 15_000) throw new Error(wizard.text());
    }
    // Forty batches went by; one frame as it began, and at most one for each pause.
    const pauses = Math.ceil((performance.now() - sinceMs) / PROGRESS_MS);
    expect(heard.size).toBeLessThanOrEqual(2 + pauses);
    expectWords(wizard, ['option: Memory pressure', 'ok: 1', 'option: (selected) Continue']);
  });

  it('hears of a live shop once a minute, and at once what begins and ends', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { ui, session } = start({ live: true });
    const take: LiveCommand[] = [];
    const story = living(
      fakeCluster({ liveMinutes: 500 }),
      INDEX,
      () => take.splice(0),
      () => false,
    );
    let live = newLiveView('command', { severity: 'major', minutes: 10, presets: false });
    const listeners = new Set<() => void>();
    const source = throttledSource({
      ...ui.session,
      getSnapshot: () => ({ ...session.getSnapshot(), live }),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    let announced = 0;
    source.subscribe(() => {
      announced += 1;
    });
    /** So many events of the shop, one a second. */
    const pass = (seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        const { value } = story.next();
        if (value) live = liveProgress(live, value);
        for (const listener of listeners) listener();
        vi.advanceTimersByTime(1000);
      }
    };
    pass(2);
    const begun = announced;
    pass(59);
    expect(announced - begun).toBe(0);
    pass(62);
    expect(announced - begun).toBe(2);
    take.push({ type: 'start', what: 'memory_pressure', severity: 'major', durationMinutes: 10 });
    pass(1);
    expect(announced - begun).toBe(3);
    expect(source.getSnapshot().live?.incidents).toHaveLength(1);
  });
});
