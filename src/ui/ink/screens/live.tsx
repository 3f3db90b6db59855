// Live: what customers feel now, what runs and what can be started.
import { Box } from 'ink';
import { plainText } from '../../../text/plain-text.ts';
import { liveLink } from '../../../wizard/live.ts';
import { isHeld, isLate, type LiveView, runningHerring, runningIncident } from '../../../wizard/live-view.ts';
import { chartPoints, linear, logSeconds, type Scale } from '../../text/chart.ts';
import { linkText } from '../../text/hyperlink.ts';
import {
  choiceWords,
  liveHead,
  liveSentence,
  liveSeries,
  minuteAxis,
  nowWords,
  type Startable,
  shopTime,
  startables,
} from '../../text/live-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { inColumns } from '../../text/wrap.ts';
import { Chart } from '../components/chart.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import type { ScreenProps } from '../screen-props.ts';
import type { Tone } from '../theme.ts';
import { LiveGap } from './live-gap.tsx';

const CHARTS = 3;
const GAP = 1;
const LEAST_CHART = 5;
const MOST_CHART = 18;

/** Rows of the errors, with their title. */
const LEAST_ERRORS = 3;
const MOST_ERRORS = 8;
/** From so many rows on there is room for both. */
const ROOMY = 9;
/** Rows beside charts and keys: the head, what runs, and what the next incident is like. */
const FIXED_ROWS = 3;

/** Below this an error rate is that of every day, percent. */
const USUAL_PERCENT = 5;
/** Transactions a minute that a chart reaches at least. */
const USUAL_COUNT = 10;

interface Drawn {
  readonly title: string;
  readonly values: readonly number[];
  readonly scale: Scale;
  readonly tone: Tone;
}

function Charts({ view, width, rows }: { view: LiveView; width: number; rows: number }) {
  const each = Math.floor((width - GAP * (CHARTS - 1)) / CHARTS);
  const points = chartPoints(each);
  const { documents, p95Ms, errors } = liveSeries(view, points);
  const axis = rows > LEAST_CHART + 1 ? minuteAxis(view, points) : '';
  const drawn: readonly Drawn[] = [
    { title: 'Transactions/min', values: documents, scale: linear(USUAL_COUNT), tone: 'traffic' },
    { title: 'p95, s', values: p95Ms, scale: logSeconds, tone: 'latency' },
    { title: 'Errors, %', values: errors, scale: linear(USUAL_PERCENT), tone: 'failed' },
  ];
  return (
    <Box height={rows} flexShrink={0} columnGap={GAP} aria-label={liveSentence(view)}>
      {drawn.map(({ title, values, scale, tone }) => (
        <Box key={title} flexDirection="column" width={each} flexShrink={0}>
          <Chart
            title={title}
            values={values}
            scale={scale}
            filled={Math.min(1, values.length / points)}
            width={each}
            rows={axis === '' ? rows : rows - 1}
            tone={tone}
            label=""
          />
          {axis === '' ? null : <Line tone="quiet">{axis}</Line>}
        </Box>
      ))}
    </Box>
  );
}

/** Whether what a key starts is under way; an incident is marked before its name, since long names fill a column. */
function itemWords(live: LiveView, { what, title, fits, ...item }: Startable): string {
  const key = fits ? item.key : ' ';
  const incident = runningIncident(live);
  if (what === incident?.type || what === incident?.preset) return `${key} ${SYMBOLS.care} ${title}`;
  return `${key} ${title}${what === runningHerring(live)?.type ? ' (under way)' : ''}`;
}

/** What the keys start, in as many columns as fit. */
function startRows(live: LiveView, width: number): string[] {
  const columns = width >= 70 ? 2 : 1;
  const each = Math.floor(width / columns);
  const cells = startables(live).map((item) => inColumns(itemWords(live, item), each - 1));
  const rows = Math.ceil(cells.length / columns);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => cells[column * rows + row] ?? '').join(' '),
  );
}

function Errors({ view, rows }: { readonly view: LiveView; readonly rows: number }) {
  const { tick, begun } = view;
  if (rows < 2 || !tick || !begun) return null;
  const lines = tick.errors
    .slice(-(rows - 1))
    .map(({ ms, text }) => `${shopTime(ms, begun.timeZone)}  ${plainText(text)}`);
  return (
    <>
      <Line tone="strong">Last errors</Line>
      <Lines rows={lines.length > 0 ? lines : ['none']} tone="quiet" />
    </>
  );
}

/** In short sentences: charts are not read out, and a minute is enough. */
function ReadOut({ view }: { readonly view: LiveView }) {
  const items = startables(view).flatMap(({ key, title, fits }) => (fits ? [`${key} ${title}`] : []));
  return (
    <>
      <Line>{liveSentence(view)}</Line>
      <Line>{`Next incident: ${choiceWords(view)}. ${items.join(', ')}.`}</Line>
    </>
  );
}

/** Charts of the last minutes, the incident, the keys, and the last errors where there is room. */
export function LiveScreen({ screen }: { readonly screen: ScreenProps }) {
  const { state, body, reader, ui } = screen;
  const { live } = state;
  if (!live) return null;
  if (live.status === 'asking') return <LiveGap screen={screen} />;
  if (reader) return <ReadOut view={live} />;
  const incident = runningIncident(live) ?? live.tick?.planned;
  const items = startRows(live, body.columns);
  const now = nowWords(live, body.columns - 2);
  const link = liveLink(state);
  const room = body.rows - FIXED_ROWS - items.length;
  // Where rows are scarce the key o opens what the link leads to.
  const linked = link !== undefined && room > LEAST_CHART;
  const free = room - (linked ? 1 : 0);
  // Errors have room once the charts are high enough.
  const chartRows = Math.max(LEAST_CHART, Math.min(MOST_CHART, free - (free > ROOMY ? LEAST_ERRORS : 0)));
  return (
    <>
      <Line tone={isLate(live) ? 'care' : 'plain'}>{liveHead(live, body.columns)}</Line>
      <Charts view={live} width={body.columns} rows={chartRows} />
      <Line tone={incident ? 'care' : 'done'}>
        {incident ? `${SYMBOLS.care} ` : ''}
        {now === state.notice ? ' ' : now || ' '}
      </Line>
      <Lines rows={items} tone={live.status === 'running' && !isHeld(live) ? 'plain' : 'quiet'} />
      <Line tone="quiet">
        Next incident: <Toned tone="strong">{choiceWords(live)}</Toned>
        {live.choice.presets ? ', settings of the preset' : ''}
      </Line>
      {linked ? <Line tone="quiet">{`Dashboards: ${linkText(ui.terminal.links, link, link)}`}</Line> : null}
      <Errors view={live} rows={Math.min(MOST_ERRORS, free - chartRows)} />
    </>
  );
}
