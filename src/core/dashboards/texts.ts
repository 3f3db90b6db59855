// The texts of the dashboards, in Markdown: where to start, and what happened.
import type { Incident, Plan } from '../plan/types.ts';
import { dashboardPath, spanAround, type TimeSpan } from './links.ts';
import { objectId } from './saved-object.ts';

/** What the dashboards show of a plan. */
export type ShownPlan = Pick<Plan, 'startMs' | 'endMs' | 'incidents'>;

interface TextParts {
  readonly plan: ShownPlan;
  readonly index: string;
}

const DAY = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'short', day: 'numeric' });

/** `Nov 24`, which no line break parts. */
const dayText = (ms: number) => DAY.format(ms).replace(' ', '\u00A0');

/** The whole data, and each of its days: nothing that gives an incident away. */
export function startText({ plan, index }: TextParts): string {
  const id = objectId(index, 'incident-room');
  const dayMs = 86_400_000;
  const link = (text: string, span: TimeSpan) => `[${text}](${dashboardPath(id, span)})`;
  const starts: number[] = [];
  for (let from = Math.floor(plan.startMs / dayMs) * dayMs; from < plan.endMs; from += dayMs)
    starts.push(from);
  // The month stands once, so that the days fit into one line of the panel.
  const monthOf = (ms: number | undefined) => ms !== undefined && new Date(ms).getUTCMonth();
  const days = starts.slice(-7).map((from, place, shown) => {
    const sameMonth = monthOf(shown[place - 1]) === monthOf(from);
    const text = sameMonth ? String(new Date(from).getUTCDate()) : dayText(from);
    return link(text, { fromMs: from, toMs: from + dayMs });
  });
  return [
    '### Checkout is in trouble. When, where, why?',
    'Find the minute, then follow the questions.',
    '',
    `${link('All of the data', { fromMs: plan.startMs, toMs: plan.endMs })} · ${days.join(' · ')}`,
    '',
    '*Links are in UTC; charts show the time zone of your browser.*',
  ].join('\n');
}

/** Every incident by name, with its cause and a link to its time; those of presets first. */
export function answersText({ plan, index }: TextParts): string {
  const id = objectId(index, 'answers');
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  const rowOf = (incident: Incident) => {
    const link = `[${dayText(incident.startMs)}, ${time(incident.startMs)}\u2013${time(incident.endMs)}](${dashboardPath(id, spanAround(incident))})`;
    // A preset of one's own may have a bar in its words, which would begin a cell.
    const [title, cause] = [incident.title, incident.rootCause].map((words) => words.replaceAll('|', '\\|'));
    return `| ${link} | **${title}** | ${cause} |`;
  };
  const ordered = [...plan.incidents].sort(
    (a, b) => Number(a.preset === null) - Number(b.preset === null) || b.startMs - a.startMs,
  );
  return ['| When (UTC) | Incident | Cause |', '|---|---|---|', ...ordered.map(rowOf)].join('\n');
}
