// What to do about an index that may exist already: a table of what was found and the policy for conflicts.
import { AppError } from '../../errors/app-error.ts';
import type { IndexState } from '../cluster/indexes/run-meta.ts';
import type { Part } from '../plan/types.ts';
import type { ConflictPolicy } from './request.ts';

/** What is found under the name. */
type Found =
  | 'missing'
  /** Created by this very run, and still empty: the response was lost, or the run ended there and is being resumed. */
  | 'own-empty'
  /** An index whose mapping takes these documents. */
  | 'fitting'
  | 'misfit';

export type IndexAction =
  | 'create'
  /** Loads into what this run created. */
  | 'reuse'
  /** Adds the documents to those that are there. */
  | 'append'
  /** Creates an index under a free name beside it. */
  | 'create-beside'
  | 'replace'
  /** Throws AppError `index-exists`. */
  | 'refuse'
  /** Throws AppError `mapping-differs`. */
  | 'refuse-mapping';

const ACTIONS: Readonly<Record<Found, Readonly<Record<ConflictPolicy, IndexAction>>>> = {
  missing: { fail: 'create', new: 'create', append: 'create', replace: 'create' },
  'own-empty': { fail: 'reuse', new: 'reuse', append: 'reuse', replace: 'reuse' },
  fitting: { fail: 'refuse', new: 'create-beside', append: 'append', replace: 'replace' },
  misfit: { fail: 'refuse', new: 'create-beside', append: 'refuse-mapping', replace: 'replace' },
};

/** What a run wants of its index. */
export interface WantedIndex {
  readonly policy: ConflictPolicy;
  /** Id of the run. */
  readonly run: string;
  /** Key of its plan. */
  readonly key: string;
  readonly part: Part | undefined;
  /** True when the documents carry label fields. */
  readonly labels: boolean;
}

/** What to do about the index. A part of the plan that is already there joins the other parts, whatever the policy. */
export function decide(state: IndexState, { policy, run, key, part, labels }: WantedIndex): IndexAction {
  const joins = part !== undefined && state.meta?.key === key;
  return ACTIONS[foundIn(state, run, labels)][joins ? 'append' : policy];
}

function foundIn(state: IndexState, run: string, labels: boolean): Found {
  if (!state.exists) return 'missing';
  if (state.meta?.run === run && state.documents === 0) return 'own-empty';
  return mappingMisfit(state, labels) === undefined ? 'fitting' : 'misfit';
}

/** How the fields differ from those that are needed, in words; undefined when they do not. */
function mappingMisfit({ meta, mappingDifferences }: IndexState, labels: boolean): string | undefined {
  if (labels && meta?.parameters['labelDocuments'] !== true) return 'it has no fields for labels';
  const [first, ...rest] = mappingDifferences;
  return rest.length > 0 ? `${first}, and ${rest.length} more` : first;
}

/** The error of an action that refuses. What the user can do depends on who made the index, and on other parts. */
export function refusal(
  action: 'refuse' | 'refuse-mapping',
  state: IndexState,
  { part, labels }: Pick<WantedIndex, 'part' | 'labels'>,
): AppError {
  const { name: index, documents, meta } = state;
  const differences = mappingMisfit(state, labels);
  const alone = part === undefined;
  if (action === 'refuse-mapping') return new AppError('mapping-differs', { index, differences, alone });
  return new AppError('index-exists', {
    index,
    documents,
    origin: meta ? `made by incident-demo, run ${meta.run}` : 'not made by incident-demo',
    ours: meta !== undefined,
    fits: meta !== undefined && differences === undefined,
    parts: !alone,
    alone,
  });
}
