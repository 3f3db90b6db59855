// The built program in a pseudo-terminal, its screen read through a terminal emulator.
import { setTimeout as sleep } from 'node:timers/promises';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { CLI, type Place } from './program.ts';

/** How long a text may take to appear, ms. */
const PATIENCE_MS = 30_000;

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly args?: readonly string[];
  /** Runs this instead of the program itself. */
  readonly command?: readonly [string, ...string[]];
}

export class Terminal {
  readonly #process: pty.IPty;
  readonly #screen: xterm.Terminal;
  readonly #startedMs = performance.now();
  #written: Promise<void> = Promise.resolve();
  #firstOutputMs: number | undefined;
  /** Everything the program has written. */
  raw = '';
  /** Resolves when the program has ended and the screen has taken its last output. */
  readonly ended: Promise<{ exit: number; signal: number | undefined }>;

  constructor(place: Place, { columns = 80, rows = 24, args = [], command }: TerminalOptions = {}) {
    const [file, ...rest] = command ?? [process.execPath, CLI, ...args];
    this.#screen = new xterm.Terminal({ cols: columns, rows, scrollback: 2000, allowProposedApi: true });
    this.#process = pty.spawn(file, rest, {
      name: place.env['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      cwd: place.folder,
      env: { TERM: 'xterm-256color', ...place.env },
    });
    this.#process.onData((data) => {
      this.#firstOutputMs ??= performance.now();
      this.raw += data;
      this.#written = new Promise((resolve) => this.#screen.write(data, resolve));
    });
    // The emulator answers when it is asked where its cursor is.
    this.#screen.onData((answer) => this.#process.write(answer));
    this.ended = new Promise((resolve) => {
      this.#process.onExit(async ({ exitCode, signal }) => {
        // The last output may follow the end.
        await sleep(50);
        await this.#written;
        resolve({ exit: exitCode, signal });
      });
    });
  }

  /** The lines in view, without trailing spaces. */
  lines(): string[] {
    const buffer = this.#screen.buffer.active;
    return Array.from(
      { length: this.#screen.rows },
      (_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true) ?? '',
    );
  }

  text(): string {
    return this.lines().join('\n');
  }

  /** Also what has scrolled out of view. */
  history(): string {
    const buffer = this.#screen.buffer.active;
    return Array.from(
      { length: buffer.length },
      (_, row) => buffer.getLine(row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  /** True while the program is on the screen that is thrown away when it leaves. */
  get onAlternateScreen(): boolean {
    return this.#screen.buffer.active.type === 'alternate';
  }

  /** True unless the program has hidden the cursor and not shown it again. */
  get cursorVisible(): boolean {
    return this.raw.lastIndexOf('\u001B[?25h') >= this.raw.lastIndexOf('\u001B[?25l');
  }

  /** Milliseconds from the start of the process to its first output. */
  get firstOutputMs(): number {
    return (this.#firstOutputMs ?? Number.POSITIVE_INFINITY) - this.#startedMs;
  }

  /** Types each of these, with a pause that tells a lone Escape from a longer key. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.#process.write(key);
      await sleep(40);
    }
  }

  /** Writes on the screen without the program knowing, as another program on the same terminal would. */
  async scribble(text: string): Promise<void> {
    this.#written = new Promise((resolve) => this.#screen.write(text, resolve));
    await this.#written;
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.#process.resize(columns, rows);
  }

  /** Closes the window: the terminal is gone, and the program hears of it. */
  closeWindow(): void {
    this.#process.kill('SIGHUP');
    (this.#process as unknown as { destroy(): void }).destroy();
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits until the program has written nothing for a moment. */
  async untilStill(): Promise<void> {
    for (let before = -1; before !== this.raw.length; await sleep(60)) before = this.raw.length;
  }

  /** Waits until the screen shows this; fails with the screen when it does not come. */
  async until(wanted: string | RegExp, patienceMs = PATIENCE_MS): Promise<string> {
    const end = performance.now() + patienceMs;
    for (;;) {
      await this.#written;
      const text = this.text();
      if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
      if (performance.now() > end) throw new Error(`${wanted} did not appear:\n${text}`);
      await sleep(20);
    }
  }
}
