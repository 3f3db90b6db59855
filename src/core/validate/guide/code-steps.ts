// Which error codes are new: the first of them leads to the cause.
import { grouped } from '../../../text/numbers.ts';
import { type Bucket, bucketsIn, countIn, valueIn } from './answer.ts';
import { lowest, terms } from './search.ts';
import { type StepMaker, spanWithBefore } from './step.ts';
import { clock } from './words.ts';

const FAILURES = { field: 'status', is: 'error' } as const;

/** Codes with fewer failures are chance, in a sample. */
export const FEW = 5;

/** Codes that do not occur before the incident, the earliest first. */
function newCodes(answer: unknown): readonly Bucket[] {
  return bucketsIn(answer, 'codes')
    .filter((code) => countIn(code, 'before') === 0 && countIn(code, 'during') >= FEW)
    .toSorted((a, b) => valueIn(a, 'first') - valueIn(b, 'first'));
}

const codeCounts = (code: Bucket) => `${code.key} ${countIn(code, 'before')} and ${countIn(code, 'during')}`;

/** Which error codes are new; the first of them is nearest to the cause. */
export const whichCodes: StepMaker = {
  question: 'Which error codes are new, and which comes first?',
  panel: 2,
  inquire: (scene) => {
    const start = new Date(scene.incident.startMs).toISOString();
    const part = (range: object) => ({ filter: { range: { '@timestamp': range } } });
    return {
      span: spanWithBefore(scene),
      where: [FAILURES],
      aggs: {
        codes: {
          ...terms('error_code', 20),
          aggs: {
            before: part({ lt: start }),
            during: part({ gte: start }),
            first: lowest('@timestamp'),
          },
        },
      },
      ppl: 'stats count() as failures, min(`@timestamp`) as first_seen by error_code',
    };
  },
  tell: (answer, { incident, timeZone }) => {
    const [first, ...others] = newCodes(answer);
    if (!first) return undefined;
    const at = (code: Bucket) => clock(valueIn(code, 'first'), timeZone, true);
    const failures = (code: Bucket) => grouped(countIn(code, 'during'));
    const usual = bucketsIn(answer, 'codes').filter((code) => countIn(code, 'before') > 0);
    const start = clock(incident.startMs, timeZone);
    const later = others.map((code) => ` ${code.key} follows at ${at(code)}: ${failures(code)}.`).join('');
    return {
      shows: `${first.key} is new: ${failures(first)} failures, the first at ${at(first)}.${later}${
        usual.length > 0
          ? ` The usual codes stay rare (before ${start}, and after): ${usual.slice(0, 3).map(codeCounts).join(', ')}.`
          : ''
      }`,
      rulesOut: 'Declined cards and other customer errors: those codes are not new.',
      say: `One error is new: ${first.key}, ${failures(first)} times, the first at ${at(first)}. ${
        others[0] ? `${others[0].key} comes later, so it is an effect. ` : ''
      }We follow the first.`,
      learned: { code: String(first.key) },
      events: [first, ...others].map((code) => ({
        ms: valueIn(code, 'first'),
        text: `first ${code.key}`,
        ...(code === first ? { short: `first ${code.key}` } : {}),
      })),
    };
  },
};
