// Reading a guide as someone who mistrusts it: the numbers of its sentences, and the names in its queries.
import type { Query } from '../../src/core/events.ts';
import type { Guide, Scenario } from '../../src/core/validate/guide/guide.ts';
import type { WrittenSearch } from '../../src/core/validate/guide/search.ts';

export type Ask = (query: Query) => Promise<unknown>;

/** Names with digits that are no numbers: servers, load balancers, percentiles. */
const NAMES = /\b[a-z][a-z-]*-\d\d\b|\bp\d\d\b/g;
const NUMBER = /\d+:\d\d(?::\d\d)?|\d+(?:,\d{3})*(?:\.\d+)?/g;

/** The numbers and times of a sentence, as they stand there. */
export const numbersIn = (text: string): readonly string[] => text.replace(NAMES, ' ').match(NUMBER) ?? [];

/** Every number and every text of a value, however deep. */
function leavesOf(value: unknown): readonly (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

function spellings(value: number, timeZone: string): readonly string[] {
  const whole = (number: number) => Math.round(number).toLocaleString('en-US');
  if (value > 1e12) {
    const seconds = new Date(value).toLocaleTimeString('en-GB', { timeZone });
    return [seconds, seconds.slice(0, 5)];
  }
  return [whole(value), whole(value / 1000), (value / 1000).toFixed(1)];
}

/** Every way to write a number of an answer: as it is, in seconds, or as a local time. */
export function writtenNumbers(values: unknown, timeZone: string): ReadonlySet<string> {
  return new Set(
    leavesOf(values).flatMap((leaf) => {
      if (typeof leaf === 'number') return spellings(leaf, timeZone);
      const time = /^\d{4}-\d\d-\d\dT/.test(leaf) ? Date.parse(leaf) : Number.NaN;
      return Number.isNaN(time) ? numbersIn(leaf) : spellings(time, timeZone);
    }),
  );
}

/** What a search says in the guide. */
interface Said extends WrittenSearch {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Every search of a scenario with the sentences that come from its answer. */
function saidIn({ title, steps, impact, brief }: Scenario): readonly Said[] {
  const ofSteps = steps.map(({ told, question, ...search }, number) => ({
    ...search,
    name: `${title}, step ${number}`,
    texts: [
      told.shows,
      ...[told.rulesOut, told.say, told.ended].filter((text) => text !== undefined),
      ...(told.events ?? []).map(({ text }) => text),
    ],
  }));
  const glance = brief
    ? [{ ...brief, name: `${title}, brief`, texts: [brief.say, brief.which, brief.where] }]
    : [];
  if (!impact) return [...ofSteps, ...glance];
  const { impact: cost, affected, say, ...search } = impact;
  return [...ofSteps, ...glance, { ...search, name: `${title}, impact`, texts: [cost, affected, say] }];
}

/** Numbers that the answer to the query beside them does not hold, asked again: `step: sentence: number`. */
export async function wrongNumbers(guide: Guide, ask: Ask): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const scenario of guide.scenarios) {
    for (const { name, texts, query } of saidIn(scenario)) {
      // Bounds such as 80 % stand in the query itself.
      const written = writtenNumbers([await ask(query), query.body], guide.timeZone);
      for (const text of texts)
        for (const number of numbersIn(text))
          if (!written.has(number)) wrong.push(`${name}: ${number} in "${text}"`);
    }
  }
  return wrong;
}

/** Names from `vocabulary` in a query that no answer before it has shown: `step: name`. */
export async function unseenNames(
  scenario: Scenario,
  vocabulary: ReadonlySet<string>,
  ask: Ask,
): Promise<readonly string[]> {
  const seen = new Set<string>();
  const unseen: string[] = [];
  for (const [number, { query, dql, ppl }] of scenario.steps.entries()) {
    const words = [...leavesOf(query.body).map(String), ...`${dql} ${ppl}`.split(/[^\w-]+/)];
    for (const word of new Set(words))
      if (vocabulary.has(word) && !seen.has(word)) unseen.push(`step ${number}: ${word}`);
    for (const leaf of leavesOf(await ask(query))) seen.add(String(leaf));
  }
  return unseen;
}
