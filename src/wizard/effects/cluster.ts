// The effects that ask a cluster or the local node: whether it answers, how fast it is, and what is in its indexes.
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, type Context, type Of } from './context.ts';

/** Climbs the ladder, after a pause where it is tried again; ends at the first rung that fails. */
export function climb(context: Of<'climb'>): Promise<void> {
  const { effect, services, signal, dispatch } = context;
  return attempt(context, 'climb-failed', async () => {
    if (effect.delayMs > 0) await sleep(effect.delayMs, undefined, { signal, ref: false });
    for await (const rung of services.climb(effect, signal)) {
      dispatch({ type: 'rung', rung });
      if (rung.state === 'failed') return;
    }
    dispatch({ type: 'climbed' });
  });
}

/** Starts the local node; its last event brings the address. */
export function startLocalNode(context: Context): Promise<void> {
  const { services, signal, dispatch } = context;
  return attempt(context, 'node-failed', async () => {
    for await (const event of services.startLocalNode(signal)) dispatch({ type: 'node', event });
  });
}

/** Stops the local node; its data are kept. */
export function stopNode(context: Context): Promise<void> {
  const { services, dispatch } = context;
  return attempt(context, 'node-not-stopped', async () => {
    await services.stopNode();
    dispatch({ type: 'node-stopped' });
  });
}

/** Says how fast the cluster is, where that can be found out without writing. */
export async function trySpeed({ effect, services, signal, dispatch }: Of<'try-speed'>): Promise<void> {
  // Where it cannot be found out, the estimate goes on with a usual speed.
  const documentsPerSecond = await services.trySpeed(effect.connection, signal).catch(() => undefined);
  if (documentsPerSecond) dispatch({ type: 'tried', url: effect.connection.url, documentsPerSecond });
}

/** Looks at an index; for one that is taken also finds a free name. */
export function inspectIndex(context: Of<'inspect-index'>): Promise<void> {
  const { effect, services, signal, dispatch } = context;
  const { connection, name } = effect;
  return attempt(context, 'index-failed', async () => {
    const index = await services.inspectIndex(connection, name, signal);
    const freeName = index.exists ? await services.freeIndexName(connection, name, signal) : undefined;
    dispatch({ type: 'index-state', index, ...(freeName ? { freeName } : {}) });
  });
}

/** Counts what an unfinished run has left in its index. */
export function inspectLeftovers(context: Of<'inspect-leftovers'>): Promise<void> {
  const { effect, services, signal, dispatch } = context;
  return attempt(context, 'leftovers-failed', async () => {
    const index = await services.inspectLeftovers(effect.connection, effect.name, signal);
    dispatch({ type: 'leftovers', index });
  });
}

/** Deletes what a run made. */
export function removeRun(context: Of<'remove-run'>): Promise<void> {
  const { effect, services, signal, dispatch } = context;
  return attempt(context, 'remove-failed', async () => {
    const removed = await services.removeRun(effect.run, effect.connection, signal);
    dispatch({ type: 'run-removed', ...removed });
  });
}
