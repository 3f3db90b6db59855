// The full-screen front: opens the alternate screen, shows the wizard, and leaves the terminal as it was.
import { once } from 'node:events';
import type { Session } from '../../wizard/session.ts';
import { asciiStream } from '../ascii-stream.ts';
import { showsHyperlinks } from '../text/hyperlink.ts';
import { summaryLines } from '../text/summary-text.ts';
import { toAscii } from '../text/symbols.ts';
import { settleColor } from './color.ts';
import type { UiContext } from './ui-context.ts';
import { createUiStore } from './ui-state.ts';

export interface InkOptions {
  readonly session: Session;
  readonly stdin: NodeJS.ReadStream;
  /** The stream the screens are drawn on. */
  readonly stdout: NodeJS.WriteStream;
  readonly color: boolean;
  /** Only ASCII signs. */
  readonly ascii: boolean;
}

export type InkOutcome = { readonly kind: 'left'; readonly exit: number } | { readonly kind: 'plain' };

/** A key waits this share of a second at most for a picture just drawn; a load draws its own seven times a second. */
const FRAMES_PER_SECOND = 60;

const CLEAR_AND_HOME = '\u001B[2J\u001B[H';

/** A window that has kept its size for this long is no longer dragged. */
const REST_MS = 60;

/** Calls back some time after the last change of size; returns how to stop that. */
function whenResizeRests(stream: NodeJS.WriteStream, callback: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(callback, REST_MS);
  };
  stream.on('resize', wait);
  return () => {
    clearTimeout(timer);
    stream.off('resize', wait);
  };
}

/**
 * Shows the wizard until it is left, then prints what was done on the normal screen.
 * `plain` means that the person wants plain prompts; the session continues as it is.
 */
export async function runInk({ session, stdin, stdout, color, ascii }: InkOptions): Promise<InkOutcome> {
  const links = { clickable: color && showsHyperlinks(process.env, stdout.isTTY) };
  settleColor(color, process.env);
  const [{ render }, { App }, { Bridge, createTerminal }] = await Promise.all([
    import('ink'),
    import('./app.tsx'),
    import('./terminal.tsx'),
  ]);
  const screen = ascii ? asciiStream(stdout) : stdout;
  const terminal = createTerminal(screen, links);
  const ui: UiContext = { session, store: createUiStore(), terminal: terminal.actions };
  const reader = process.env['INK_SCREEN_READER'] === 'true';
  let plain = false;
  const tree = () => (
    <>
      <Bridge terminal={terminal} />
      <App
        ui={ui}
        onPlain={() => {
          plain = true;
          instance.unmount();
        }}
      />
    </>
  );
  // Ink listens after its first frame only: until then the terminal itself would write what is typed into that frame.
  stdin.setRawMode(true);
  // The other screen begins where the cursor is, and a program before may not have ended its line.
  if (!reader) screen.write('\r');
  const instance = render(tree(), {
    stdin,
    stdout: screen,
    interactive: true,
    // A screen reader reads lines as they come; it must not lose them.
    alternateScreen: !reader,
    incrementalRendering: true,
    exitOnCtrlC: false,
    maxFps: FRAMES_PER_SECOND,
  });
  // While a window is dragged, frames for one size arrive at another and what is on the screen is no longer what Ink
  // believes; once it rests, everything is drawn from an empty screen.
  const drawAfresh = () => {
    instance.clear();
    screen.write(CLEAR_AND_HOME);
    instance.rerender(tree());
  };
  const unwatch = reader ? () => {} : whenResizeRests(stdout, drawAfresh);
  const left = session.ended.then((exit) => {
    instance.unmount();
    return exit;
  });
  // What ends the program with a sentence must find the normal screen.
  const onDefect = () => instance.unmount();
  process.once('uncaughtExceptionMonitor', onDefect);
  await instance.waitUntilExit();
  process.off('uncaughtExceptionMonitor', onDefect);
  unwatch();
  if (plain) {
    // Ink lets go of the keyboard when it leaves; the questions need it.
    stdin.ref();
    return { kind: 'plain' };
  }
  const exit = await left;
  const lines = summaryLines(session.getSnapshot(), session.services.program, links);
  // Frames that are read out end without a line break.
  const text = `${reader ? '\n' : ''}${lines.join('\n')}\n`;
  // Where the terminal is gone, no one can read it.
  if (!stdout.write(ascii ? toAscii(text) : text)) await once(stdout, 'drain').catch(() => {});
  return { kind: 'left', exit };
}
