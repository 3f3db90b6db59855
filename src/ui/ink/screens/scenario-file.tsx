// The line for the path of a preset file of one's own.
import type { AppError } from '../../../errors/app-error.ts';
import { PRESET_HEAD, PRESET_HELP, presetProblem } from '../../text/scenario-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { TypedLine } from '../components/typed-line.tsx';
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
    <TypedLine
      head={PRESET_HEAD}
      help={PRESET_HELP}
      draft={uiState.path}
      columns={body.columns}
      problem={problem}
    />
  );
}
