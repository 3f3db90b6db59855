// Numbered choices, each with what to know before it is chosen.
import { Fragment } from 'react';
import { type ChoiceRows, choiceHeight } from './choice-layout.ts';
import { FocusLine } from './focus.tsx';
import { Lines, Toned } from './line.tsx';

interface ChoiceListProps {
  readonly choices: readonly ChoiceRows[];
  readonly focus: number;
  /** Rows there are; where they are too few for every hint, only the choice in focus has its own. */
  readonly rows: number;
}

const INDENT = '    ';
const indentRows = (rows: readonly string[]) => rows.map((row) => `${INDENT}${row}`);

/** The choices one below the other; nothing of them is cut. */
export function ChoiceList({ choices, focus, rows }: ChoiceListProps) {
  const all = choiceHeight(choices).whole <= rows;
  return choices.map(({ label: [first, ...more], beside, below }, place) => (
    <Fragment key={first}>
      <FocusLine focused={place === focus}>
        {first}
        {beside === '' ? '' : <Toned tone="quiet">{beside}</Toned>}
      </FocusLine>
      <Lines rows={indentRows(more)} />
      {all || place === focus ? <Lines rows={indentRows(below)} tone="quiet" /> : null}
    </Fragment>
  ));
}
