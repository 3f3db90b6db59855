// A line that is being typed, with its caret in view.
import { useIsScreenReaderEnabled } from 'ink';
import { SYMBOLS } from '../../text/symbols.ts';
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

/** The part of the text around the caret that fits. */
function windowOf(signs: readonly string[], caret: number, width: number): { from: number; to: number } {
  const room = Math.max(1, width - 1);
  const from = Math.max(0, Math.min(caret - room + 1, signs.length - room));
  return { from, to: from + room };
}

const hiddenWords = (length: number) => `hidden, ${length} ${length === 1 ? 'character' : 'characters'}`;

/** Text, caret `▏` where the next key goes; a hidden text is stars. */
export function TextField({ text, caret, focused, width, hidden = false, empty = '' }: TextFieldProps) {
  const reader = useIsScreenReaderEnabled();
  const signs = characters(text).map((sign) => (hidden ? '*' : sign));
  if (!focused) {
    if (signs.length === 0) return <Toned tone="quiet">{empty}</Toned>;
    if (reader && hidden) return <Toned>{hiddenWords(signs.length)}</Toned>;
    return <Toned>{signs.slice(0, width).join('')}</Toned>;
  }
  if (reader) return <Toned>{hidden ? hiddenWords(signs.length) : text || empty}</Toned>;
  const place = Math.min(caret, signs.length);
  const { from, to } = windowOf(signs, place, width);
  return (
    <Toned>
      {signs.slice(from, place).join('')}
      <Toned tone="focus">{SYMBOLS.caret}</Toned>
      {signs.slice(place, to).join('')}
      {signs.length === 0 ? <Toned tone="quiet"> {empty}</Toned> : ''}
    </Toned>
  );
}
