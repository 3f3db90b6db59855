// The marks of every screen. All are one cell wide in any terminal; none is an emoji.

type ChartSymbols = readonly [string, string, string, string, string, string, string, string, string, string];

export interface Symbols {
  readonly ok: string;
  readonly failed: string;
  readonly care: string;
  readonly busy: string;
  readonly open: string;
  readonly skipped: string;
  readonly focus: string;
  readonly checked: string;
  readonly unchecked: string;
  readonly less: string;
  readonly more: string;
  readonly up: string;
  readonly down: string;
  readonly rule: string;
  readonly bar: string;
  readonly barEmpty: string;
  readonly mark: string;
  readonly dot: string;
  readonly about: string;
  readonly ellipsis: string;
  readonly arrow: string;
  readonly caret: string;
  readonly arrows: { readonly vertical: string; readonly horizontal: string };
  /** The ten pieces asciichart draws with. */
  readonly chart: ChartSymbols;
}

export const UNICODE: Symbols = {
  ok: '✔',
  failed: '✘',
  care: '!',
  busy: '…',
  open: '·',
  skipped: '–',
  focus: '❯',
  checked: '[✔]',
  unchecked: '[ ]',
  less: '◂',
  more: '▸',
  up: '↑',
  down: '↓',
  rule: '─',
  bar: '█',
  barEmpty: '░',
  mark: '▲',
  dot: '·',
  about: '≈',
  ellipsis: '…',
  arrow: '→',
  caret: '▏',
  arrows: { vertical: '↑↓', horizontal: '←→' },
  chart: ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
};

export const ASCII: Symbols = {
  ok: '+',
  failed: 'x',
  care: '!',
  busy: '~',
  open: '.',
  skipped: '-',
  focus: '>',
  checked: '[x]',
  unchecked: '[ ]',
  less: '<',
  more: '>',
  up: '^',
  down: 'v',
  rule: '-',
  bar: '#',
  barEmpty: '.',
  mark: '^',
  dot: '-',
  about: '~',
  ellipsis: '~',
  arrow: '->',
  caret: '|',
  arrows: { vertical: 'Up/Down', horizontal: 'Left/Right' },
  chart: ['+', '|', '-', '-', '-', '\\', '/', '\\', '/', '|'],
};

/** Signs that our own sentences use, and what stands for them where only ASCII can be shown. */
const PLAIN_SIGNS: readonly (readonly [string, string])[] = [
  ['≈', '~'],
  ['…', '...'],
  ['·', '-'],
  ['→', '->'],
  ['×', 'x'],
  ['–', '-'],
];

/** Our own sentence in ASCII; what comes from elsewhere keeps its letters. */
export function toAscii(text: string): string {
  return PLAIN_SIGNS.reduce((result, [sign, plain]) => result.replaceAll(sign, plain), text);
}

/** True when the terminal is not known to show more than ASCII, from LC_ALL, LC_CTYPE and LANG. */
export function needsAscii(environment: Readonly<Record<string, string | undefined>>): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return !/utf-?8/i.test(locale);
}
