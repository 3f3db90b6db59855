// A test on the built wizard: folders, an index name and terminals of its own, so that such tests run side by side.
import { setTimeout as sleep } from 'node:timers/promises';
import { inject, test } from 'vitest';
import { ask, askText, countIn } from './ask.ts';
import { KEYS } from './ink-keys.ts';
import { newPlace, type Place } from './program.ts';
import { Terminal, type TerminalOptions } from './pty.ts';

/** A moment after the incident of the demo day. */
export const NOW = '2026-11-24T16:15:00Z';
/** One incident and some thousand documents: loaded and checked in two seconds. */
export const LITTLE: readonly string[] = [
  ...['--now', NOW, '--days', '1', '--sample', '600'],
  ...['--preset', 'payment-gateway-timeout', '--incidents-per-day', '0'],
];
/** Enough to see it load. */
export const MUCH: readonly string[] = ['--now', NOW, '--sample', '5'];
/** Nothing listens there. */
export const NOTHING_THERE = 'http://127.0.0.1:9';

const LOAD_MS = 90_000;

let stages = 0;

export class Stage {
  /** Of the real OpenSearch. */
  readonly url = inject('openSearchUrl');
  readonly index = `pty_${process.pid}_${++stages}`;
  place: Place;
  readonly #terminals: Terminal[] = [];

  constructor() {
    this.place = newPlace({ OPENSEARCH_URL: this.url });
  }

  /** The wizard in a terminal, with an index of its own and a fixed seed. */
  open(options: TerminalOptions = {}): Terminal {
    return this.run({ ...options, args: ['--index', this.index, '--seed', '7', ...(options.args ?? [])] });
  }

  /** As open, with more in the environment; undefined takes a variable out. */
  openOn(environment: NodeJS.ProcessEnv, options: TerminalOptions = {}): Terminal {
    this.place = { ...this.place, env: { ...this.place.env, ...environment } };
    return this.open(options);
  }

  /** Any program in a terminal. */
  run(options: TerminalOptions): Terminal {
    const terminal = new Terminal(this.place, options);
    this.#terminals.push(terminal);
    return terminal;
  }

  /** Documents that a search finds now. */
  async count(): Promise<number> {
    await askText(`${this.url}/${this.index}/_refresh`, { method: 'POST' });
    return countIn(this.url, this.index);
  }

  /** The same, once no request is under way and no more documents arrive. */
  async countAtRest(): Promise<number> {
    let before = -1;
    let same = 0;
    while (same < 3) {
      const { nodes } = await ask<{ nodes: Record<string, { tasks: object }> }>(
        `${this.url}/_tasks?actions=indices:data/write/*`,
      );
      const busy = Object.values(nodes).some((node) => Object.keys(node.tasks).length > 0);
      const now = await this.count();
      same = now === before && !busy ? same + 1 : 0;
      before = now;
      await sleep(100);
    }
    return before;
  }

  async close(): Promise<void> {
    for (const terminal of this.#terminals) terminal.kill('SIGKILL');
    this.place.remove();
    // A cluster may refuse to delete by a pattern.
    const listed = await askText(`${this.url}/_cat/indices/${this.index}*?h=index`);
    for (const name of listed.split(/\s+/).filter(Boolean)) {
      await fetch(`${this.url}/${name}`, { method: 'DELETE' });
    }
  }
}

/** `it` with a stage for each test. */
export const it = test.extend<{ stage: Stage }>({
  stage: async ({ task: _ }, use) => {
    const stage = new Stage();
    await use(stage);
    await stage.close();
  },
});

/** The steps of the wizard by keys, and how each is known to be there. */
const ROAD: readonly (readonly [step: string, shows: string | RegExp, patienceMs?: number])[] = [
  ['Connect', /Connected and ready|press Enter to sign in/],
  ['Scenario', '14:25-14:35'],
  ['Tune', /docs\/s (here|measured on)/],
  ['Review', 'It will be created'],
  ['Check', /All \d+ checks passed/, LOAD_MS],
  ['Next', 'Your demo is ready'],
];

/** Enter from step to step; returns the screen of the wanted one. */
export async function walkTo(wizard: Terminal, wanted: string): Promise<string> {
  for (const [step, shows, patienceMs] of ROAD) {
    const screen = await wizard.until(shows, patienceMs);
    if (step === wanted) return screen;
    await wizard.press(KEYS.enter);
  }
  throw new Error(`there is no step ${wanted}`);
}

/** Loads, until some of it has arrived; returns the screen. */
export async function walkToLoad(wizard: Terminal): Promise<string> {
  await walkTo(wizard, 'Review');
  await wizard.press(KEYS.enter);
  return wizard.until(/[1-9][\d,]* of ≈ [\d,]+ documents/, LOAD_MS);
}

/** The number in the first group of a pattern. */
export function numberIn(text: string, pattern: RegExp): number {
  const [, found = ''] = pattern.exec(text) ?? [];
  return Number(found.replaceAll(',', ''));
}
