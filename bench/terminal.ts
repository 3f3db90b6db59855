// How the wizard feels in a terminal: its first frame, and keys while it loads as fast as it can.
import { setTimeout as sleep } from 'node:timers/promises';
import { KEYS } from '../test/helpers/ink-keys.ts';
import { newPlace, type Place } from '../test/helpers/program.ts';
import { Terminal } from '../test/helpers/pty.ts';
import { INDEX } from './into-index.ts';
import { median } from './measure.ts';

const KEYS_PRESSED = 40;
/** Between two keys; no divisor of the time between two pictures of the load, so that keys come at every moment of it. */
const PAUSE_MS = 187;
/** Enough documents for all of the keys. */
const ARGS = ['--index', INDEX, '--on-conflict', 'replace', '--days', '7', '--sample', '10', '--seed', '7'];
const LONG_MS = 60_000;

/** The promise of the first frame, the median on a quiet machine, ms; the bench fails beyond it. */
export const FIRST_FRAME_MS = 300;

export interface TerminalFigures {
  /** From the start of the process to its first output. */
  readonly firstFrameMs: { readonly median: number; readonly worst: number };
  /** From a key to the picture that answers it, while loading. */
  readonly keyMs: { readonly median: number; readonly p95: number; readonly worst: number };
  /** To the terminal, while loading, keys included. */
  readonly bytesPerSecond: number;
  readonly keys: number;
}

async function firstFrames(place: Place, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const wizard = new Terminal(place);
    await wizard.until('Connect');
    times.push(wizard.firstOutputMs);
    wizard.kill('SIGKILL');
    await wizard.ended;
  }
  return times;
}

const limitIn = (text: string) => /of at most (\d) worker/.exec(text)?.[1];

/** Milliseconds from a key that changes the limit on the senders to a screen that shows another one. */
async function answerMs(wizard: Terminal, key: string): Promise<number> {
  const before = limitIn(wizard.text());
  const since = performance.now();
  const typed = wizard.press(key);
  while (limitIn(wizard.text()) === before) {
    if (performance.now() - since > LONG_MS) throw new Error(`${key} was not answered:\n${wizard.text()}`);
    await sleep(1);
  }
  const ms = performance.now() - since;
  await typed;
  return ms;
}

async function whileLoading(place: Place): Promise<Omit<TerminalFigures, 'firstFrameMs'>> {
  const wizard = new Terminal(place, { args: ARGS });
  try {
    for (const shows of [
      'Connected and ready',
      '14:25-14:35',
      /docs\/s (here|measured on)/,
      /Enter load now/,
    ]) {
      await wizard.until(shows, LONG_MS);
      await wizard.press(KEYS.enter);
    }
    await wizard.until(/[1-9][\d,]* of ≈ [\d,]+ documents/, LONG_MS);
    // The keys take one from what is on its way; the first two requests are too few.
    await wizard.until(/[4-8] workers/, LONG_MS);
    const bytes = wizard.raw.length;
    const since = performance.now();
    const times: number[] = [];
    for (let key = 0; key < KEYS_PRESSED; key++) {
      times.push(await answerMs(wizard, key % 2 === 0 ? '-' : '+'));
      await sleep(PAUSE_MS);
    }
    const seconds = (performance.now() - since) / 1000;
    if (!/ of ≈ [\d,]+ documents/.test(wizard.text())) throw new Error('the load ended before the keys did');
    const ranked = times.toSorted((a, b) => a - b);
    return {
      keys: KEYS_PRESSED,
      keyMs: {
        median: Math.round(median(times)),
        p95: Math.round(ranked[Math.ceil(0.95 * ranked.length) - 1] ?? 0),
        worst: Math.round(ranked.at(-1) ?? 0),
      },
      bytesPerSecond: Math.round((wizard.raw.length - bytes) / seconds),
    };
  } finally {
    wizard.kill('SIGKILL');
    await wizard.ended;
  }
}

/** Opens the built wizard in a pseudo-terminal of 80 by 24. */
export async function measureTerminal(url: string, rounds: number): Promise<TerminalFigures> {
  const place = newPlace({ OPENSEARCH_URL: url });
  try {
    const frames = await firstFrames(place, rounds);
    const firstFrameMs = { median: Math.round(median(frames)), worst: Math.round(Math.max(...frames)) };
    return { firstFrameMs, ...(await whileLoading(place)) };
  } finally {
    await fetch(`${url}/${INDEX}`, { method: 'DELETE' });
    place.remove();
  }
}
