// The wizard in a terminal that exists only in memory: any size, keys, resizing, whole frames.

import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Instance, render } from 'ink';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import type { Settings } from '../../src/options/settings.ts';
import { App } from '../../src/ui/ink/app.tsx';
import type { UiContext } from '../../src/ui/ink/ui-context.ts';
import { createUiStore } from '../../src/ui/ink/ui-state.ts';
import { BARE } from '../../src/ui/text/hyperlink.ts';
import type { OpenRun } from '../../src/wizard/services.ts';
import { createSession, type Session } from '../../src/wizard/session.ts';
import { fakeServices } from './fake-services.ts';
import { type FakeCluster, fakeCluster, wizardSettings } from './fake-world.ts';
import { KEYS } from './ink-keys.ts';

/** How long a text may take to appear. */
const PATIENCE_MS = 5000;

class MemoryScreen extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  frame = '';
  copied: string[] = [];

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write = (chunk: string, encoding?: unknown, done?: () => void): boolean => {
    if (chunk.trim() !== '') this.frame = chunk.replace(/\n$/, '');
    (typeof encoding === 'function' ? encoding : done)?.();
    return true;
  };
}

class MemoryKeyboard extends EventEmitter {
  readonly isTTY = true;
  #waiting: string[] = [];
  setEncoding() {}
  setRawMode() {
    return this;
  }
  ref() {}
  unref() {}
  resume() {}
  pause() {}
  read = (): string | null => this.#waiting.shift() ?? null;
  type(data: string) {
    this.#waiting.push(data);
    this.emit('readable');
  }
}

export interface WizardOnScreen {
  readonly session: Session;
  readonly ui: UiContext;
  readonly copied: readonly string[];
  /** The frame as it is, lines without trailing spaces. */
  readonly lines: () => string[];
  readonly text: () => string;
  /** Types each of these, one after the other. */
  readonly press: (...keys: string[]) => Promise<void>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  /** Waits until the frame holds this; fails with the frame when it does not come. */
  readonly until: (wanted: string | RegExp) => Promise<string>;
  readonly close: () => void;
}

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly cluster?: FakeCluster;
  readonly settings?: Partial<Settings>;
  readonly password?: string;
  readonly unfinished?: readonly OpenRun[];
  /** The command `live`: its screen alone. */
  readonly live?: boolean;
  /** Read out instead of drawn. */
  readonly screenReader?: boolean;
}

/** Opens the wizard on a screen in memory. */
export function openWizard(options: ScreenOptions = {}): WizardOnScreen {
  const {
    columns = 80,
    rows = 24,
    cluster = fakeCluster(),
    settings = {},
    password,
    unfinished = [],
  } = options;
  const screen = new MemoryScreen(columns, rows);
  const keyboard = new MemoryKeyboard();
  const session = createSession({
    services: fakeServices(cluster),
    settings: wizardSettings(settings),
    password,
    random: 0,
    unfinished,
    ...(options.live ? { live: { presets: BUILT_IN, sample: undefined } } : {}),
  });
  const terminal = {
    copy: (text: string) => void screen.copied.push(text),
    suspend: () => {},
    redraw: () => {},
    links: BARE,
  };
  const ui: UiContext = { session, store: createUiStore(), terminal };
  const instance: Instance = render(<App ui={ui} onPlain={() => instance.unmount()} />, {
    stdout: screen as unknown as NodeJS.WriteStream,
    stderr: new MemoryScreen(columns, rows) as unknown as NodeJS.WriteStream,
    stdin: keyboard as unknown as NodeJS.ReadStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    isScreenReaderEnabled: options.screenReader ?? false,
  });
  const text = () => screen.frame;
  return {
    session,
    ui,
    copied: screen.copied,
    text,
    lines: () =>
      text()
        .split('\n')
        .map((line) => line.trimEnd()),
    press: async (...keys) => {
      for (const key of keys) {
        keyboard.type(key);
        // A lone escape is told from the beginning of a sequence by a pause.
        if (key === KEYS.escape) await sleep(30);
        await instance.waitUntilRenderFlush();
      }
    },
    resize: async (wide, high) => {
      screen.columns = wide;
      screen.rows = high;
      screen.emit('resize');
      await instance.waitUntilRenderFlush();
    },
    until: async (wanted) => {
      const end = performance.now() + PATIENCE_MS;
      const found = () => (typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text()));
      while (!found()) {
        if (performance.now() > end) throw new Error(`${wanted} did not appear:\n${text()}`);
        await sleep(5);
      }
      return text();
    },
    close: () => instance.unmount(),
  };
}
