// A score in words: the figures beside those of two baselines, then by severity and by type.
import type { Score } from '../../core/score/baselines.ts';
import type { Figures, GroupFigures } from '../../core/score/score.ts';
import { percent } from '../../text/numbers.ts';
import { incidents } from './format.ts';

const NONE = '–';

const shareText = (share: number | null) => (share === null ? NONE : percent(share, 1));
const minutesText = (minutes: number | null) =>
  minutes === null ? NONE : `${Math.round(minutes * 10) / 10} min`;

const ROWS: readonly (readonly [label: string, text: (figures: Figures) => string])[] = [
  ['Alarms', ({ alarms }) => String(alarms)],
  ['Precision', ({ precision }) => shareText(precision)],
  ['Recall', ({ recall }) => shareText(recall)],
  ['Median delay', ({ delay_minutes }) => minutesText(delay_minutes)],
  ['False alarms a day', ({ false_alarms_per_day: a_day }) => (a_day === null ? NONE : String(a_day))],
  ['Root cause right', ({ root_cause }) => shareText(root_cause)],
  ['Red herrings flagged', (figures) => `${figures.red_herrings_flagged} of ${figures.red_herrings}`],
];

/** Columns side by side: the first to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function groupRows(title: string, groups: Readonly<Record<string, GroupFigures>>): string[][] {
  return [
    [title, 'incidents', 'recall', 'delay', 'root cause'],
    ...Object.entries(groups).map(([name, figures]) => [
      name,
      String(figures.incidents),
      shareText(figures.recall),
      minutesText(figures.delay_minutes),
      shareText(figures.root_cause),
    ]),
  ];
}

/** The lines of a score. @param name of what was scored, such as its file. */
export function scoreLines(score: Score, name: string): string[] {
  const { constant, p95_rule: rule } = score;
  const head = ['', 'yours', 'constant answer', ...(rule ? ['p95 > 2,000 ms'] : [])];
  const rows = ROWS.map(([label, text]) => [
    label,
    text(score),
    text(constant),
    ...(rule ? [text(rule)] : []),
  ]);
  return [
    `${name}, scored against ${incidents(score.incidents)}`,
    '',
    ...table([head, ...rows]),
    '',
    ...table(groupRows('By severity', score.by_severity)),
    '',
    ...table(groupRows('By type', score.by_type)),
  ];
}
