// The investigation guide: from the first symptom to the root cause of each scripted incident, with the numbers of this run.
import type { CheckResult } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { type Guide, guideOf } from '../ground-truth/evidence.ts';
import type { Incident, Plan } from '../plan/index.ts';
import { curlLine, devToolsLines } from './query-text.ts';
import { expectedText, foundInWords, foundText } from './result-text.ts';

export interface GuideRequest {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly url: string;
  readonly index: string;
  /** The results of the checks, which include the query of every step. */
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

interface Step {
  readonly question: string;
  /** What the step shows; `{found}` stands for what was found. */
  readonly shows: string;
  readonly result: CheckResult;
}

function stepText(number: number, { question, shows, result }: Step, url: string): string {
  const { ok, query } = result;
  const mismatch = ` **Not in this index:** expected ${expectedText(result)}, found ${foundText(result)}.`;
  return [
    `### ${number}. ${question}`,
    code('text', devToolsLines(query).join('\n')),
    code('sh', curlLine(url, query)),
    `${shows.replaceAll('{found}', foundInWords(result))}${ok ? '' : mismatch}`,
  ].join('\n\n');
}

/** One row of the proof; the chapter says which incident it is. */
function proofCells(result: CheckResult, { title }: Incident): string[] {
  const claim = result.title.startsWith(`${title}: `) ? result.title.slice(title.length + 2) : result.title;
  return [claim, expectedText(result), foundText(result), result.ok ? 'yes' : '**no**'];
}

function chapter(incident: Incident, guide: Guide, { plan, url, results }: GuideRequest): string {
  const byId = new Map(results.map((result) => [result.id, result]));
  const steps = guide.steps.flatMap(({ id, claim, question = claim, shows = '' }): Step[] => {
    const result = byId.get(id);
    return result ? [{ question, shows, result }] : [];
  });
  const isStep = new Set(guide.steps.map(({ id }) => id));
  const proof = results
    .filter(({ id }) => id.startsWith(`${incident.id}/`) && !isStep.has(id))
    .map((result) => `| ${proofCells(result, incident).join(' | ')} |`);
  return [
    `## ${guide.title}`,
    windowText(incident, plan.parameters.timeZone),
    guide.story,
    `**First symptom.** ${guide.firstSymptom}`,
    ...steps.map((step, index) => stepText(index + 1, step, url)),
    `**Root cause.** ${guide.rootCause}.`,
    `**Red herrings**\n\n${guide.redHerrings.map((herring) => `- ${herring}`).join('\n')}`,
    `**Proof**\n\n| claim | expected | found | holds |\n|---|---|---|---|\n${proof.join('\n')}`,
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
    `Index \`${index}\` at ${url}; seed ${seed}, one session in ${sample}. Every query below was run against it, and every number is from this run.`,
  ];
  if (chapters.length === 0)
    head.push('This run has no scripted incident; `incidents.json` lists the random ones.');
  return `${[...head, ...chapters].join('\n\n')}\n`;
}
