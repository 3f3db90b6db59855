// The marks of every screen, each one cell wide in any terminal (no emoji), and what stands for them in ASCII.

export const SYMBOLS = {
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
  rule: '─',
  bar: '█',
  barEmpty: '░',
  mark: '▲',
  random: '·',
  caret: '▏',
} as const;

/** Sign for sign, so that nothing on the screen moves. */
const IN_ASCII: Readonly<Record<string, string>> = {
  '✔': '+',
  '✘': 'x',
  '…': '~',
  '·': '-',
  '–': '-',
  '❯': '>',
  '◂': '<',
  '▸': '>',
  '█': '#',
  '░': '.',
  '▲': '^',
  '▏': '|',
  '≈': '~',
  '×': 'x',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '─': '-',
  '│': '|',
  '┼': '+',
  '┤': '|',
  '╶': '-',
  '╴': '-',
  '╰': '\\',
  '╭': '/',
  '╮': '\\',
  '╯': '/',
};

const SIGNS = new RegExp(`[${Object.keys(IN_ASCII).join('')}]`, 'g');

/** The same text without the signs that an ASCII terminal lacks; what else it holds stays. */
export function toAscii(text: string): string {
  return text.replace(SIGNS, (sign) => IN_ASCII[sign] ?? sign);
}

/** True when the locale does not say that the terminal shows UTF-8. */
export function needsAscii(environment: Readonly<Record<string, string | undefined>>): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return !/utf-?8/i.test(locale);
}
