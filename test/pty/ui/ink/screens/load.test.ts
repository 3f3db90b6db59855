// While the wizard loads: keys are answered, it can be steered and stopped, and nothing is lost by any way out.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { askText } from '../../../../helpers/ask.ts';
import { KEYS } from '../../../../helpers/ink-keys.ts';
import { CLI, start } from '../../../../helpers/program.ts';
import { it, MUCH, NOW, numberIn, walkTo, walkToLoad } from '../../../../helpers/stage.ts';

describe('in Tune', () => {
  it('each key redraws charts and estimate at once', async ({ stage }) => {
    const wizard = stage.open({ args: ['--now', NOW] });
    await walkTo(wizard, 'Tune');
    const estimate = () => numberIn(wizard.text(), /≈ ([\d,]+) documents/);
    const times: number[] = [];
    for (const key of [KEYS.left, KEYS.right, KEYS.left, KEYS.right, KEYS.left]) {
      const before = estimate();
      const sinceMs = performance.now();
      void wizard.press(key);
      while (estimate() === before) await sleep(1);
      times.push(performance.now() - sinceMs);
      // The next key counts once charts and estimate stand still.
      await wizard.untilStill();
    }
    // The goal is 50 ms on a quiet machine; this one may be busy.
    expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(300);
  });
});

describe('the cost of a load on the screen', () => {
  it('a key is answered, and the screen costs few bytes', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    const bytes = wizard.raw.length;
    const sinceMs = performance.now();
    await wizard.press('l');
    await wizard.until('Run log');
    // The goal is 50 ms on a quiet machine (`npm run bench -- terminal`); this one may be busy.
    expect(performance.now() - sinceMs).toBeLessThan(500);
    await wizard.press(KEYS.escape);
    await wizard.until('Safe to stop');
    await sleep(2000);
    const seconds = (performance.now() - sinceMs) / 1000;
    expect((wizard.raw.length - bytes) / seconds).toBeLessThan(10_000);
  });
});

describe.concurrent('while loading', () => {
  it('p stops the sending and goes on with it; fewer senders are kept to', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    await wizard.press('p');
    const paused = numberIn(await wizard.until('Paused; p resumes'), /([\d,]+) of ≈/);
    expect(await stage.count()).toBe(paused);
    for (let key = 0; key < 7; key++) await wizard.press('-');
    await wizard.until('At most 1 worker');
    await wizard.press('p');
    await wizard.until(/1 of at most 1 worker/);
    while ((await stage.count()) <= paused) await sleep(50);
  });

  it('Escape asks, and stopping keeps what is loaded and offers to go on', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    await wizard.press(KEYS.escape);
    await wizard.until('❯ 1 Keep loading');
    await wizard.press('2');
    const panel = await wizard.until('What you can do now');
    expect(panel).toContain('❯ 1 Resume loading');
    expect(panel).toContain('2 Back to Review');
    await wizard.press(KEYS.enter);
    await wizard.until('Safe to stop');
  });
});

// One at a time: how soon it stops depends on what else loads.
describe('Ctrl+C during a load', () => {
  it('once stops it safely and says what was kept', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    await wizard.press(KEYS.ctrlC);
    expect(await wizard.ended).toMatchObject({ exit: 130 });
    expect(numberIn(wizard.text(), /([\d,]+) documents are kept in/)).toBe(await stage.count());
    expect(wizard.text()).toContain('incident-demo run --resume');
  });

  it('twice leaves at once', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    const sinceMs = performance.now();
    expect(await wizard.ended).toMatchObject({ exit: 130 });
    expect(performance.now() - sinceMs).toBeLessThan(5000);
    expect(wizard.onAlternateScreen).toBe(false);
    expect(wizard.cursorVisible).toBe(true);
    expect(wizard.text()).toContain(`documents in ${stage.index}`);
  });
});

// One at a time: a node that is loaded three times over answers too late for a stop, which waits five seconds for it.
describe('a load that did not end', () => {
  it('by SIGTERM: 143, what is kept is said, and the next wizard goes on with it', async ({ stage }) => {
    const args = ['--now', NOW, '--days', '3', '--sample', '60'];
    const wizard = stage.open({ args });
    await walkToLoad(wizard);
    wizard.kill('SIGTERM');
    expect(await wizard.ended).toMatchObject({ exit: 143 });
    expect(wizard.onAlternateScreen).toBe(false);
    const kept = numberIn(wizard.text(), /([\d,]+) documents are kept in/);
    expect(kept).toBe(await stage.count());
    const again = stage.open();
    expect(numberIn(await again.until(/In the index +[\d,]+ documents/), /In the index +([\d,]+)/)).toBe(
      kept,
    );
    await again.press(KEYS.enter);
    await again.until(/All \d+ checks passed/, 90_000);
    expect(await stage.count()).toBeGreaterThan(kept);
  });

  it('by a window that is closed: stopped safely, with the index in order', async ({ stage }) => {
    const script = 'trap "" HUP; "$0" "$@"; echo "$?" > rc';
    const args = ['--index', stage.index, '--seed', '7', ...MUCH];
    const wizard = stage.run({ command: ['sh', '-c', script, process.execPath, CLI, ...args] });
    await walkToLoad(wizard);
    wizard.closeWindow();
    const rc = join(stage.place.folder, 'rc');
    while (!existsSync(rc) || readFileSync(rc, 'utf8') === '') await sleep(20);
    expect(readFileSync(rc, 'utf8').trim()).toBe('143');
    const settings = await askText(`${stage.url}/${stage.index}/_settings`);
    expect(settings).not.toContain('"refresh_interval":"-1"');
    expect(await stage.count()).toBeGreaterThan(0);
    // The next wizard asks what becomes of it.
    await stage.open().until('A load did not finish');
  });

  it('by kill -9: is gone on with by one key, to the exact count, and is forgotten then', async ({
    stage,
  }) => {
    const args = [
      '--index',
      stage.index,
      '--seed',
      '7',
      '--days',
      '3',
      '--sample',
      '60',
      '--now',
      NOW,
      '--yes',
    ];
    const run = start(stage.place, ['run', ...args, '--json']);
    while (!/"acknowledged":[1-9]/.test(run.output())) await sleep(20);
    run.child.kill('SIGKILL');
    await run.done;
    const wizard = stage.open();
    const asked = await wizard.until(/In the index +[\d,]+ documents/);
    // Requests that were in flight when it was killed have arrived by now.
    const before = await stage.count();
    expect(numberIn(asked, /In the index +([\d,]+)/)).toBe(before);
    expect(asked).toContain('A load did not finish');
    expect(asked).toContain(`${stage.index} at ${stage.url}`);
    await wizard.press(KEYS.enter);
    await wizard.until(/All \d+ checks passed/, 90_000);
    expect(await stage.count()).toBeGreaterThan(before);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    await wizard.ended;
    await walkTo(stage.open(), 'Connect');
  });

  it('is removed with its index, after a second word', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    await wizard.press(KEYS.ctrlC);
    await wizard.ended;
    const again = stage.open();
    await again.until(/In the index +[\d,]+ documents/);
    await again.press('3');
    await again.until(`Delete ${stage.index} with`);
    await again.press('2');
    await again.until('Where is your OpenSearch cluster?');
    expect((await fetch(`${stage.url}/${stage.index}`)).status).toBe(404);
  });
});
