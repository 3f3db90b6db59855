// Load: what the cluster has acknowledged, how fast, and what is left.

import { Box } from 'ink';
import { grouped } from '../../../text/numbers.ts';
import { plainText } from '../../../text/plain-text.ts';
import type { RunView } from '../../../wizard/run-view.ts';
import { chartPoints, linear, markRow, tickRow } from '../../text/chart.ts';
import { roughly } from '../../text/format.ts';
import {
  batchWords,
  loadSentence,
  loadShare,
  SAFE_TO_STOP,
  senderWords,
  silentWords,
  speedSentence,
  speedSeries,
  speedWords,
} from '../../text/load-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { elapsedTicks } from '../../text/time-axis.ts';
import { columnsOf, fitLines } from '../../text/wrap.ts';
import { Bar } from '../components/bar.tsx';
import { Chart } from '../components/chart.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { Answers } from '../components/question.tsx';
import { LEAVE_CHOICES } from '../keys/load-keys.ts';
import type { ScreenProps } from '../screen-props.ts';

const BAR_AROUND = 8;
const CHART_ROWS = 10;

/** With its time axis, in whose row its title stands then. */
const SMALLEST_CHART = 4;

const SHORT_TITLE = 'docs/s';

/** Room for a title and some lines, before the log is worth showing. */
const LOG_ROWS = 5;

function Share({ run, width }: { readonly run: RunView; readonly width: number }) {
  const { acknowledged, planned, percent } = loadShare(run);
  const whole = run.loaded ? grouped(planned) : roughly(planned);
  return (
    <>
      <Line>
        <Bar
          fraction={planned === 0 ? 0 : run.loaded ? 1 : acknowledged / planned}
          width={width - BAR_AROUND}
        />{' '}
        <Toned tone="strong">{String(percent).padStart(3)} %</Toned>
      </Line>
      <Line>
        {grouped(acknowledged)} of {whole} documents indexed
      </Line>
    </>
  );
}

function SpeedChart({ run, width, rows }: { run: RunView; width: number; rows: number }) {
  if (rows < SMALLEST_CHART) return null;
  const points = chartPoints(width);
  const { values, window, filled, slowed } = speedSeries(run, points);
  if (values.length === 0) return <Box height={rows} flexShrink={0} />;
  const titled = rows > SMALLEST_CHART;
  const marked = titled && slowed.length > 0;
  // The first column is beside the short title.
  const free = window.fromMs + (titled ? 0 : (window.toMs - window.fromMs) / points);
  const ticks = elapsedTicks(window, width).filter(({ atMs }) => atMs >= free);
  const axis = tickRow(ticks, window, width);
  const title = `Documents per second${marked ? `; ${SYMBOLS.mark} the cluster asked to slow down` : ''}`;
  return (
    <>
      <Chart
        title={titled ? title : ''}
        values={values}
        scale={linear(1000)}
        filled={filled}
        width={width}
        rows={rows - (marked ? 2 : 1)}
        tone="traffic"
        label={speedSentence(run)}
      />
      {marked ? (
        <Line tone="care" decorative>
          {markRow(slowed, window, width)}
        </Line>
      ) : null}
      <Line tone="quiet" decorative>
        {titled ? axis : `${SHORT_TITLE}${axis.slice(SHORT_TITLE.length)}`}
      </Line>
    </>
  );
}

function LogTail({ run, rows }: { readonly run: RunView; readonly rows: number }) {
  if (rows < LOG_ROWS || run.log.length === 0) return null;
  return (
    <>
      <Line />
      <Line tone="strong">Log</Line>
      <Lines rows={run.log.slice(2 - rows).map(plainText)} tone="quiet" />
    </>
  );
}

function Leave({ focus, columns }: { readonly focus: number; readonly columns: number }) {
  return (
    <>
      <Line tone="strong">Stop loading?</Line>
      <Line tone="quiet">{SAFE_TO_STOP}.</Line>
      <Line />
      <Answers choices={LEAVE_CHOICES} focus={focus} columns={columns} />
      <Line />
    </>
  );
}

/** The bar counts what is acknowledged, not what is sent. */
export function LoadScreen({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  const { run, step } = state;
  if (!run || step.name !== 'load') return null;
  const asking = step.view === 'leave';
  const quiet = plainText(silentWords(run));
  const speed = fitLines([speedWords(run)], body.columns, 1);
  const requests = [batchWords(run), senderWords(run)].flatMap((line) => fitLines([line], body.columns, 1));
  const used = 5 + speed.length + requests.length + (asking ? 6 : 2);
  const chartRows = Math.min(CHART_ROWS, body.rows - used);
  return (
    <>
      {asking ? <Leave focus={uiState.leave} columns={body.columns} /> : null}
      <Line tone="strong">{plainText(loadSentence(run))}</Line>
      <Line />
      <Share run={run} width={body.columns} />
      <Lines rows={speed} />
      <Lines rows={requests} tone="quiet" />
      <Line tone="care">{quiet === '' ? ' ' : `${SYMBOLS.care} ${quiet}`}</Line>
      <SpeedChart run={run} width={body.columns} rows={chartRows} />
      <LogTail run={run} rows={body.rows - used - chartRows - 1} />
      {asking || run.status !== 'running' ? null : (
        <>
          <Line />
          <Line tone="quiet">
            {columnsOf(SAFE_TO_STOP) < body.columns ? `${SAFE_TO_STOP}.` : SAFE_TO_STOP}
          </Line>
        </>
      )}
    </>
  );
}
