// What keys and screens work with.
import type { Session } from '../../wizard/session.ts';
import type { LinkText } from '../text/hyperlink.ts';
import type { UiStore } from './ui-state.ts';

/** What only the terminal itself can do. */
export interface TerminalActions {
  /** Puts text on the clipboard of the person's own machine (OSC 52). */
  readonly copy: (text: string) => void;
  /** Gives the terminal back to the shell until `fg`. */
  readonly suspend: () => void;
  readonly redraw: () => void;
  /** How links are written on it. */
  readonly links: LinkText;
}

export interface UiContext {
  readonly session: Session;
  readonly store: UiStore;
  readonly terminal: TerminalActions;
}
