// The scenarios of the data as a table, for the last screen, its prompts and the summary on exit.
import type { DashboardLink } from '../../core/events.ts';
import { percent, secondsText } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { BARE, type LinkText, linkText } from './hyperlink.ts';
import type { Scene } from './scenes.ts';
import { momentWords, wallClock } from './when.ts';
import { columnsOf, inColumns, padded, widest } from './wrap.ts';

/** When it is, from the longest form to the shortest: `Tue 24 Nov 14:25-14:35`, `Tue 24 Nov 14:25`, `Tue 14:25`. */
function whenForms({ startMs, endMs, timeZone }: Scene): readonly [string, string, string] {
  const start = momentWords(startMs, timeZone);
  const [day, end] = [wallClock(startMs, timeZone).day, wallClock(endMs, timeZone)];
  const until = end.day === day ? end.time.slice(0, 5) : momentWords(endMs, timeZone);
  const [weekday = '', , , time = ''] = start.split(' ');
  return [`${start}-${until}`, start, `${weekday} ${time}`];
}

const UNKNOWN = '-';
const seconds = (ms: number) => `${secondsText(ms)} s`;

/** Errors, p95 and p95 before. */
function numbersOf({ brief }: Scene): readonly [string, string, string] {
  if (!brief) return [UNKNOWN, UNKNOWN, UNKNOWN];
  return [percent(brief.errorRate, 1), seconds(brief.p95Ms), seconds(brief.p95BeforeMs)];
}

/** A title in exactly so many columns: without its last words where it is too long. */
function titleIn(title: string, columns: number): string {
  if (columnsOf(title) <= columns) return padded(title, columns);
  const fitting = title
    .split(' ')
    .map((_, place, words) => words.slice(0, place + 1).join(' '))
    .findLast((text) => columnsOf(text) <= columns);
  return fitting === undefined ? inColumns(title, columns) : padded(fitting, columns);
}

const GAP = '  ';
/** A title that keeps so many columns cannot be mistaken for another. */
const LEAST_TITLE = 19;
const HEADS = ['errors', 'p95', 'before'] as const;

export interface SceneTable {
  readonly head: string;
  /** One row for each scene. */
  readonly rows: readonly string[];
}

/**
 * The table in at most so many columns: the times are shortened first, then the titles.
 * @param link how the title of a scene with a dashboard is written.
 */
export function sceneTable(scenes: readonly Scene[], columns: number, link: LinkText = BARE): SceneTable {
  const numbers = scenes.map(numbersOf);
  const widths = HEADS.map((head, place) => widest([head, ...numbers.map((row) => row[place] ?? '')]));
  const cells = (row: readonly string[]) =>
    row.map((cell, place) => padded(cell, widths[place] ?? 0)).join(GAP);
  const taken = widths.reduce((sum, width) => sum + width + GAP.length, GAP.length);
  const zone = scenes[0]?.timeZone ?? '';
  const forms = scenes.map(whenForms);
  const titles = widest(['Scenario', ...scenes.map(({ title }) => title)]);
  const room = (form: number) =>
    columns - taken - widest([`when, ${zone}`, ...forms.map((each) => each[form] ?? '')]);
  const form = [0, 1].find((each) => room(each) >= Math.min(titles, LEAST_TITLE)) ?? 2;
  const when = widest([...forms.map((each) => each[form] ?? ''), 'when']);
  const zoned = columnsOf(`when, ${zone}`) <= when ? `when, ${zone}` : 'when';
  const title = Math.max(1, Math.min(titles, columns - taken - when));
  const row = (name: string, time: string, rest: readonly string[]) =>
    `${name}${GAP}${padded(time, when)}${GAP}${cells(rest)}`.trimEnd();
  return {
    head: row(titleIn('Scenario', title), zoned, HEADS),
    rows: scenes.map((scene, place) => {
      const name = titleIn(scene.title, title);
      const linked = scene.url ? linkText(link, name.trimEnd(), scene.url) : name.trimEnd();
      return row(
        linked + ' '.repeat(title - columnsOf(name.trimEnd())),
        forms[place]?.[form] ?? '',
        numbers[place] ?? [],
      );
    }),
  };
}

/** Columns of the summary on exit: it goes to a screen of any width, and into files. */
const SUMMARY_COLUMNS = 76;

/**
 * The table for the summary on exit, with the links of what was installed: where titles are no links, the address of
 * each dashboard stands below it.
 */
export function sceneSummary(
  scenes: readonly Scene[],
  links: readonly DashboardLink[],
  link: LinkText,
): readonly string[] {
  const { head, rows } = sceneTable(scenes, SUMMARY_COLUMNS, link);
  const [whole] = links.filter(({ incident }) => incident === null);
  const all =
    whole && (link.clickable ? linkText(link, whole.title, whole.url) : `${whole.title}: ${whole.url}`);
  return [
    ...(scenes.length > 0 ? [head] : []),
    ...scenes.flatMap(({ url }, place) => [
      rows[place] ?? '',
      ...(url && !link.clickable ? [`  ${plainText(url)}`] : []),
    ]),
    ...(all ? [all] : []),
  ];
}
