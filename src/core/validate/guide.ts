// The investigation guide: how a person who knows nothing finds each scripted incident, with the numbers of this run.
import type { CheckResult } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { type Guide, guideOf } from '../ground-truth/evidence.ts';
import type { Incident, Plan } from '../plan/index.ts';
import { curlLine, devToolsLines } from './query-text.ts';

export interface GuideRequest {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly url: string;
  readonly index: string;
  /** The results of the checks; the query of every step is among them. */
  readonly results: readonly CheckResult[];
}

const code = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

function windowText({ startMs, endMs, recoveredMs }: Incident, timeZone: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  const day = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const time = format({ hour: '2-digit', minute: '2-digit' });
  const local = `${day.format(startMs)}, ${time.format(startMs)} to ${time.format(endMs)} (${timeZone})`;
  const utc = `${new Date(startMs).toISOString()} to ${new Date(endMs).toISOString()}`;
  return `${local}, recovered by ${time.format(recoveredMs)}. In UTC: ${utc}.`;
}

function stepText(number: number, shows: string, result: CheckResult, url: string): string {
  const { question, expected, found, ok, query } = {
    question: result.title.replace(/^.*?: /, ''),
    ...result,
  };
  const truth = ok ? '' : ` **Not so in this index:** expected ${expected}, found ${found}.`;
  return [
    `### ${number}. ${question}`,
    code('text', devToolsLines(query).join('\n')),
    code('sh', curlLine(url, query)),
    `${shows.replaceAll('{found}', found)}${truth}`,
  ].join('\n\n');
}

function chapter(incident: Incident, guide: Guide, { plan, url, results }: GuideRequest): string {
  const byId = new Map(results.map((result) => [result.id, result]));
  const steps = guide.steps.flatMap(({ id, shows = '' }) => {
    const result = byId.get(id);
    return result ? [{ shows, result }] : [];
  });
  const isStep = new Set(guide.steps.map(({ id }) => id));
  const proof = results
    .filter(({ id }) => id.startsWith(`${incident.id}/`) && !isStep.has(id))
    .map(
      ({ title, expected, found, ok }) => `| ${title} | ${expected} | ${found} | ${ok ? 'yes' : '**no**'} |`,
    );
  return [
    `## ${guide.title}`,
    windowText(incident, plan.parameters.timeZone),
    guide.story,
    `**First symptom.** ${guide.firstSymptom}`,
    ...steps.map(({ shows, result }, index) => stepText(index + 1, shows, result, url)),
    `**Root cause.** ${guide.rootCause}.`,
    `**Red herrings**\n\n${guide.redHerrings.map((herring) => `- ${herring}`).join('\n')}`,
    `**Proof**\n\n| question | expected | found | holds |\n|---|---|---|---|\n${proof.join('\n')}`,
  ].join('\n\n');
}

/** The guide in Markdown: a chapter for each preset incident of the plan, the latest first. */
export function guideText(request: GuideRequest): string {
  const { plan, tally, url, index } = request;
  const { seed, sample } = plan.parameters;
  const chapters = plan.incidents
    .flatMap((incident) => {
      const guide = guideOf(plan, incident, tally);
      return guide ? [chapter(incident, guide, request)] : [];
    })
    .reverse();
  const head = [
    '# Investigation guide',
    `Index \`${index}\` at ${url}; seed ${seed}, one session in ${sample}. Every query below was run against it; every number is of this run.`,
  ];
  if (chapters.length === 0)
    head.push('This run tells no scripted incident; `incidents.json` lists the random ones.');
  return `${[...head, ...chapters].join('\n\n')}\n`;
}
