// Which rows the choices of a list take: a hint that does not fit beside its choice stands below it.
import { columnsOf, wrapText } from '../../text/wrap.ts';

export interface HintedChoice {
  readonly label: string;
  /** What to know before choosing it; empty when nothing. */
  readonly hint: string;
}

export interface ChoiceRows {
  /** With its number; more than one row where it does not fit into one. */
  readonly label: readonly string[];
  /** Stands in the row of the label; empty when it does not fit there. */
  readonly beside: string;
  /** Rows below the label. */
  readonly below: readonly string[];
}

/** Columns before the text: the mark of the focus and a blank; what stands below is two columns further in. */
const MARK_WIDTH = 2;
const INDENT = 2;

/** The choices in so many columns. */
export function choiceRows(choices: readonly HintedChoice[], columns: number): readonly ChoiceRows[] {
  const room = columns - MARK_WIDTH;
  return choices.map(({ label, hint }, place) => {
    const text = `${place + 1} ${label}`;
    const beside = hint === '' ? '' : `   (${hint})`;
    if (columnsOf(text) + columnsOf(beside) <= room) return { label: [text], beside, below: [] };
    const below = hint === '' ? [] : wrapText(`(${hint})`, room - INDENT);
    return { label: wrapText(text, room - INDENT), beside: '', below };
  });
}

export interface ChoiceHeight {
  /** Rows with every hint. */
  readonly whole: number;
  /** Rows with only the hint of the choice in focus, whichever that is. */
  readonly least: number;
}

export function choiceHeight(choices: readonly ChoiceRows[]): ChoiceHeight {
  const labels = choices.reduce((sum, { label }) => sum + label.length, 0);
  const hints = choices.map(({ below }) => below.length);
  return {
    whole: labels + hints.reduce((sum, rows) => sum + rows, 0),
    least: labels + Math.max(0, ...hints),
  };
}

/** Rows that the other hints take of those left over: all of them have room, or none is shown. */
export function otherHints({ whole, least }: ChoiceHeight, left: number): number {
  return whole - least <= left ? whole - least : 0;
}
