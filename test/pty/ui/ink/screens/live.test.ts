// The live shop in a real terminal on a real node: an incident by key, seen, ended, and what remains of it.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { KEYS } from '../../../../helpers/ink-keys.ts';
import { runProgram } from '../../../../helpers/program.ts';
import type { Terminal } from '../../../../helpers/pty.ts';
import { it, LITTLE, walkTo } from '../../../../helpers/stage.ts';

/** Every bit of the screen, of a line that changes each second. */
const MOST_BYTES_PER_SECOND = 4000;
const MEASURED_MS = 4000;

async function bytesPerSecond(terminal: Terminal): Promise<number> {
  const before = Buffer.byteLength(terminal.raw);
  await sleep(MEASURED_MS);
  return ((Buffer.byteLength(terminal.raw) - before) / MEASURED_MS) * 1000;
}

function expectLeft(terminal: Terminal): void {
  expect(terminal.onAlternateScreen).toBe(false);
  expect(terminal.cursorVisible).toBe(true);
}

describe('live', () => {
  it('from Next: key 1, the incident, its end, and q; the summary says what was started', async ({
    stage,
  }) => {
    const wizard = stage.open({ args: [...LITTLE, '--speed', '60'] });
    await walkTo(wizard, 'Next');
    await wizard.press('l');
    await wizard.until('Normal operation');
    await wizard.press('1');
    await wizard.until(/! Payment gateway timeout \(major\) since \d\d:\d\d/);
    expect(await bytesPerSecond(wizard)).toBeLessThan(MOST_BYTES_PER_SECOND);
    // Other windows speak to it meanwhile.
    const status = await runProgram(stage.place, 'live', 'status', '--json');
    expect(JSON.parse(status.stdout).live.running).toMatchObject([{ type: 'payment_gateway_timeout' }]);
    await wizard.press('1');
    await wizard.until(/Recovering from Payment gateway timeout|Normal operation since/);
    await wizard.press('q');
    expect(await wizard.ended).toMatchObject({ exit: 0 });
    expectLeft(wizard);
    const text = wizard.text();
    expect(text).toMatch(/Payment gateway timeout, major \(/);
    // The terminal breaks a long path where its line ends.
    const [, key = ''] = /Answer key: (\S+incidents\.json)/.exec(text.replaceAll('\n', '')) ?? [];
    expect(existsSync(key)).toBe(true);
    const entries = JSON.parse(readFileSync(key, 'utf8')) as { type: string }[];
    expect(entries.map(({ type }) => type)).toContain('payment_gateway_timeout');
  });

  it('by its command: started and ended from another window; Ctrl+C is clean', async ({ stage }) => {
    const shop = stage.run({
      args: ['live', '--index', stage.index, ...LITTLE, '--seed', '7', '--speed', '60'],
    });
    await shop.until('Normal operation');
    const started = await runProgram(stage.place, 'live', 'start', 'circuit_breaker', '--severity', 'minor');
    expect([started.exit, started.stderr]).toEqual([0, '']);
    await shop.until('! Circuit breaker activation (minor)');
    const again = await runProgram(stage.place, 'live', 'start', 'memory_pressure');
    expect([again.exit, again.stderr]).toEqual([2, expect.stringContaining('Circuit breaker activation')]);
    const stopped = await runProgram(stage.place, 'live', 'stop', '--json');
    expect(JSON.parse(stopped.stdout)).toMatchObject({ type: 'done', ok: true, live: { running: [] } });
    await shop.press(KEYS.ctrlC);
    expect(await shop.ended).toMatchObject({ exit: 130 });
    expectLeft(shop);
    expect(shop.text()).toContain('Circuit breaker activation, minor (');
    expect((await runProgram(stage.place, 'live', 'status')).exit).toBe(3);
  });
});
