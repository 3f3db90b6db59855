// What only the terminal can do: the clipboard, a pause in the shell, a fresh drawing.
import { setTimeout as sleep } from 'node:timers/promises';
import { useApp } from 'ink';
import { useEffect } from 'react';
import type { LinkText } from '../text/hyperlink.ts';
import type { TerminalActions } from './ui-context.ts';

/** A signal to oneself arrives within this time. */
const STOP_MS = 50;

type Suspend = ReturnType<typeof useApp>['suspendTerminal'];

export interface Terminal {
  readonly actions: TerminalActions;
  /** Takes Ink's own way of stepping aside while the screen is mounted. */
  readonly lend: (suspend: Suspend | undefined) => void;
}

/** Lends Ink's way of stepping aside to the actions. */
export function Bridge({ terminal: { lend } }: { readonly terminal: Terminal }) {
  const { suspendTerminal } = useApp();
  useEffect(() => {
    lend(suspendTerminal);
    return () => lend(undefined);
  }, [suspendTerminal, lend]);
  return null;
}

/** The actions on this screen. */
export function createTerminal(screen: NodeJS.WriteStream, links: LinkText): Terminal {
  let suspend: Suspend | undefined;
  const aside = (during: () => void | Promise<void>) => {
    suspend?.(during).catch(() => {
      // Already stepping aside, or already leaving: there is nothing to draw on.
    });
  };
  return {
    lend: (own) => {
      suspend = own;
    },
    actions: {
      copy: (text) => void screen.write(`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`),
      suspend: () =>
        aside(async () => {
          // The whole job stops, npm with it, and time stands still until `fg`. Where no shell could bring it back,
          // the system does not stop it, and after this moment the screen is there again.
          process.kill(0, 'SIGTSTP');
          await sleep(STOP_MS);
        }),
      redraw: () => aside(() => {}),
      links,
    },
  };
}
