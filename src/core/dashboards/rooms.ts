// The two dashboards of a data set: one to investigate, one that tells the answers.
import { companionOf } from '../cluster/indexes/companion.ts';
import { GATEWAYS, SERVERS } from '../plan/shop.ts';
import type { Incident, Plan } from '../plan/types.ts';
import { choiceLists, errorsByCode, slowErrors, textPanel } from './classic.ts';
import { dashboardOf, type Row } from './dashboard.ts';
import { indexPattern, type PatternField } from './index-pattern.ts';
import { dashboardPath, spanAround, type TimeSpan } from './links.ts';
import type { Panel } from './panel.ts';
import { objectId, type SavedObject } from './saved-object.ts';
import { type Series, tilePanel, timeSeriesPanel } from './time-series.ts';
import { breakerStrips, markedResponseTime } from './vega.ts';

const TITLES = { room: 'Checkout: incident room', answers: 'Checkout: answers' } as const;

const GATEWAY_COLORS = ['#9170B8', '#6092C0', '#54B399'] as const;
const SERVER_COLORS = ['#54B399', '#6092C0', '#9170B8'] as const;

const percentile = (label: string, percent: number, color: string, fill: number): Series => ({
  label,
  color,
  measure: { kind: 'percentile', field: 'response_time_ms', percent },
  format: 'ms,s,1',
  template: '{{value}} s',
  fill,
});

const byServer = (field: string, more: Partial<Series> = {}): Series[] =>
  SERVERS.map((server, place) => ({
    label: server,
    color: SERVER_COLORS[place] ?? '#6092C0',
    where: { server_instance: server },
    measure: { kind: 'max', field },
    ...more,
  }));

const byGateway = (): Series[] =>
  GATEWAYS.map((gateway, place) => ({
    label: gateway,
    color: GATEWAY_COLORS[place] ?? '#6092C0',
    measure: { kind: 'share', of: { status: 'error' }, among: { payment_gateway: gateway } },
    format: '0%',
    fill: place === 0 ? 0.1 : 0,
  }));

/** What the dashboards show of a plan. */
type ShownPlan = Pick<Plan, 'startMs' | 'endMs' | 'incidents'>;

export interface RoomRequest {
  readonly plan: ShownPlan;
  readonly index: string;
  /** Id of the index pattern that panels refer to: ours, or one of the same title that is there. */
  readonly pattern: string;
  /** True when the companion index exists: adds the dashboard that tells the answers. */
  readonly answers: boolean;
}

interface Names {
  readonly index: string;
  readonly pattern: string;
}

/** Number tiles that turn red: what it costs, at a glance. */
function tiles({ index }: Names): Panel[] {
  const blue = '#6092C0';
  return [
    tilePanel({
      index,
      piece: 'tile-error-rate',
      title: 'Error rate',
      about: 'The share of requests that failed; red from 5 %.',
      redFrom: 0.05,
      series: {
        label: 'of all requests',
        color: blue,
        measure: { kind: 'share', of: { status: 'error' }, among: {} },
        format: '0.0%',
      },
    }),
    tilePanel({
      index,
      piece: 'tile-p95',
      title: 'p95 response time',
      about: '95 % of requests were faster; red from 2 s.',
      redFrom: 2000,
      series: { ...percentile('p95', 95, blue, 0) },
    }),
    tilePanel({
      index,
      piece: 'tile-failed',
      title: 'Failed transactions',
      about: 'Requests that failed, before sampling.',
      series: {
        label: 'before sampling',
        color: blue,
        where: { status: 'error' },
        measure: { kind: 'transactions' },
        format: '0.[0]a',
      },
    }),
    tilePanel({
      index,
      piece: 'tile-revenue',
      title: 'Revenue at risk',
      about: 'The amounts of payments that failed, before sampling.',
      series: {
        label: 'in payments that failed',
        color: blue,
        where: { status: 'error', step: 'payment_processing' },
        measure: { kind: 'money' },
        format: '$0,0.[0]a',
      },
    }),
  ];
}

function responseTime({ index }: Names): Panel {
  return timeSeriesPanel({
    index,
    piece: 'response-time',
    title: '1. What do customers feel? Response time in seconds',
    about: 'p50, p95 and p99 of response_time_ms, in seconds.',
    series: [
      percentile('p99', 99, '#E7664C', 0),
      percentile('p95', 95, '#D6BF57', 0.1),
      percentile('p50', 50, '#54B399', 0.3),
    ],
  });
}

/** The panels that lead from the symptom to the cause; the same in both dashboards. */
function investigation(names: Names): Row[] {
  const { index, pattern } = names;
  const codes = errorsByCode({
    index,
    pattern,
    piece: 'errors-by-code',
    title: '2. What breaks? Errors by code',
  });
  const gateways = timeSeriesPanel({
    index,
    piece: 'error-rate-by-gateway',
    title: '3. Where? Error rate by gateway',
    about: 'The share of requests through each payment gateway that failed.',
    series: byGateway(),
    axisMax: 1,
  });
  const breakers = breakerStrips({
    index,
    piece: 'breakers',
    title: '4. How do the servers defend themselves? Circuit breakers',
  });
  const threads = timeSeriesPanel({
    index,
    piece: 'threads',
    title: '5. What runs out? Busy threads of 100, by server',
    about: 'Most request threads in use at a time; a server has 100.',
    series: byServer('thread_pool_active'),
  });
  const pool = timeSeriesPanel({
    index,
    piece: 'pool',
    title: '6. Or the database? Connections in use and requests waiting',
    about: 'Most database connections in use, and most requests waiting for one.',
    series: [
      { label: 'in use', color: '#6092C0', measure: { kind: 'max', field: 'db_pool_active' }, fill: 0.3 },
      { label: 'pool size', color: '#98A2B3', measure: { kind: 'max', field: 'db_pool_max' } },
      { label: 'waiting', color: '#E7664C', measure: { kind: 'max', field: 'db_pool_pending' } },
    ],
  });
  const memory = timeSeriesPanel({
    index,
    piece: 'memory',
    title: '7. Or memory? In use by server, in %',
    about: 'Most memory in use, by server.',
    series: byServer('memory_usage_percent', { template: '{{value}} %' }),
    axisMax: 100,
  });
  const collections = timeSeriesPanel({
    index,
    piece: 'gc-pauses',
    title: '8. Longest garbage collection, by server',
    about: 'The longest garbage-collection pause, by server.',
    series: byServer('gc_pause_ms', { format: 'ms,s,2', template: '{{value}} s' }),
  });
  const traffic = timeSeriesPanel({
    index,
    piece: 'traffic',
    title: '9. Or is it just busy? Transactions a second, before sampling',
    about: 'Transactions a second before sampling.',
    series: [
      { label: 'transactions/s', color: '#6092C0', measure: { kind: 'rate' }, format: '0', fill: 0.4 },
    ],
  });
  const lists = choiceLists({ index, pattern, piece: 'choices', title: 'Narrow it down' });
  const slow = slowErrors({ index, pattern, piece: 'slow-errors', title: 'Errors that took over 5 s' });
  const row = (height: number, ...panels: readonly Panel[]): Row => ({
    height,
    panels: panels.map((panel) => ({ panel, width: 48 / panels.length })),
  });
  return [
    row(13, codes, gateways),
    row(12, breakers, threads),
    row(12, pool, memory, collections),
    row(7, lists),
    row(10, traffic),
    row(14, slow),
  ];
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The whole data, and each of its days: nothing that gives an incident away. */
function startText({ plan, index }: RoomRequest): string {
  const id = objectId(index, 'incident-room');
  const dayMs = 86_400_000;
  const link = (text: string, span: TimeSpan) => `[${text}](${dashboardPath(id, span)})`;
  const days: string[] = [];
  for (let from = Math.floor(plan.startMs / dayMs) * dayMs; from < plan.endMs; from += dayMs)
    days.push(link(dayOf(from), { fromMs: from, toMs: from + dayMs }));
  return [
    '### Checkout is in trouble. When, where, why?',
    'Find the minute, then follow the questions.',
    '',
    `${link('All of the data', { fromMs: plan.startMs, toMs: plan.endMs })} · ${days.slice(-7).join(' · ')}`,
    '',
    '*Links are in UTC; charts show the time zone of your browser.*',
  ].join('\n');
}

/** Every incident by name, with its cause and a link to its time; those of presets first. */
function answersText({ plan, index }: RoomRequest): string {
  const id = objectId(index, 'answers');
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  const rowOf = (incident: Incident) => {
    const link = `[${dayOf(incident.startMs)} ${time(incident.startMs)}-${time(incident.endMs)}](${dashboardPath(id, spanAround(incident))})`;
    // A preset of one's own may have a bar in its words, which would begin a cell.
    const [title, cause] = [incident.title, incident.rootCause].map((words) => words.replaceAll('|', '\\|'));
    return `| ${link} | **${title}** | ${cause} |`;
  };
  const ordered = [...plan.incidents].sort(
    (a, b) => Number(a.preset === null) - Number(b.preset === null) || b.startMs - a.startMs,
  );
  return ['| When (UTC) | Incident | Cause |', '|---|---|---|', ...ordered.map(rowOf)].join('\n');
}

export interface Rooms {
  readonly objects: readonly SavedObject[];
  /** Each panel once, with its search. */
  readonly panels: readonly Panel[];
  /** Ids of the dashboards; `answers` where it was asked for. */
  readonly dashboards: { readonly room: string; readonly answers?: string };
  readonly savedSearch: string;
}

const panelsOf = (rows: readonly Row[]) => rows.flatMap(({ panels }) => panels.map(({ panel }) => panel));

/** Everything that is stored in Dashboards for a data set, except the index pattern. */
export function roomsOf(request: RoomRequest): Rooms {
  const { plan, index } = request;
  const shared = investigation(request);
  const numbers = tiles(request);
  const whole = { fromMs: plan.startMs, toMs: plan.endMs };
  const start = textPanel({ index, piece: 'start', title: 'Start here', markdown: startText(request) });
  const roomRows: Row[] = [
    { height: 10, panels: [{ panel: start, width: 20 }, ...numbers.map((panel) => ({ panel, width: 7 }))] },
    { height: 13, panels: [{ panel: responseTime(request), width: 48 }] },
    ...shared,
  ];
  const room = dashboardOf({
    index,
    piece: 'incident-room',
    title: TITLES.room,
    rows: roomRows,
    span: whole,
  });
  const answerRows = request.answers ? answersRows(request, numbers, shared) : [];
  const answers = request.answers
    ? [dashboardOf({ index, piece: 'answers', title: TITLES.answers, rows: answerRows, span: whole })]
    : [];
  const panels = [
    ...new Map(panelsOf([...roomRows, ...answerRows]).map((panel) => [panel.object.id, panel])).values(),
  ];
  return {
    objects: [...panels.map(({ object }) => object), room, ...answers],
    panels,
    dashboards: { room: room.id, ...(answers[0] ? { answers: answers[0].id } : {}) },
    savedSearch: objectId(index, 'slow-errors'),
  };
}

function answersRows(request: RoomRequest, numbers: readonly Panel[], shared: readonly Row[]): Row[] {
  const { index } = request;
  const incidents = companionOf(index);
  const text = textPanel({
    index,
    piece: 'answers-text',
    title: 'What happened',
    markdown: answersText(request),
  });
  const marked = markedResponseTime({
    index,
    incidents,
    piece: 'response-time-marked',
    title: '1. What do customers feel? Response time in seconds, incidents marked',
  });
  return [
    { height: 7, panels: numbers.map((panel) => ({ panel, width: 12 })) },
    { height: 13, panels: [{ panel: marked, width: 48 }] },
    { height: 12, panels: [{ panel: text, width: 48 }] },
    ...shared,
  ];
}

/** What may be stored for an index, whatever its data is: `remove` takes it away without knowing the plan. */
export function everyObjectOf(index: string): { readonly type: string; readonly id: string }[] {
  const pattern = objectId(index, 'pattern');
  const plan = { startMs: 0, endMs: 0, incidents: [] };
  const { objects } = roomsOf({ plan, index, pattern, answers: true });
  return [...objects.map(({ type, id }) => ({ type, id })), { type: 'index-pattern', id: pattern }];
}

/** The file to import by hand: the index pattern and everything that refers to it. */
export function importFile(
  request: Omit<RoomRequest, 'pattern'>,
  fields: readonly PatternField[],
): SavedObject[] {
  const pattern = objectId(request.index, 'pattern');
  return [
    indexPattern({ id: pattern, index: request.index, fields }),
    ...roomsOf({ ...request, pattern }).objects,
  ];
}
