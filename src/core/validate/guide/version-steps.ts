// Which version of the service fails: the step that finds a release as the cause.
import { grouped } from '../../../text/numbers.ts';
import { term } from '../../ground-truth/clauses.ts';
import { type Bucket, bucketsIn, countIn, largest, valueIn } from './answer.ts';
import { highest, lowest, TRANSACTIONS, terms } from './search.ts';
import { knowing, type StepMaker, spanToEnd } from './step.ts';
import { clock, listed } from './words.ts';

const FAILURES = 'failures';

/** Versions with their first and last document, and how many of the failures each has. */
export const whichVersion: StepMaker = {
  question: 'Which version of the service fails?',
  inquire: knowing(['code'], (scene, { code }) => ({
    span: spanToEnd(scene),
    where: [TRANSACTIONS],
    aggs: {
      versions: {
        ...terms('service_version'),
        aggs: {
          first: lowest('@timestamp'),
          last: highest('@timestamp'),
          [FAILURES]: { filter: term('error_code', code) },
        },
      },
    },
    ppl: 'stats min(`@timestamp`) as first, max(`@timestamp`) as last, count() by service_version',
  })),
  tell: (answer, { timeZone }, { code }) => {
    const versions = bucketsIn(answer, 'versions');
    const failing = largest(versions, (version) => countIn(version, FAILURES));
    if (!failing || countIn(failing, FAILURES) === 0 || versions.length < 2) return undefined;
    const at = (version: Bucket, end: string) => clock(valueIn(version, end), timeZone, true);
    const others = versions.filter((version) => version !== failing);
    const said = others.map((version) => `${version.key} has ${grouped(countIn(version, FAILURES))}`);
    return {
      shows: `${failing.key}, which runs from ${at(failing, 'first')} to ${at(failing, 'last')}, has ${grouped(countIn(failing, FAILURES))} ${code}; ${listed(said)}. The markers (event_type deployment) show when each server got it.`,
      rulesOut:
        'A fault that was in the version before: that one serves the same customers, and does not fail.',
    };
  },
};
