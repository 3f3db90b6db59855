// A line that is being typed, with its caret in view.
import { useIsScreenReaderEnabled } from 'ink';
import { SYMBOLS } from '../../text/symbols.ts';
import { columnsOf } from '../../text/wrap.ts';
import { characters } from '../keys/text-edit.ts';
import { Toned } from './line.tsx';

interface TextFieldProps {
  readonly text: string;
  /** Characters before the caret; more than there are means the end. */
  readonly caret: number;
  readonly focused: boolean;
  readonly width: number;
  readonly hidden?: boolean;
  /** Shown while the field is empty. */
  readonly empty?: string;
}

/** How many of these characters fit into so many columns. */
function fitting(signs: readonly string[], columns: number): number {
  let free = columns;
  const out = signs.findIndex((sign) => {
    free -= columnsOf(sign);
    return free < 0;
  });
  return out < 0 ? signs.length : out;
}

/** The part of a text in view: as much before the caret as fits, then what follows it; one column is the caret's. */
export function fieldWindow(
  signs: readonly string[],
  caret: number,
  width: number,
): { readonly before: string; readonly after: string } {
  const columns = Math.max(1, width - 1);
  const from = caret - fitting(signs.slice(0, caret).reverse(), columns);
  const before = signs.slice(from, caret).join('');
  const rest = signs.slice(caret);
  return { before, after: rest.slice(0, fitting(rest, columns - columnsOf(before))).join('') };
}

const hiddenWords = (length: number) => `hidden, ${length} ${length === 1 ? 'character' : 'characters'}`;

/** Text, caret `▏` where the next key goes; a hidden text is stars. */
export function TextField({ text, caret, focused, width, hidden = false, empty = '' }: TextFieldProps) {
  const reader = useIsScreenReaderEnabled();
  const signs = characters(text).map((sign) => (hidden ? '*' : sign));
  if (!focused) {
    if (signs.length === 0) return <Toned tone="quiet">{empty}</Toned>;
    if (reader && hidden) return <Toned>{hiddenWords(signs.length)}</Toned>;
    return <Toned>{fieldWindow(signs, 0, width + 1).after}</Toned>;
  }
  if (reader) return <Toned>{hidden ? hiddenWords(signs.length) : text || empty}</Toned>;
  const { before, after } = fieldWindow(signs, Math.min(caret, signs.length), width);
  return (
    <Toned>
      {before}
      <Toned tone="focus">{SYMBOLS.caret}</Toned>
      {after}
      {signs.length === 0 ? <Toned tone="quiet"> {empty}</Toned> : ''}
    </Toned>
  );
}
