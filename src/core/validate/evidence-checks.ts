// One check for each piece of evidence of a preset's incident.
import type { Tally } from '../generate/count/tally.ts';
import { type ConcreteEvidence, evidenceOf } from '../ground-truth/evidence.ts';
import type { Plan } from '../plan/index.ts';
import { type Check, numberAt } from './check.ts';
import type { RunScope } from './scope.ts';

/** `exactly 65`, `at least 5000`, `from 25 to 40`. */
function boundsText({ min, max }: ConcreteEvidence['expect']): string {
  if (min !== undefined && min === max) return `exactly ${min}`;
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
}

function evidenceCheck({ search }: RunScope, title: string, evidence: ConcreteEvidence): Check {
  const { id, claim, query, read, expect, unit } = evidence;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = expect;
  return {
    id,
    title: `${title}: ${claim}`,
    query: search(query),
    expected: boundsText(expect),
    ...(unit === undefined ? {} : { unit }),
    judge: (answer) => {
      const found = numberAt(answer, read);
      // A missing number is NaN and fits no bounds.
      return { ok: found >= min && found <= max, found: Number.isNaN(found) ? 'nothing' : String(found) };
    },
  };
}

/** The evidence of every preset incident, in order of time; a random incident has only the check of its window. */
export function evidenceChecks(scope: RunScope, plan: Plan, tally: Tally): Check[] {
  return plan.incidents
    .filter(({ preset }) => preset !== null)
    .flatMap((incident) =>
      evidenceOf(plan, incident, tally).map((evidence) => evidenceCheck(scope, incident.title, evidence)),
    );
}
