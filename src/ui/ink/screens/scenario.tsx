// Scenario: which incidents the data holds, and what the presets call today.
import { Box } from 'ink';
import type { Preset } from '../../../core/plan/preset.ts';
import type { AppError } from '../../../errors.ts';
import type { CatalogEntry, Forecast } from '../../../wizard/services.ts';
import { chosenEntries } from '../../../wizard/state.ts';
import { axisRow, chart, chartPoints, markedAxis, markRow } from '../../text/chart.ts';
import {
  demoDayWords,
  knownForecast,
  latencySentence,
  planProblem,
  presetWindow,
} from '../../text/data-text.ts';
import { moreWords } from '../../text/more-text.ts';
import { plainText } from '../../text/plain-text.ts';
import { PRESET_HEAD, PRESET_HELP, presetProblem, provedQuestions } from '../../text/preset-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { wallClock } from '../../text/when.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Say } from '../components/line.tsx';
import { listWindow } from '../components/list-window.ts';
import { Mark } from '../components/mark.tsx';
import { TextField } from '../components/text-field.tsx';
import type { Shown } from '../shown.ts';

const MARGIN_MS = 20 * 60_000;
/** Rows kept for the story when there are many presets, with head and demo day. */
const STORY_ROWS = 11;
/** Rows of the smallest chart, with its axis. */
const CHART_ROWS = 5;
/** From this width on each preset stands in one row with its window. */
const ROOMY = 76;

interface RowProps {
  readonly shown: Shown;
  readonly focused: boolean;
  /** Columns for titles. */
  readonly width: number;
}

interface EntryProps extends RowProps {
  readonly entry: CatalogEntry;
  /** Said at the end of the row: that there are more above or below. */
  readonly more: string;
}

function Entry({ shown, entry, focused, width, more }: EntryProps) {
  const { state, columns } = shown;
  const on = chosenEntries(state).includes(entry);
  const forecast = knownForecast(state);
  const when = columns >= ROOMY && forecast ? presetWindow(entry.preset, forecast, state.nowMs) : '';
  return (
    <FocusLine focused={focused} checked={on}>
      <Say tone={on ? 'done' : 'quiet'} aloud="">
        {on ? SYMBOLS.checked : SYMBOLS.unchecked}
      </Say>{' '}
      <Say tone={focused ? 'strong' : 'plain'}>{entry.preset.title.padEnd(width)}</Say>{' '}
      <Say tone="quiet">{`${when}${more}`}</Say>
    </FocusLine>
  );
}

function DemoDay({ shown, focused, width }: RowProps) {
  const { answers, nowMs } = shown.state;
  const forecast = knownForecast(shown.state);
  if (!forecast) return <FocusLine focused={focused}>Demo day …</FocusLine>;
  const { day, why } = demoDayWords(answers.settings, forecast, nowMs);
  const room = shown.columns >= ROOMY ? width + 4 : 10;
  return (
    <>
      <FocusLine focused={focused}>
        <Say tone={focused ? 'strong' : 'plain'}>{'Demo day'.padEnd(room)}</Say> {day}{' '}
        <Say tone="focus" aloud="">
          {focused ? `${SYMBOLS.less}${SYMBOLS.more}` : ''}
        </Say>
      </FocusLine>
      <Line tone="quiet">{`${' '.repeat(room + 3)}${why}`}</Line>
    </>
  );
}

interface LatencyProps {
  readonly entry: CatalogEntry;
  readonly gallery: Forecast | undefined;
  readonly width: number;
  readonly rows: number;
}

function Latency({ entry, gallery, width, rows }: LatencyProps) {
  const incident = gallery?.incidents.find(({ preset }) => preset === entry.preset.id);
  if (!gallery || !incident || rows < 4) return null;
  const window = { fromMs: incident.startMs - MARGIN_MS, toMs: incident.recoveredMs + MARGIN_MS };
  const { p95Ms } = gallery.series({ ...window, points: chartPoints(width) });
  const time = (ms: number) => wallClock(ms, gallery.timeZone).time.slice(0, 5);
  const marks = markRow([incident], window, width, SYMBOLS.mark);
  const titled = rows > CHART_ROWS;
  const from = `${time(window.fromMs)}${titled ? '' : '  p95 in ms'}`;
  const axis = axisRow({ from, middle: '', to: time(window.toMs) }, width);
  const height = rows - (titled ? 2 : 1);
  return (
    <Box flexDirection="column" flexShrink={0} aria-label={latencySentence(gallery, p95Ms, window)}>
      {titled ? <Line tone="strong">Response time, p95 in ms</Line> : null}
      <Lines rows={chart({ values: p95Ms, top: 1000, width, height })} tone="latency" />
      <Line tone="quiet">{markedAxis(marks, axis)}</Line>
    </Box>
  );
}

/** What is proved, in whole questions as far as they fit. */
function provedRows(preset: Preset, columns: number, rows: number): readonly string[] {
  const questions = provedQuestions(preset);
  for (let told = questions.length; told > 0; told--) {
    const more = told < questions.length ? ` … and ${questions.length - told} more` : '';
    const all = fitLines([`Proved: ${questions.slice(0, told).join(' ')}${more}`], columns, rows + 1);
    if (all.length <= rows) return all;
  }
  return fitLines(questions.length === 0 ? [] : [`Proved by ${questions.length} queries`], columns, rows);
}

function Story({ shown, entry, rows }: { shown: Shown; entry: CatalogEntry; rows: number }) {
  const { body, state, columns } = shown;
  const { preset } = entry;
  const forecast = knownForecast(state);
  const when = columns < ROOMY && forecast ? [presetWindow(preset, forecast, state.nowMs)] : [];
  // The chart is worth more than the end of the story, which is told in full by a key.
  const story = fitLines([preset.story], body.columns, Math.max(2, rows - when.length - CHART_ROWS - 1));
  const left = rows - when.length - story.length;
  const proved = left > CHART_ROWS ? provedRows(preset, body.columns, left >= 9 ? 3 : 1) : [];
  const room = left - proved.length;
  const problem = planProblem(state);
  // Presets that cannot all be planned together have no gallery; those that are chosen can.
  const drawn = state.gallery.state === 'ready' ? state.gallery.forecast : forecast;
  return (
    <>
      <Lines rows={when} tone="strong" />
      <Lines rows={story} />
      <Lines rows={proved} tone="quiet" />
      {problem === '' ? (
        <Latency entry={entry} gallery={drawn} width={body.columns} rows={Math.min(room, 14)} />
      ) : (
        <Lines rows={['', ...fitLines([problem], body.columns, Math.max(1, room - 1))]} tone="failed" />
      )}
    </>
  );
}

/** The line for the path of a preset file, and why the last one could not be used. */
function FileField({ shown, error }: { readonly shown: Shown; readonly error: AppError | undefined }) {
  const { view, body } = shown;
  const problem = error ? fitLines(presetProblem(error), body.columns - 2, body.rows - 8) : [];
  return (
    <>
      <Line tone="strong">{PRESET_HEAD}</Line>
      <Lines rows={fitLines([PRESET_HELP], body.columns, 3)} tone="quiet" />
      <Line />
      <FocusLine focused typing>
        <TextField text={view.path.text} caret={view.path.caret} focused width={body.columns - 4} />
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

/** The presets with their windows, and the story of the one in focus. */
export function ScenarioScreen({ shown }: { readonly shown: Shown }) {
  const { state, view, body } = shown;
  if (state.catalog.state !== 'ready') {
    const { catalog } = state;
    if (catalog.state === 'loading') return <Line tone="quiet">Reading the presets …</Line>;
    const { sentence, actions } = catalog.error.explain();
    return (
      <>
        <Line>
          <Mark mark="failed" /> <Say tone="strong">The presets cannot be read</Say>
        </Line>
        <Line />
        <Lines rows={fitLines([sentence, '', ...actions].map(plainText), body.columns, body.rows - 4)} />
        <Line tone="quiet">Leave with Ctrl+C, mend it, and start again.</Line>
      </>
    );
  }
  if (state.step.name === 'scenario' && state.step.view === 'file') {
    return <FileField shown={shown} error={state.step.error} />;
  }
  const { entries } = state.catalog;
  const focus = Math.min(view.scenario, entries.length);
  const width = Math.max(8, ...entries.map(({ preset }) => preset.title.length)) + 1;
  const story = entries[Math.min(focus, entries.length - 1)];
  const roomy = body.rows > 16;
  const rows = Math.min(entries.length, Math.max(3, body.rows - STORY_ROWS));
  const { from, to } = listWindow(entries.length, Math.min(focus, entries.length - 1), rows);
  return (
    <>
      <Line>
        <Say tone="strong">Which incidents shall the data tell?</Say>
        <Say tone="quiet">
          {shown.columns >= ROOMY ? '   (a adds your own, d tells all of it)' : '   (d tells all)'}
        </Say>
      </Line>
      {roomy ? <Line /> : null}
      {entries.slice(from, to).map((entry, place) => (
        <Entry
          key={entry.flag}
          shown={shown}
          entry={entry}
          focused={from + place === focus}
          width={width}
          more={moreWords(from + place, { from, to }, entries.length)}
        />
      ))}
      <DemoDay shown={shown} focused={focus === entries.length} width={width} />
      {roomy ? <Line /> : null}
      {story ? <Story shown={shown} entry={story} rows={body.rows - rows - (roomy ? 5 : 3)} /> : null}
    </>
  );
}
