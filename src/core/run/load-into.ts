// Loads a plan into an index and checks it, for programs that use this one as a library: no files, no state, no environment.
import manifest from '../../../package.json' with { type: 'json' };
import { badArgument } from '../../errors/app-error.ts';
import { type Cluster, openCluster } from '../cluster/client.ts';
import { assertIndexName } from '../cluster/indexes/names.ts';
import type { Connection } from '../cluster/types.ts';
import type { Environment } from '../directories.ts';
import type { CheckResult, DocumentCounts } from '../events.ts';
import type { Tally } from '../generate/count/tally.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { streamBatches } from '../generate/stream.ts';
import { FIRST_BYTES, loadBatches } from '../load/index.ts';
import { assertPlan } from '../plan/assert-plan.ts';
import type { Plan } from '../plan/index.ts';
import { Random } from '../plan/random.ts';
import { quotedValue } from '../schema/problem.ts';
import { validate } from '../validate/index.ts';
import { endingSoon } from './ending-soon.ts';
import { prepareIndex } from './prepare-index.ts';
import { CONFLICT_POLICIES, type ConflictPolicy } from './request.ts';
import { retryUntil, withRetries } from './retry.ts';

export interface LoadIntoOptions {
  /** @default 'ecommerce_performance_demo' */
  readonly index?: string | undefined;
  /** What happens when the index exists. @default 'fail' */
  readonly onConflict?: ConflictPolicy | undefined;
  /** Stops the load; what was loaded stays. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The environment variables with the AWS keys and the proxies of a connection that is opened here, such as `process.env`.
   * @default none
   */
  readonly environment?: Environment | undefined;
}

export interface LoadOutcome {
  /** The index that was loaded; with `onConflict: 'new'` a free name beside the one given. */
  readonly index: string;
  readonly documents: DocumentCounts;
  readonly checks: readonly CheckResult[];
  /** True when every document is in the index and every check passed. */
  readonly ok: boolean;
  /** The exact counts of what was generated. */
  readonly tally: Tally;
}

const isCluster = (target: Connection | Cluster): target is Cluster => 'request' in target;

/**
 * Creates the index, loads every document of a plan, and runs the checks. A connection is opened and closed here; a
 * cluster stays open. Throws AppError when the cluster cannot be reached, refuses the sign-in or the index, or stays away
 * for a minute, `argument` for a target or an option that is not one, and the signal's reason when it is aborted.
 */
export async function loadInto(
  target: Connection | Cluster,
  plan: Plan,
  options: LoadIntoOptions = {},
): Promise<LoadOutcome> {
  checkArguments(target, options);
  assertPlan(plan);
  if (isCluster(target)) return load(target, plan, options);
  const cluster = await openCluster(target, options.environment ?? {}, options.signal);
  try {
    return await load(cluster, plan, options);
  } finally {
    await cluster.close();
  }
}

function checkArguments(target: unknown, { index, onConflict, signal }: LoadIntoOptions): void {
  if (typeof target !== 'object' || target === null || !('url' in target) || typeof target.url !== 'string')
    throw badArgument('loadInto takes a connection with a url, or a cluster');
  if (index !== undefined && typeof index !== 'string')
    throw badArgument(`index: ${quotedValue(index)} is not a name`);
  if (index !== undefined) assertIndexName(index);
  if (onConflict !== undefined && !CONFLICT_POLICIES.includes(onConflict))
    throw badArgument(`onConflict: ${quotedValue(onConflict)} is not one of ${CONFLICT_POLICIES.join(', ')}`);
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function')
    throw badArgument(`signal: ${quotedValue(signal)} is not an AbortSignal`);
}

async function load(
  plain: Cluster,
  plan: Plan,
  { index: wanted = TRANSACTIONS.index, onConflict = 'fail', signal: given }: LoadIntoOptions,
): Promise<LoadOutcome> {
  const signal = given ?? new AbortController().signal;
  const source = new Random(plan.parameters.seed, 0, 0);
  const random = () => source.next();
  const cluster = withRetries(endingSoon(plain, signal), { random, signal });
  const request = {
    ...{ id: `library-${plan.key}`, index: wanted, onConflict, random },
    ...{ part: undefined, replaceConfirmed: false, toolVersion: manifest.version },
  };
  const prepared = await prepareIndex({ cluster, plan, request, signal, onName: () => {} });
  const { index } = prepared;
  const tally = TRANSACTIONS.tally.empty();
  const documents = await send(cluster, index, { plan, tally, signal, random }).finally(() =>
    retryUntil(prepared.restore, { random, signal, waitForUnblock: true }),
  );
  signal.throwIfAborted();
  const checks: CheckResult[] = [];
  let found = 0;
  for await (const event of validate({ cluster, index, plan, tally, signal })) {
    if (event.type === 'counted') found = event.found;
    if (event.type === 'check') checks.push(event);
  }
  signal.throwIfAborted();
  const ok = found === tally.documents && checks.every((check) => check.ok);
  return { index, documents: { ...documents, found }, checks, ok, tally };
}

interface Sending {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly random: () => number;
}

async function send(
  cluster: Cluster,
  index: string,
  { plan, tally, signal, random }: Sending,
): Promise<DocumentCounts> {
  const size = { bytes: FIRST_BYTES };
  const batches = streamBatches(plan, undefined, tally, signal, { maxBytes: () => size.bytes });
  const loading = loadBatches(cluster, index, batches, { signal, random, size, onRefused: () => {} });
  let step = await loading.next();
  while (!step.done) step = await loading.next();
  const { acknowledged, refused } = step.value;
  return { planned: tally.documents, acknowledged, found: 0, refused };
}
