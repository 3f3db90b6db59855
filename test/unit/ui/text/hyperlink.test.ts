// Where links are written as links.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { linkText, showsHyperlinks } from '../../../../src/ui/text/hyperlink.ts';

const URL = 'http://localhost:5601/app/dashboards#/view/x?_g=(time:(from:%27a%27))';

describe('links that a click opens', () => {
  it.each([
    ['iTerm2', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.4.19' }],
    ['VS Code', { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.96.0' }],
    ['WezTerm', { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' }],
    ['Ghostty', { TERM_PROGRAM: 'ghostty', TERM_PROGRAM_VERSION: '1.0.1' }],
    ['GNOME Terminal', { TERM: 'xterm-256color', VTE_VERSION: '6800' }],
    ['Windows Terminal', { WT_SESSION: 'a' }],
    ['kitty', { TERM: 'xterm-kitty' }],
    ['one that is forced to', { TERM: 'dumb', FORCE_HYPERLINK: '1' }],
  ])('are shown by %s', (_, environment) => {
    expect(showsHyperlinks(environment, true)).toBe(true);
  });

  it.each([
    ['an unknown terminal', { TERM: 'xterm-256color' }],
    ['an old iTerm2', { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.15' }],
    ['VTE 0.50.0, which crashed', { VTE_VERSION: '5000' }],
    ['TERM=dumb', { TERM: 'dumb', WT_SESSION: 'a' }],
    ['NO_COLOR', { NO_COLOR: '1', WT_SESSION: 'a' }],
    ['a screen reader', { INK_SCREEN_READER: 'true', WT_SESSION: 'a' }],
    ['ACCESSIBLE=1', { ACCESSIBLE: '1', WT_SESSION: 'a' }],
    ['tmux', { TERM: 'tmux-256color', TMUX: '/tmp/x', VTE_VERSION: '6800' }],
    ['screen', { TERM: 'screen', WT_SESSION: 'a' }],
    ['one that is forbidden to', { WT_SESSION: 'a', FORCE_HYPERLINK: '0' }],
  ])('are bare in %s', (_, environment) => {
    expect(showsHyperlinks(environment, true)).toBe(false);
  });

  it('are bare in a file or a pipe', () => {
    expect(showsHyperlinks({ WT_SESSION: 'a' }, false)).toBe(false);
  });

  it('take the columns of their text, and can neither hide nor steer', () => {
    const link = linkText({ clickable: true }, 'Payment\u001B[2J', URL);
    expect(link).toBe(`\u001B]8;;${URL}\u0007Payment\u001B]8;;\u0007`);
    expect(stringWidth(link)).toBe('Payment'.length);
    expect(linkText({ clickable: true }, 'Payment', `${URL}\u0007\u001B[2J`)).toBe('Payment');
    expect(linkText({ clickable: false }, 'Payment', URL)).toBe('Payment');
  });
});
