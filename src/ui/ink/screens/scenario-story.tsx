// A preset in full: its window, its story, what is proved, and its latency as a chart.
import { Box } from 'ink';
import type { Preset } from '../../../core/plan/preset.ts';
import type { CatalogEntry, Forecast } from '../../../wizard/services.ts';
import { chart, chartPoints, logSeconds, markRow, tickRow } from '../../text/chart.ts';
import { incidentMarks } from '../../text/incident-marks.ts';
import { knownForecast, presetWindow, provenClaims } from '../../text/scenario-text.ts';
import { timeTicks } from '../../text/time-axis.ts';
import { latencySentence, planProblem } from '../../text/tune-text.ts';
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
  const marks = markRow(incidentMarks([incident]), window, width);
  const axis = tickRow(timeTicks(window, gallery.timeZone, width), window, width);
  const titled = rows > CHART_ROWS;
  const title = 'p95, s';
  const values = chart({ values: p95Ms, scale: logSeconds, width, height: rows - (titled ? 3 : 2) });
  return (
    <Box flexDirection="column" flexShrink={0} aria-label={latencySentence(gallery, p95Ms, window)}>
      {titled ? <Line tone="strong">{title}</Line> : null}
      <Lines rows={values} tone="latency" />
      <Line tone="care">{marks}</Line>
      <Line tone="quiet">{titled ? axis : `${title}${axis.slice(title.length)}`}</Line>
    </Box>
  );
}

/** What is proved, in whole claims as far as they fit. */
function provedRows(preset: Preset, columns: number, rows: number): readonly string[] {
  const claims = provenClaims(preset);
  for (let shown = claims.length; shown > 0; shown--) {
    const more = shown < claims.length ? `; and ${claims.length - shown} more` : '';
    const all = fitLines([`Verified: ${claims.slice(0, shown).join('; ')}${more}`], columns, rows + 1);
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
  // The chart is worth more than the end of the story, which a key shows in full.
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
