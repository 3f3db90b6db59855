// The rows of the list: a preset that can be ticked, and the demo day.
import type { CatalogEntry } from '../../../wizard/services.ts';
import { chosenEntries } from '../../../wizard/state.ts';
import { demoDayWords, knownForecast, presetWindow } from '../../text/scenario-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { columnsOf, padded } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Toned } from '../components/line.tsx';
import type { ScreenProps } from '../screen-props.ts';

/** From this width on each preset stands in one row with its window. */
export const ROOMY = 76;

interface RowProps {
  readonly screen: ScreenProps;
  readonly focused: boolean;
  /** Columns for titles. */
  readonly width: number;
}

interface EntryProps extends RowProps {
  readonly entry: CatalogEntry;
  /** Said at the end of the row: that there are more above or below. */
  readonly more: string;
}

/** A preset: ticked or not, and where there is room when it happens. */
export function PresetRow({ screen, entry, focused, width, more }: EntryProps) {
  const { state, columns } = screen;
  const on = chosenEntries(state).includes(entry);
  const forecast = knownForecast(state);
  const when = columns >= ROOMY && forecast ? presetWindow(entry.preset, forecast, state.nowMs) : '';
  return (
    <FocusLine focused={focused} checked={on}>
      <Toned tone={on ? 'done' : 'quiet'} spoken="">
        {on ? SYMBOLS.checked : SYMBOLS.unchecked}
      </Toned>{' '}
      <Toned tone={focused ? 'strong' : 'plain'}>{padded(entry.preset.title, width)}</Toned>{' '}
      <Toned tone="quiet">{`${when}${more}`}</Toned>
    </FocusLine>
  );
}

/** Which day the presets call today, and why. */
export function DemoDayRows({ screen, focused, width }: RowProps) {
  const { answers, nowMs } = screen.state;
  const forecast = knownForecast(screen.state);
  if (!forecast) return <FocusLine focused={focused}>Demo day …</FocusLine>;
  const { day, why } = demoDayWords(answers.settings, forecast, nowMs);
  const room = screen.columns >= ROOMY ? width + 4 : 10;
  // Under the day, as far as there is room for the whole reason.
  const indent = Math.max(2, Math.min(room + 3, screen.body.columns - columnsOf(why)));
  return (
    <>
      <FocusLine focused={focused}>
        <Toned tone={focused ? 'strong' : 'plain'}>{'Demo day'.padEnd(room)}</Toned> {day}{' '}
        <Toned tone="focus" spoken="">
          {focused ? `${SYMBOLS.less}${SYMBOLS.more}` : ''}
        </Toned>
      </FocusLine>
      <Line tone="quiet">{`${' '.repeat(indent)}${why}`}</Line>
    </>
  );
}
