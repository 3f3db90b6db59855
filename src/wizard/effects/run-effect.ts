// How each effect is carried out. All of them come back as events; none throws.
import { setTimeout as sleep } from 'node:timers/promises';
import { asAppError } from '../../errors/app-error.ts';
import {
  climb,
  inspectIndex,
  inspectLeftovers,
  removeRun,
  startLocalNode,
  stopNode,
  trySpeed,
} from './cluster.ts';
import type { Context, Of } from './context.ts';
import { findDashboards, installDashboards, startDashboards } from './dashboards.ts';
import { forecast, loadPlanner, planIndex, readPreset } from './planner.ts';
import { live, run, validateIndex } from './run.ts';

async function readGuide({ effect, services, dispatch }: Of<'read-guide'>): Promise<void> {
  const lines = await services.readGuide(effect.path).catch((error: unknown) => [asAppError(error).message]);
  dispatch({ type: 'guide-read', lines });
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
  const { effect, services, memory, dispatch } = context;
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
      return validateIndex({ ...context, effect });
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
