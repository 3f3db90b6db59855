// How each effect is carried out. All of them come back as events; none throws.
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadProgress, RunEvent } from '../core/events.ts';
import { LiveControl } from '../core/live/control.ts';
import { LoadControl } from '../core/load/control.ts';
import { asAppError } from '../errors/app-error.ts';
import type { Effect, WizardEvent } from './events.ts';
import type { ForecastRequest, Planner, Services } from './services.ts';

/** A load says more than a person can read: progress is passed on at most this often, ms. */
const PROGRESS_MS = 150;

/** What one effect leaves for later ones. */
export interface Memory {
  planner?: Planner;
  /** Of the run that is under way. */
  control?: LoadControl;
  /** Of the live shop. */
  live?: LiveControl;
}

interface Context<E extends Effect = Effect> {
  readonly effect: E;
  readonly services: Services;
  readonly memory: Memory;
  readonly signal: AbortSignal;
  readonly dispatch: (event: WizardEvent) => void;
}
type Of<T extends Effect['type']> = Context<Extract<Effect, { type: T }>>;

async function loadPlanner({ services, memory, dispatch }: Context): Promise<void> {
  try {
    const planner = await services.loadPlanner();
    memory.planner = planner;
    dispatch({ type: 'catalog', entries: planner.catalog });
  } catch (error) {
    dispatch({ type: 'catalog-failed', error: asAppError(error) });
  }
}

/** Planning waits for the end of the tick: keys that come together are planned once. */
async function forecast(
  of: 'forecast' | 'gallery',
  request: ForecastRequest,
  { memory: { planner }, dispatch, signal }: Context,
): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (!planner || signal.aborted) return;
  try {
    dispatch({ type: 'forecast', of, forecast: planner.forecast(request) });
  } catch (error) {
    dispatch({ type: 'forecast-failed', of, error: asAppError(error) });
  }
}

/** What an index remembers may not be whole; then its checks say so, and there is no plan to show. */
async function planIndex({ effect, memory: { planner }, dispatch }: Of<'plan-index'>): Promise<void> {
  const { index, meta } = effect;
  await new Promise((resolve) => setImmediate(resolve));
  try {
    if (planner) dispatch({ type: 'index-plan', demo: planner.demoOf(index, meta) });
  } catch {
    // Nothing is shown of it.
  }
}

async function climb({ effect, services, signal, dispatch }: Of<'climb'>): Promise<void> {
  try {
    if (effect.delayMs > 0) await sleep(effect.delayMs, undefined, { signal, ref: false });
    for await (const rung of services.climb(effect, signal)) {
      dispatch({ type: 'rung', rung });
      if (rung.state === 'failed') return;
    }
    dispatch({ type: 'climbed' });
  } catch (error) {
    if (!signal.aborted) dispatch({ type: 'climb-failed', error: asAppError(error) });
  }
}

async function startLocalNode({ services, signal, dispatch }: Context): Promise<void> {
  try {
    for await (const event of services.startLocalNode(signal)) dispatch({ type: 'node', event });
  } catch (error) {
    dispatch({ type: 'node-failed', error: asAppError(error) });
  }
}

async function trySpeed({ effect, services, signal, dispatch }: Of<'try-speed'>): Promise<void> {
  // Where it cannot be found out, the estimate goes on with a usual speed.
  const documentsPerSecond = await services.trySpeed(effect.connection, signal).catch(() => undefined);
  if (documentsPerSecond) dispatch({ type: 'tried', url: effect.connection.url, documentsPerSecond });
}

async function readPreset({ effect, services, dispatch }: Of<'read-preset'>): Promise<void> {
  try {
    dispatch({ type: 'preset-read', entry: await services.readPreset(effect.path) });
  } catch (error) {
    dispatch({ type: 'preset-unread', error: asAppError(error) });
  }
}

async function inspectLeftovers({
  effect,
  services,
  signal,
  dispatch,
}: Of<'inspect-leftovers'>): Promise<void> {
  try {
    const index = await services.inspectLeftovers(effect.connection, effect.name, signal);
    dispatch({ type: 'leftovers', index });
  } catch (error) {
    dispatch({ type: 'leftovers-failed', error: asAppError(error) });
  }
}

async function removeRun({ effect, services, signal, dispatch }: Of<'remove-run'>): Promise<void> {
  try {
    const removed = await services.removeRun(effect.run, effect.connection, signal);
    dispatch({ type: 'run-removed', ...removed });
  } catch (error) {
    dispatch({ type: 'remove-failed', error: asAppError(error) });
  }
}

async function inspectIndex({ effect, services, signal, dispatch }: Of<'inspect-index'>): Promise<void> {
  const { connection, name } = effect;
  try {
    const index = await services.inspectIndex(connection, name, signal);
    const freeName = index.exists ? await services.freeIndexName(connection, name, signal) : undefined;
    dispatch({ type: 'index-state', index, ...(freeName ? { freeName } : {}) });
  } catch (error) {
    dispatch({ type: 'index-failed', error: asAppError(error) });
  }
}

/** Passes events on; of the progress only the latest, a few times a second. */
async function forwardEvents(events: AsyncGenerator<RunEvent>, { dispatch }: Context): Promise<void> {
  let waiting: LoadProgress | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) dispatch({ type: 'run', event: waiting });
    waiting = undefined;
  };
  try {
    for await (const event of events) {
      if (event.type === 'progress') {
        waiting = event;
        timer ??= setTimeout(flush, PROGRESS_MS);
      } else {
        flush();
        dispatch({ type: 'run', event });
      }
    }
  } catch (error) {
    dispatch({ type: 'run-failed', error: asAppError(error) });
  } finally {
    clearTimeout(timer);
  }
}

async function run(context: Of<'run'>): Promise<void> {
  const { effect, services, memory, signal } = context;
  const control = new LoadControl();
  memory.control = control;
  await forwardEvents(services.run(effect.request, signal, control), context);
}

async function live({ effect, services, memory, signal, dispatch }: Of<'live'>): Promise<void> {
  const control = new LiveControl();
  memory.live = control;
  try {
    for await (const event of services.live(effect.request, control, signal))
      dispatch({ type: 'live', event });
  } catch (error) {
    dispatch({ type: 'live-failed', error: asAppError(error) });
  }
}

async function findDashboards({ effect, services, signal, dispatch }: Of<'find-dashboards'>): Promise<void> {
  const url = await services.findDashboards(effect.connection, signal);
  if (url !== undefined) return dispatch({ type: 'dashboards-found', url });
  dispatch({ type: 'dashboards-absent', docker: effect.docker && (await services.dockerAnswers(signal)) });
}

async function startDashboards({
  effect,
  services,
  signal,
  dispatch,
}: Of<'start-dashboards'>): Promise<void> {
  try {
    dispatch({ type: 'dashboards-started', url: await services.startDashboards(effect.nodeUrl, signal) });
  } catch (error) {
    if (!signal.aborted) dispatch({ type: 'dashboards-not-started', error: asAppError(error) });
  }
}

async function stopNode({ services, dispatch }: Context): Promise<void> {
  try {
    await services.stopNode();
    dispatch({ type: 'node-stopped' });
  } catch (error) {
    dispatch({ type: 'node-not-stopped', error: asAppError(error) });
  }
}

async function readGuide({ effect, services, dispatch }: Of<'read-guide'>): Promise<void> {
  const lines = await services.readGuide(effect.path).catch((error: unknown) => [asAppError(error).message]);
  dispatch({ type: 'guide-read', lines });
}

async function installDashboards({
  effect,
  services,
  signal,
  dispatch,
}: Of<'install-dashboards'>): Promise<void> {
  const { url, index, connection } = effect;
  try {
    const links = await services.installDashboards({ url, index, connection }, signal);
    dispatch({ type: 'dashboards-installed', links });
  } catch (error) {
    dispatch({ type: 'dashboards-failed', error: asAppError(error) });
  }
}

async function openLink({ effect, services, dispatch }: Of<'open-link'>): Promise<void> {
  const ok = await services.openLink(effect.url).then(
    () => true,
    () => false,
  );
  dispatch({ type: 'link-opened', ok });
}

async function disarmInterrupt({ effect, signal, dispatch }: Of<'disarm-interrupt'>): Promise<void> {
  await sleep(effect.delayMs, undefined, { signal, ref: false }).catch(() => {});
  dispatch({ type: 'disarm-interrupt' });
}

/** Carries out one effect and says what came of it. */
export async function runEffect(context: Context): Promise<void> {
  const { effect, services, memory, signal, dispatch } = context;
  switch (effect.type) {
    case 'load-planner':
      return loadPlanner(context);
    case 'forecast':
    case 'gallery':
      return forecast(effect.type, effect.request, context);
    case 'climb':
      return climb({ ...context, effect });
    case 'start-local-node':
      return startLocalNode(context);
    case 'try-speed':
      return trySpeed({ ...context, effect });
    case 'read-preset':
      return readPreset({ ...context, effect });
    case 'inspect-leftovers':
      return inspectLeftovers({ ...context, effect });
    case 'remove-run':
      return removeRun({ ...context, effect });
    case 'forget-run':
      return services.forgetRun(effect.id);
    case 'remember':
      return services.remember(effect.settings, effect.speeds);
    case 'inspect-index':
      return inspectIndex({ ...context, effect });
    case 'run':
      return run({ ...context, effect });
    case 'live':
      return live({ ...context, effect });
    case 'load-live-catalog':
      return dispatch({ type: 'live-catalog', entries: await services.liveCatalog(effect.presets) });
    case 'live-gap':
      return memory.live?.chooseGap(effect.gap);
    case 'live-command':
      return memory.live?.send(effect.command);
    case 'set-limits':
      return memory.control?.setLimits(effect.limits);
    case 'validate-index':
      return forwardEvents(services.validateIndex(effect.request, signal), context);
    case 'find-dashboards':
      return findDashboards({ ...context, effect });
    case 'start-dashboards':
      return startDashboards({ ...context, effect });
    case 'stop-node':
      return stopNode(context);
    case 'read-guide':
      return readGuide({ ...context, effect });
    case 'install-dashboards':
      return installDashboards({ ...context, effect });
    case 'open-link':
      return openLink({ ...context, effect });
    case 'plan-index':
      return planIndex({ ...context, effect });
    case 'disarm-interrupt':
      return disarmInterrupt({ ...context, effect });
    default:
      return undefined;
  }
}
