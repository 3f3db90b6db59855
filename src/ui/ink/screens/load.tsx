// Load: what the cluster has acknowledged, how fast, and what is left.

import { plainText } from '../../../text/plain-text.ts';
import type { Work } from '../../../wizard/state.ts';
import { markRow } from '../../text/chart.ts';
import { count, roughly } from '../../text/format.ts';
import {
  batchWords,
  loadSentence,
  loadShare,
  SAFE_TO_STOP,
  senderWords,
  silentWords,
  speedSentence,
  speedWords,
} from '../../text/load-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { fitLines } from '../../text/wrap.ts';
import { Bar } from '../components/bar.tsx';
import { Chart } from '../components/chart.tsx';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Say } from '../components/line.tsx';
import { LEAVE_CHOICES } from '../keys/load-keys.ts';
import type { Shown } from '../screen-props.ts';

const BAR_AROUND = 8;
const CHART_ROWS = 10;
/** With its title. */
const SMALLEST_CHART = 4;
/** Room for a title and some lines, before the log is worth showing. */
const LOG_ROWS = 5;

function Share({ work, width }: { readonly work: Work; readonly width: number }) {
  const { acknowledged, planned, percent } = loadShare(work);
  const whole = work.loaded ? count(planned) : roughly(planned);
  return (
    <>
      <Line>
        <Bar
          fraction={planned === 0 ? 0 : work.loaded ? 1 : acknowledged / planned}
          width={width - BAR_AROUND}
        />{' '}
        <Say tone="strong">{String(percent).padStart(3)} %</Say>
      </Line>
      <Line>
        {count(acknowledged)} of {whole} documents are in the index
      </Line>
    </>
  );
}

function SpeedChart({ work, width, rows }: { work: Work; width: number; rows: number }) {
  if (rows < SMALLEST_CHART) return null;
  const slow = work.rates.flatMap(({ throttled }, place) =>
    throttled ? [{ startMs: place, endMs: place + 1 }] : [],
  );
  const marked = slow.length > 0;
  return (
    <>
      <Chart
        title={`Documents a second${marked ? `; ${SYMBOLS.mark} the cluster asked us to slow down` : ''}`}
        values={work.rates.map(({ documentsPerSecond }) => documentsPerSecond)}
        top={1000}
        width={width}
        rows={marked ? rows - 1 : rows}
        tone="traffic"
        label={speedSentence(work)}
      />
      {marked ? (
        <Line tone="care" silent>
          {markRow(slow, { fromMs: 0, toMs: work.rates.length }, width, SYMBOLS.mark)}
        </Line>
      ) : null}
    </>
  );
}

function LogTail({ work, rows }: { readonly work: Work; readonly rows: number }) {
  if (rows < LOG_ROWS || work.log.length === 0) return null;
  return (
    <>
      <Line />
      <Line tone="strong">Log</Line>
      <Lines rows={work.log.slice(2 - rows).map(plainText)} tone="quiet" />
    </>
  );
}

function Leave({ focus }: { readonly focus: number }) {
  return (
    <>
      <Line tone="strong">Stop loading?</Line>
      <Line tone="quiet">{SAFE_TO_STOP}.</Line>
      <Line />
      {LEAVE_CHOICES.map((choice, place) => (
        <FocusLine key={choice} focused={place === focus}>
          {place + 1} {choice}
        </FocusLine>
      ))}
      <Line />
    </>
  );
}

/** The bar counts what is acknowledged, not what is sent. */
export function LoadScreen({ shown }: { readonly shown: Shown }) {
  const { state, view, body } = shown;
  const { work, step } = state;
  if (!work || step.name !== 'load') return null;
  const asking = step.view === 'leave';
  const quiet = plainText(silentWords(work));
  const speed = fitLines([speedWords(work)], body.columns, 1);
  const requests = [batchWords(work), senderWords(work)].flatMap((line) => fitLines([line], body.columns, 1));
  const used = 5 + speed.length + requests.length + (asking ? 6 : 2);
  const chartRows = Math.min(CHART_ROWS, body.rows - used);
  return (
    <>
      {asking ? <Leave focus={view.leave} /> : null}
      <Line tone="strong">{plainText(loadSentence(work))}</Line>
      <Line />
      <Share work={work} width={body.columns} />
      <Lines rows={speed} />
      <Lines rows={requests} tone="quiet" />
      <Line tone="care">{quiet === '' ? ' ' : `${SYMBOLS.care} ${quiet}`}</Line>
      <SpeedChart work={work} width={body.columns} rows={chartRows} />
      <LogTail work={work} rows={body.rows - used - chartRows - 1} />
      {asking || work.status !== 'running' ? null : (
        <>
          <Line />
          <Line tone="quiet">{`${SAFE_TO_STOP}.`}</Line>
        </>
      )}
    </>
  );
}
