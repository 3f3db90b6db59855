// The real services of the wizard: the core, the clock and chance, put together.

import { setTimeout as sleep } from 'node:timers/promises';
import { renderCommand } from '../command-line/render.ts';
import type { RunMeta } from '../core/cluster/indexes/run-meta.ts';
import type { Connection } from '../core/cluster/types.ts';
import type { SignIn } from '../core/dashboards/server.ts';
import type { Directories, Environment } from '../core/directories.ts';
import { STORED_TRANSACTIONS } from '../core/documents/transactions.ts';
import { PRESET_MB, readTextFile } from '../core/files/text-file.ts';
import { forgetRun, recordOf } from '../core/history/runs.ts';
import { dashboardsDockerLine } from '../core/local-node/release.ts';
import { readPreset } from '../core/plan/presets.ts';
import type { Plan } from '../core/plan/types.ts';
import { AppError } from '../errors/app-error.ts';
import { findPreset, fixSettings, parametersOf } from '../options/resolve.ts';
import { type OneOff, saveSettings } from '../options/saved-settings.ts';
import { plainLines } from '../text/plain-text.ts';
import { liveLines } from '../ui/text/live-lines.ts';
import { mergeEntries } from '../wizard/catalog.ts';
import type { Demo, Forecast, ForecastRequest, Planner, Services } from '../wizard/services.ts';
import { type Log, logged } from './log-file.ts';
import { runRequest } from './run-request.ts';

export interface ServiceParts {
  readonly program: string;
  readonly version: string;
  readonly environment: Environment;
  readonly directories: Directories;
  /** Preset files named on the command line, to be shown beside the built-in ones. */
  readonly presetFiles: readonly string[];
  /** What was given by flag: it is not kept for the next time. */
  readonly oneOff?: OneOff;
  /** Credentials for Dashboards alone. */
  readonly signIn?: SignIn | undefined;
  /** Takes the events of loads and checks, too. */
  readonly log?: Log;
}

/** Where a Dashboards listens that someone has started here. */
const LOCAL_DASHBOARDS = 'http://localhost:5601';

/** How often a Dashboards that was just started is polled: for three minutes. */
const CONTAINER_PAUSE_MS = 2000;
const CONTAINER_TRIES = 90;

/** A guide of many scenarios is a few hundred kB. */
const GUIDE_MB = 16;

async function loadPlanner(presetFiles: readonly string[]): Promise<Planner> {
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

async function open<T>(
  { environment }: ServiceParts,
  connection: Connection,
  use: (cluster: import('../core/cluster/client.ts').Cluster) => Promise<T>,
): Promise<T> {
  const { openCluster } = await import('../core/cluster/client.ts');
  const cluster = await openCluster(connection, environment);
  try {
    return await use(cluster);
  } finally {
    await cluster.close();
  }
}

/** The address of a Dashboards that answers here; undefined when none does. Never rejects. */
async function localDashboards(
  { environment }: ServiceParts,
  url: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { findDashboards } = await import('../core/dashboards/find.ts');
  // Without credentials, which are only for the one that is chosen.
  return findDashboards({ url: LOCAL_DASHBOARDS, connection: { url }, environment, signal }).then(
    async ({ dashboards }) => {
      await dashboards.close();
      return dashboards.base;
    },
    (error: unknown) =>
      error instanceof AppError && error.code === 'dashboards-sign-in' ? LOCAL_DASHBOARDS : undefined,
  );
}

/** Services on the real cluster, clock and chance; the heavy parts are loaded when they are first used. */
export function realServices(parts: ServiceParts): Services {
  const { program, version, environment, directories, signIn, log } = parts;
  return {
    program,
    now: Date.now,
    loadPlanner: () => loadPlanner(parts.presetFiles),
    readPreset: async (path) => {
      const home = environment['HOME'];
      const flag = home && path.startsWith('~/') ? `${home}${path.slice(1)}` : path;
      return { preset: readPreset(readTextFile(flag, PRESET_MB), flag), flag };
    },
    climb: async function* ({ connection, settings, signIn }, signal) {
      const { climbLadder: climb } = await import('../core/cluster/ladder/ladder.ts');
      yield* climb(connection, signal, { index: settings.index, environment, signIn });
    },
    trySpeed: async (connection, signal) => {
      const { trySpeed } = await import('../core/cluster/try-speed.ts');
      return open(parts, connection, (cluster) => trySpeed(cluster, signal));
    },
    startLocalNode: async function* (signal) {
      const { startLocalNode } = await import('../core/local-node/local-node.ts');
      yield* startLocalNode({ directories, env: environment, signal });
    },
    inspectIndex: async (connection, name, signal) => {
      const { inspectIndex } = await import('../core/cluster/indexes/admin.ts');
      const { inheritedBy } = await import('../core/cluster/indexes/inherited.ts');
      const { timeSpan } = await import('../core/cluster/indexes/time-span.ts');
      return open(parts, connection, async (cluster) => {
        const [state, { notes }] = await Promise.all([
          inspectIndex(cluster, STORED_TRANSACTIONS, name, signal),
          inheritedBy(cluster, name, signal),
        ]);
        const span = state.documents > 0 ? await timeSpan(cluster, name, signal) : undefined;
        return { ...state, notes, ...(span ? { span } : {}) };
      });
    },
    freeIndexName: async (connection, name, signal) => {
      const { freeIndexName } = await import('../core/cluster/indexes/names.ts');
      return open(parts, connection, (cluster) => freeIndexName(cluster, name, signal));
    },
    inspectLeftovers: async (connection, name, signal) => {
      const { inspectIndex } = await import('../core/cluster/indexes/admin.ts');
      const { refreshIndex } = await import('../core/cluster/indexes/refresh.ts');
      return open(parts, connection, async (cluster) => {
        const index = await inspectIndex(cluster, STORED_TRANSACTIONS, name, signal);
        // While loading, an index is not refreshed: its count stands still.
        if (!index.exists || !index.meta) return index;
        await refreshIndex(cluster, name, signal);
        return inspectIndex(cluster, STORED_TRANSACTIONS, name, signal);
      });
    },
    removeRun: async ({ id, settings: { index } }, connection, signal) => {
      const { removeRun } = await import('../core/history/remove-run.ts');
      const { notRemoved, removeStored, storedOf } = await import('./stored-dashboards.ts');
      const record = recordOf(directories, id);
      const left: string[] = [];
      // A Dashboards that is gone does not keep the index from being deleted.
      for (const stored of storedOf(record ? [record] : []))
        await removeStored({ connection, signIn, environment }, stored, signal).catch((error: unknown) => {
          signal.throwIfAborted();
          left.push(notRemoved(stored, error));
        });
      const documents = await open(parts, connection, (cluster) =>
        removeRun({ cluster, directories, id, index, signal }),
      );
      return { documents, ...(left.length > 0 ? { left: left.join('; ') } : {}) };
    },
    remember: (settings, speeds) => {
      try {
        saveSettings(directories, settings, speeds, parts.oneOff);
      } catch {
        // A folder that cannot be written is no reason to stop: the next start uses the defaults.
      }
    },
    forgetRun: (id) => forgetRun(directories, id),
    run: async function* ({ id, settings, connection, presets, nowMs, replaceConfirmed }, signal, control) {
      const { run } = await import('../core/run/run.ts');
      const fixed = fixSettings({ ...settings, now: new Date(nowMs).toISOString() });
      const request = runRequest({
        id,
        settings: fixed,
        connection,
        dashboardsSignIn: signIn,
        presets,
        directories,
        environment,
        program,
        version,
        replaceConfirmed,
      });
      // The wizard has started the local node already, and knows its address.
      yield* logged(run({ ...request, local: false, control }, signal), log);
    },
    live: async function* ({ settings, connection, presets, from, sample }, control, signal) {
      const { startLive } = await import('./live-request.ts');
      const fixed = fixSettings(settings);
      // From Next the local node runs already, and its address is known.
      const parts = {
        settings: from === 'next' ? { ...fixed, local: false } : fixed,
        ...{ connection, presets, sample, directories, environment, program, version },
        dashboardsSignIn: signIn,
      };
      const line = liveLines();
      for await (const event of startLive(parts, control, signal, true)) {
        log?.(line(event));
        yield event;
      }
    },
    liveCatalog: async (presets) => (await import('./live-catalog.ts')).liveCatalog(presets),
    findDashboards: ({ url }, signal) => localDashboards(parts, url, signal),
    installDashboards: async ({ url, index, connection }, signal) => {
      const { installOnIndex } = await import('../core/run/dashboards.ts');
      return open(parts, connection, async (cluster) => {
        const door = { connection, signIn, environment };
        const request = { ...door, url, cluster, index, directories, signal };
        for await (const event of installOnIndex(request)) {
          log?.(event);
          if (event.type === 'dashboards') return event.links;
        }
        return [];
      });
    },
    dockerAnswers: async (signal) => {
      const { dockerAnswers } = await import('../core/local-node/dashboards-container.ts');
      return dockerAnswers({ environment, signal });
    },
    dashboardsDocker: (nodeUrl) => dashboardsDockerLine(nodeUrl, process.platform),
    startDashboards: async (nodeUrl, signal) => {
      const { startContainer } = await import('../core/local-node/dashboards-container.ts');
      const { platform } = process;
      await startContainer({ nodeUrl, platform, environment, signal });
      for (let tries = 0; tries < CONTAINER_TRIES; tries++) {
        const url = await localDashboards(parts, nodeUrl, signal);
        if (url !== undefined) return url;
        await sleep(CONTAINER_PAUSE_MS, undefined, { signal });
      }
      const reason = 'it has not answered in three minutes';
      throw new AppError('dashboards-docker', { reason, docker: dashboardsDockerLine(nodeUrl, platform) });
    },
    stopNode: async () => {
      const { stopLocalNode } = await import('../core/local-node/local-node.ts');
      await stopLocalNode(directories);
    },
    readGuide: async (path) => plainLines(readTextFile(path, GUIDE_MB)),
    openLink: async (url) => {
      const { default: openInBrowser } = await import('open');
      await openInBrowser(url);
    },
    validateIndex: async function* ({ settings, connection }, signal) {
      const { validateIndex } = await import('../core/run/validate-index.ts');
      const command = renderCommand(program, 'validate', settings);
      const request = { connection, index: settings.index, environment, directories, command };
      yield* logged(validateIndex(request, signal), log);
    },
  };
}
