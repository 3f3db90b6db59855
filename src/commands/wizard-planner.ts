// The planner of the wizard: the catalog of presets, and forecasts of the data that would be made from them.
import type { RunMeta } from '../core/cluster/indexes/run-meta.ts';
import type { Plan } from '../core/plan/types.ts';
import { findPreset, fixSettings, parametersOf } from '../options/resolve.ts';
import { mergeEntries } from '../wizard/catalog.ts';
import type { Demo, Forecast, ForecastRequest, Planner } from '../wizard/services.ts';

/**
 * Loads what plans, and the presets: the built-in ones and those of these files. Throws AppError `preset` or
 * `file-unreadable`.
 */
export async function loadPlanner(presetFiles: readonly string[]): Promise<Planner> {
  const { estimate, makePlan, preview } = await import('../core/plan/index.ts');
  const { midnightOf } = await import('../core/plan/time-zone.ts');
  const { BUILT_IN } = await import('../core/plan/presets.ts');
  const builtIn = BUILT_IN.map((preset) => ({ preset, flag: preset.id }));
  const own = presetFiles.map((flag) => ({ preset: findPreset(flag), flag }));
  const catalog = mergeEntries(builtIn, own);
  const { planOf } = await import('../core/run/meta.ts');
  const forecastFrom = (plan: Plan): Forecast => {
    const { startMs, endMs, demoDay, key, incidents, omitted } = plan;
    const { timeZone } = plan.parameters;
    return {
      demoDay,
      demoDayStartMs: midnightOf(demoDay, timeZone),
      key,
      timeZone,
      startMs,
      endMs,
      ...estimate(plan),
      incidents,
      omitted,
      series: (window) => preview(plan, window),
    };
  };
  const forecast = ({ settings, presets, nowMs }: ForecastRequest): Forecast => {
    const fixed = fixSettings({ ...settings, now: new Date(nowMs).toISOString() });
    return forecastFrom(makePlan({ parameters: parametersOf(fixed), presets, nowMs }));
  };
  const demoOf = (index: string, meta: RunMeta): Demo => {
    const plan = planOf(index, meta);
    return { forecast: forecastFrom(plan), presets: plan.presets };
  };
  return { catalog, forecast, demoOf };
}
