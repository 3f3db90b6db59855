// The line for the path of a preset file of one's own.
import type { AppError } from '../../../errors/app-error.ts';
import { PRESET_HEAD, PRESET_HELP, presetProblem } from '../../text/scenario-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import { TextField } from '../components/text-field.tsx';
import type { ScreenProps } from '../screen-props.ts';

/** The line for the path of a preset file, and why the last one could not be used. */
export function PresetFile({
  screen,
  error,
}: {
  readonly screen: ScreenProps;
  readonly error: AppError | undefined;
}) {
  const { uiState, body } = screen;
  const problem = error ? fitLines(presetProblem(error), body.columns - 2, body.rows - 8) : [];
  return (
    <>
      <Line tone="strong">{PRESET_HEAD}</Line>
      <Lines rows={fitLines([PRESET_HELP], body.columns, 3)} tone="quiet" />
      <Line />
      <FocusLine focused typing>
        <TextField text={uiState.path.text} caret={uiState.path.caret} focused width={body.columns - 4} />
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
