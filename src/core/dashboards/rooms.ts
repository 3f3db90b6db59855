// The two dashboards of a data set: one to investigate, one that tells the answers.
import { companionOf } from '../cluster/indexes/companion.ts';
import { textPanel } from './classic.ts';
import { dashboardOf, type Row } from './dashboard.ts';
import { indexPattern, type PatternField } from './index-pattern.ts';
import { investigation, responseTime } from './investigation.ts';
import type { Panel } from './panel.ts';
import { objectId, type SavedObject } from './saved-object.ts';
import { answersText, type ShownPlan, startText } from './texts.ts';
import { tiles } from './tiles.ts';
import { markedResponseTime } from './vega.ts';

const TITLES = { room: 'Checkout: incident room', answers: 'Checkout: answers' } as const;

export interface RoomRequest {
  readonly plan: ShownPlan;
  readonly index: string;
  /** Id of the index pattern that panels refer to: ours, or one of the same title that is there. */
  readonly pattern: string;
  /** True when the companion index exists: adds the dashboard that tells the answers. */
  readonly answers: boolean;
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
    { height: 8, panels: [{ panel: start, width: 20 }, ...numbers.map((panel) => ({ panel, width: 7 }))] },
    { height: 11, panels: [{ panel: responseTime(request), width: 48 }] },
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
    { height: 12, panels: [{ panel: marked, width: 48 }] },
    { height: 12, panels: [{ panel: text, width: 48 }] },
    ...shared,
  ];
}

/** What may be stored for an index, whatever its data is: by it the objects are found without knowing the plan. */
export function everyObjectOf(index: string): SavedObject[] {
  return importFile({ plan: { startMs: 0, endMs: 0, incidents: [] }, index, answers: true }, []);
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
