// The tasks of an answer key in the form of OpenRCA (microsoft/OpenRCA): record.csv and query.csv. Tasks and scoring
// sentences are those of main/task_specification.json there, which main/evaluate.py reads back by pattern.

import type { AnswerEntry } from '../ground-truth/answer-key.ts';
import { COMPONENT_MEANINGS, REASON_MEANINGS } from '../ground-truth/vocabulary.ts';
import { csvLine, type ExportedFile } from './exported-file.ts';
import { HALF_HOUR_MS, halfHourOf, localTime } from './local-time.ts';

/** What a task asks for, in the order of its sentences. */
type Asked = 'time' | 'component' | 'reason';

/** task_1 to task_7. */
const TASKS: readonly (readonly Asked[])[] = [
  ['time'],
  ['reason'],
  ['component'],
  ['time', 'reason'],
  ['time', 'component'],
  ['component', 'reason'],
  ['time', 'component', 'reason'],
];

interface Fault {
  readonly onsetMs: number;
  readonly component: string;
  readonly reason: string;
}

export interface OpenRcaRequest {
  readonly key: readonly AnswerEntry[];
  /** IANA name of the shop's zone, in which OpenRCA states its times. */
  readonly timeZone: string;
}

const SENTENCES: Readonly<Record<Asked, (which: string, fault: Fault, timeZone: string) => string>> = {
  time: (which, { onsetMs }, timeZone) =>
    `The ${which} root cause occurrence time is within 1 minutes (i.e., <=1min) of ${localTime(onsetMs, timeZone)}`,
  component: (which, { component }) => `The ${which} predicted root cause component is ${component}`,
  reason: (which, { reason }) => `The ${which} predicted root cause reason is ${reason}`,
};

const WANTED: Readonly<Record<Asked, string>> = {
  time: 'root cause occurrence datetime',
  component: 'root cause component',
  reason: 'root cause reason',
};

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and the ${words.at(-1)}`;

function instruction(asked: readonly Asked[], faults: readonly Fault[], timeZone: string): string {
  const fromMs = halfHourOf(faults[0]?.onsetMs ?? 0, timeZone);
  const [from, to] = [fromMs, fromMs + HALF_HOUR_MS].map((ms) => localTime(ms, timeZone));
  const many = faults.length === 1 ? 'one failure' : `${faults.length} failures`;
  const each = faults.length === 1 ? '' : ' of each';
  return `Within the time range from ${from} to ${to}, the checkout of the shop had ${many}. The cause is unknown. Identify the ${listed(asked.map((one) => WANTED[one]))}${each}.`;
}

const scoringPoints = (asked: readonly Asked[], faults: readonly Fault[], timeZone: string) =>
  faults
    .flatMap((fault, at) => {
      const which = faults.length === 1 ? 'only' : `${at + 1}-th`;
      return asked.map((one) => `${SENTENCES[one](which, fault, timeZone)}\n`);
    })
    .join('');

function candidates(): string {
  const list = (meanings: Readonly<Record<string, string>>) =>
    Object.entries(meanings).map(([value, meaning]) => `- ${value}: ${meaning}`);
  return [
    '## POSSIBLE ROOT CAUSE REASONS:',
    '',
    ...list(REASON_MEANINGS),
    '',
    '## POSSIBLE ROOT CAUSE COMPONENTS:',
    '',
    ...list(COMPONENT_MEANINGS),
    '',
  ].join('\n');
}

/**
 * record.csv and query.csv, a row of each for every incident in the order of time, and the candidates that a prompt
 * names. The seven tasks take turns. Red herrings are no failures, so they are left out.
 */
export function openRcaFiles({ key, timeZone }: OpenRcaRequest): ExportedFile[] {
  const faults = key
    .filter(({ kind }) => kind === 'incident')
    .map(({ onset, component, reason }): Fault => ({ onsetMs: Date.parse(onset), component, reason }));
  const record = faults.map(({ onsetMs, component, reason }) =>
    csvLine(['service', component, (onsetMs / 1000).toFixed(1), localTime(onsetMs, timeZone), reason]),
  );
  const query = faults.map(({ onsetMs }, at) => {
    const half = halfHourOf(onsetMs, timeZone);
    const together = faults.filter((other) => halfHourOf(other.onsetMs, timeZone) === half);
    const task = at % TASKS.length;
    const asked = TASKS[task] ?? [];
    return csvLine([
      `task_${task + 1}`,
      instruction(asked, together, timeZone),
      scoringPoints(asked, together, timeZone),
    ]);
  });
  const csv = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
  const [recordHeader, queryHeader] = [
    'level,component,timestamp,datetime,reason',
    'task_index,instruction,scoring_points',
  ];
  return [
    { path: 'openrca/record.csv', text: csv(recordHeader, record), ours: /^level,component,timestamp,/ },
    { path: 'openrca/query.csv', text: csv(queryHeader, query), ours: /^task_index,instruction,/ },
    { path: 'openrca/candidates.md', text: candidates(), ours: /^## POSSIBLE ROOT CAUSE REASONS:/ },
  ];
}
