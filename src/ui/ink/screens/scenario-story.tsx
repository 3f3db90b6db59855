// What a preset tells: its window, its story, what is proved, and its latency as a chart.
import { Box } from 'ink';
import type { Preset } from '../../../core/plan/preset.ts';
import type { CatalogEntry, Forecast } from '../../../wizard/services.ts';
import { axisRow, chart, chartPoints, markedAxis, markRow } from '../../text/chart.ts';
import { knownForecast, presetWindow, provenClaims } from '../../text/scenario-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { latencySentence, planProblem } from '../../text/tune-text.ts';
import { wallClock } from '../../text/when.ts';
import { fitLines } from '../../text/wrap.ts';
import { Line, Lines } from '../components/line.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { ROOMY } from './scenario-rows.tsx';

const MARGIN_MS = 20 * 60_000;

/** Rows of the smallest chart, with its axis. */
const CHART_ROWS = 5;

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
  const from = `${time(window.fromMs)}${titled ? '' : '  p95 (ms)'}`;
  const axis = axisRow({ from, middle: '', to: time(window.toMs) }, width);
  const height = rows - (titled ? 2 : 1);
  return (
    <Box flexDirection="column" flexShrink={0} aria-label={latencySentence(gallery, p95Ms, window)}>
      {titled ? <Line tone="strong">p95 response time (ms)</Line> : null}
      <Lines rows={chart({ values: p95Ms, top: 1000, width, height })} tone="latency" />
      <Line tone="quiet">{markedAxis(marks, axis)}</Line>
    </Box>
  );
}

/** What is proved, in whole claims as far as they fit. */
function provedRows(preset: Preset, columns: number, rows: number): readonly string[] {
  const claims = provenClaims(preset);
  for (let told = claims.length; told > 0; told--) {
    const more = told < claims.length ? `; and ${claims.length - told} more` : '';
    const all = fitLines([`Verified: ${claims.slice(0, told).join('; ')}${more}`], columns, rows + 1);
    if (all.length <= rows) return all;
  }
  return fitLines(claims.length === 0 ? [] : [`Verified by ${claims.length} queries`], columns, rows);
}

/** The preset in focus, in so many rows. */
export function PresetStory({
  screen,
  entry,
  rows,
}: {
  screen: ScreenProps;
  entry: CatalogEntry;
  rows: number;
}) {
  const { body, state, columns } = screen;
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
