// A line that is typed, with what it is for above it and what is wrong with it below.
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from './focus.tsx';
import { Line, Lines } from './line.tsx';
import { Mark } from './mark.tsx';
import { TextField } from './text-field.tsx';

interface TypedLineProps {
  readonly head: string;
  readonly help: string;
  readonly draft: { readonly text: string; readonly caret: number };
  readonly columns: number;
  /** Rows about what was entered last; none while nothing is wrong. */
  readonly problem: readonly string[];
}

/** The field, and the rows around it. */
export function TypedLine({ head, help, draft: { text, caret }, columns, problem }: TypedLineProps) {
  return (
    <>
      <Line tone="strong">{head}</Line>
      <Lines rows={fitLines([help], columns, 3)} tone="quiet" />
      <Line />
      <FocusLine focused typing>
        <TextField text={text} caret={caret} focused width={columns - 4} />
      </FocusLine>
      <Line />
      {problem.map((row, place) => (
        <Line key={place}>
          {place === 0 ? <Mark mark="failed" /> : ' '} {row}
        </Line>
      ))}
    </>
  );
}
