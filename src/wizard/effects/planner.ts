// The effects that plan: presets are read, and the data made from them is forecast.
import { asAppError } from '../../errors/app-error.ts';
import type { ForecastRequest } from '../services.ts';
import { attempt, type Context, type Of } from './context.ts';

/** Loads the planner, which the other effects here then have. */
export function loadPlanner(context: Context): Promise<void> {
  const { services, memory, dispatch } = context;
  return attempt(context, 'catalog-failed', async () => {
    const planner = await services.loadPlanner();
    memory.planner = planner;
    dispatch({ type: 'catalog', entries: planner.catalog });
  });
}

/** Reads a preset file that was typed. */
export function readPreset(context: Of<'read-preset'>): Promise<void> {
  const { effect, services, dispatch } = context;
  return attempt(context, 'preset-unread', async () =>
    dispatch({ type: 'preset-read', entry: await services.readPreset(effect.path) }),
  );
}

/** Keys that come together are planned once: planning waits for the end of the tick. */
const endOfTick = () => new Promise((resolve) => setImmediate(resolve));

/** Plans the data of the answers, or of all presets for the gallery. */
export async function forecast(
  of: 'forecast' | 'gallery',
  request: ForecastRequest,
  { memory: { planner }, dispatch, signal }: Context,
): Promise<void> {
  await endOfTick();
  if (!planner || signal.aborted) return;
  try {
    dispatch({ type: 'forecast', of, forecast: planner.forecast(request) });
  } catch (error) {
    dispatch({ type: 'forecast-failed', of, error: asAppError(error) });
  }
}

/** What an index remembers may not be whole; then its checks say so, and there is no plan to show. */
export async function planIndex({ effect, memory: { planner }, dispatch }: Of<'plan-index'>): Promise<void> {
  const { index, meta } = effect;
  await endOfTick();
  try {
    if (planner) dispatch({ type: 'index-plan', demo: planner.demoOf(index, meta) });
  } catch {
    // Nothing is shown of it.
  }
}
