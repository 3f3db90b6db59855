// Every key that a footer names does something, on every screen and panel.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { footerHints } from '../../../../src/ui/ink/keys/binding.ts';
import type { KeyPress } from '../../../../src/ui/ink/keys/key-press.ts';
import { dispatch, keymap } from '../../../../src/ui/ink/keys/keymap.ts';
import type { UiContext } from '../../../../src/ui/ink/ui-context.ts';
import { createUiStore } from '../../../../src/ui/ink/ui-state.ts';
import { BARE } from '../../../../src/ui/text/hyperlink.ts';
import { currentProblem } from '../../../../src/ui/text/problem.ts';
import { createSession } from '../../../../src/wizard/session.ts';
import type { WizardState } from '../../../../src/wizard/state.ts';
import { fakeServices } from '../../../helpers/fake-services.ts';
import {
  type FakeCluster,
  fakeCluster,
  INDEX,
  indexState,
  openRun,
  wizardSettings,
} from '../../../helpers/fake-world.ts';

const press = (name: string): KeyPress => ({
  name,
  text: name.length === 1 ? name : name === 'space' ? ' ' : '',
});

interface Seen {
  readonly ui: UiContext;
  /** How often the terminal was asked for something: a copy, a pause, a fresh drawing. */
  readonly asked: () => number;
}

const open: UiContext[] = [];
afterEach(() => {
  for (const ui of open.splice(0)) ui.session.send({ type: 'terminate', exit: 0 });
});

function begin(cluster: FakeCluster, unfinished = false): Seen {
  let asked = 0;
  const ask = () => {
    asked += 1;
  };
  const session = createSession({
    services: fakeServices(cluster),
    settings: wizardSettings(),
    password: undefined,
    random: 0,
    unfinished: unfinished ? [openRun()] : [],
  });
  const ui: UiContext = {
    session,
    store: createUiStore(),
    terminal: { copy: ask, suspend: ask, redraw: ask, links: BARE },
  };
  session.subscribe(() => {});
  open.push(ui);
  return { ui, asked: () => asked };
}

async function until({ session }: UiContext, ready: (state: WizardState) => boolean): Promise<void> {
  const end = performance.now() + 5000;
  while (!ready(session.getSnapshot())) {
    if (performance.now() > end)
      throw new Error(`not reached: ${JSON.stringify(session.getSnapshot().step)}`);
    await sleep(1);
  }
}

async function keys(ui: UiContext, ...names: string[]): Promise<void> {
  for (const name of names) {
    dispatch(ui, press(name));
    await sleep(2);
  }
}

const up = ({ connection, forecast, gallery }: WizardState) =>
  connection.state === 'up' && forecast.state === 'ready' && gallery.state === 'ready';
const quick = () => fakeCluster();
const slow = () => fakeCluster({ pauseMs: 30 });
const taken = () => fakeCluster({ indexes: new Map([[INDEX, indexState(INDEX, 5)]]) });
const down = () => fakeCluster({ url: 'http://localhost:9999' });

async function toReview(ui: UiContext): Promise<void> {
  await until(ui, up);
  await keys(ui, 'enter', 'enter', 'enter');
  await until(ui, ({ indexStatus }) => indexStatus.state === 'free' || indexStatus.state === 'taken');
}

async function toLoad(ui: UiContext): Promise<void> {
  await toReview(ui);
  await keys(ui, 'enter');
  await until(ui, ({ run }) => (run?.progress?.acknowledged ?? 0) > 0);
}

async function toCheck(ui: UiContext): Promise<void> {
  await toReview(ui);
  await keys(ui, 'enter');
  await until(ui, ({ run }) => run?.status === 'ended');
}

interface Scene {
  readonly name: string;
  readonly cluster: () => FakeCluster;
  readonly unfinished?: boolean;
  readonly go: (ui: UiContext) => Promise<void>;
}

const SCENES: readonly Scene[] = [
  {
    name: 'Start',
    cluster: taken,
    unfinished: true,
    go: (ui) => until(ui, ({ leftovers }) => leftovers.state === 'known'),
  },
  {
    name: 'Start, removing',
    cluster: taken,
    unfinished: true,
    go: async (ui) => {
      await until(ui, ({ leftovers }) => leftovers.state === 'known');
      await keys(ui, '3');
    },
  },
  { name: 'Connect', cluster: quick, go: (ui) => until(ui, up) },
  { name: 'Connect, trying', cluster: () => fakeCluster({ stuck: 'port' }), go: () => sleep(20) },
  {
    name: 'Connect, the panel',
    cluster: down,
    go: (ui) => until(ui, (state) => currentProblem(state) !== undefined),
  },
  {
    name: 'Connect, a node that starts',
    cluster: () => fakeCluster({ url: 'http://localhost:9999', pauseMs: 1000 }),
    go: async (ui) => {
      await until(ui, (state) => currentProblem(state) !== undefined);
      await keys(ui, '1');
    },
  },
  {
    name: 'Scenario',
    cluster: quick,
    go: async (ui) => {
      await until(ui, up);
      await keys(ui, 'enter');
    },
  },
  {
    name: 'Scenario, the demo day',
    cluster: quick,
    go: async (ui) => {
      await until(ui, up);
      await keys(ui, 'enter', 'end', 'left', 'left');
    },
  },
  {
    name: 'Scenario, a file',
    cluster: quick,
    go: async (ui) => {
      await until(ui, up);
      await keys(ui, 'enter', 'a', 'x');
    },
  },
  {
    name: 'Tune',
    cluster: quick,
    go: async (ui) => {
      await until(ui, up);
      await keys(ui, 'enter', 'enter', 'left');
    },
  },
  {
    name: 'Tune, a number',
    cluster: quick,
    go: async (ui) => {
      await until(ui, up);
      await keys(ui, 'enter', 'enter', '5');
    },
  },
  { name: 'Review', cluster: quick, go: toReview },
  { name: 'Review, the index', cluster: taken, go: toReview },
  {
    name: 'Review, a name',
    cluster: taken,
    go: async (ui) => {
      await toReview(ui);
      await keys(ui, '2', 'x');
    },
  },
  { name: 'Load', cluster: slow, go: toLoad },
  {
    name: 'Load, leaving',
    cluster: slow,
    go: async (ui) => {
      await toLoad(ui);
      await keys(ui, 'escape');
    },
  },
  { name: 'Check', cluster: quick, go: toCheck },
  {
    name: 'Check, one that failed',
    cluster: () => fakeCluster({ failing: ['memory-pressure/rises'] }),
    go: async (ui) => {
      await toCheck(ui);
      await keys(ui, 'up', 'up', 'enter');
    },
  },
  {
    name: 'Next',
    cluster: quick,
    go: async (ui) => {
      await toCheck(ui);
      await keys(ui, 'enter');
    },
  },
  {
    name: 'the help',
    cluster: quick,
    go: async (ui) => {
      await until(ui, up);
      await keys(ui, 'enter', '?');
    },
  },
];

/** What a key can change, of all that is on the screen. */
const picture = ({ ui, asked }: Seen) => {
  const { step, answers, connection, node, run, undo, notice, interruptedMs, ended } =
    ui.session.getSnapshot();
  const { status, limits } = run ?? {};
  return JSON.stringify([
    {
      step,
      answers,
      link: [connection.state, 'retry' in connection],
      node: node.state,
      undo: undo.length,
      notice,
      interruptedMs,
      ended,
    },
    { status, limits, checks: run?.checks.length, view: ui.store.get(), asked: asked() },
  ]);
};

describe('each key in the footer', () => {
  it.each(SCENES)('does something: $name', async ({ cluster, unfinished, go }) => {
    const scene = async () => {
      const seen = begin(cluster(), unfinished);
      await go(seen.ui);
      return seen;
    };
    const hints = footerHints(keymap((await scene()).ui), 200);
    expect(hints.length).toBeGreaterThanOrEqual(2);
    for (const { label, keys: names } of hints) {
      const results: boolean[] = [];
      for (const name of names.length > 2 ? [names[0], names.at(-1)] : names) {
        const seen = await scene();
        const before = picture(seen);
        dispatch(seen.ui, press(name ?? ''));
        await sleep(5);
        results.push(picture(seen) !== before);
      }
      // One of two directions may be at its end.
      expect(results, label).toContain(true);
    }
  });
});
