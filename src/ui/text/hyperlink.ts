// Links that a terminal opens at a click (OSC 8), where it is known to show them; elsewhere the bare address is printed.
import type { Environment } from '../../core/directories.ts';
import { plainText } from '../../text/plain-text.ts';

/** How links are written: true as a text that is a link. */
export interface LinkText {
  readonly clickable: boolean;
}

export const BARE: LinkText = { clickable: false };

/** First versions that show them, by the name a terminal gives itself. */
const PROGRAMS: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  'iTerm.app': [3, 1],
  WezTerm: [20_200_620, 0],
  vscode: [1, 72],
  ghostty: [0, 0],
  zed: [0, 0],
  Hyper: [4, 0],
};

const TERMS = /^(?:alacritty|foot|xterm-kitty|xterm-ghostty|wezterm|contour)/;
/** VTE 0.50 crashes at some links. */
const FIRST_VTE = 5001;

function newEnough(name: string, version: string): boolean {
  const first = PROGRAMS[name];
  if (!first) return false;
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return major > first[0] || (major === first[0] && minor >= first[1]);
}

/**
 * True for a terminal that is known to show such links. Multiplexers pass them on only sometimes, and drop them without
 * a trace; a screen reader would read the address aloud anyway.
 */
export function showsHyperlinks(environment: Environment, isTerminal: boolean): boolean {
  const { TERM = '', TERM_PROGRAM = '', TERM_PROGRAM_VERSION = '', VTE_VERSION } = environment;
  const { FORCE_HYPERLINK: forced, NO_COLOR, ACCESSIBLE, INK_SCREEN_READER } = environment;
  if (forced !== undefined) return forced !== '0';
  if (!isTerminal || TERM === 'dumb' || NO_COLOR || ACCESSIBLE === '1' || INK_SCREEN_READER === 'true')
    return false;
  if (environment['TMUX'] || environment['STY'] || /^(?:screen|tmux)/.test(TERM)) return false;
  if (VTE_VERSION) return Number(VTE_VERSION) >= FIRST_VTE;
  if (environment['WT_SESSION'] || environment['KONSOLE_VERSION'] || environment['DOMTERM']) return true;
  return TERMS.test(TERM) || newEnough(TERM_PROGRAM, TERM_PROGRAM_VERSION);
}

/** Only what may stand in the sequence: printable ASCII. */
const ALLOWED = /^[\x21-\x7e]+$/;

/** A text that is a link where the terminal shows them, else the bare text. */
export function linkText({ clickable }: LinkText, text: string, url: string): string {
  const words = plainText(text);
  return clickable && ALLOWED.test(url) ? `\u001B]8;;${url}\u0007${words}\u001B]8;;\u0007` : words;
}
