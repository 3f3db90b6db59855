// The check on the companion index, where the incidents are marked.
import { companionOf } from '../cluster/indexes/companion.ts';
import type { Plan } from '../plan/index.ts';
import { type Check, numberAt } from './check.ts';

/** Counts the incidents of this plan that the companion of an index names. */
export function markedCheck(index: string, { key, incidents }: Plan): Check {
  const companion = companionOf(index);
  return {
    id: 'marked-incidents',
    title: `Incidents marked in ${companion}`,
    query: {
      method: 'GET',
      path: `${companion}/_count`,
      body: { query: { term: { plan: key } } },
    },
    expected: String(incidents.length),
    judge: (answer) => {
      const found = numberAt(answer, 'count');
      return { ok: found === incidents.length, found: String(found) };
    },
  };
}
