// The real services of the wizard: the core, the clock and chance, put together.

import { renderCommand } from '../command-line/render.ts';
import { STORED_TRANSACTIONS } from '../core/documents/transactions.ts';
import { PRESET_MB, readTextFile } from '../core/files/text-file.ts';
import { forgetRun, recordOf } from '../core/history/runs.ts';
import { readPreset } from '../core/plan/presets.ts';
import { fixSettings } from '../options/resolve.ts';
import { type OneOff, saveSettings } from '../options/saved-settings.ts';
import { plainLines } from '../text/plain-text.ts';
import { liveLines } from '../ui/text/live-lines.ts';
import type { Services } from '../wizard/services.ts';
import { logged } from './log-file.ts';
import { runRequest } from './run-request.ts';
import { withCluster } from './with-cluster.ts';
import { type DashboardsParts, dashboardsServices } from './wizard-dashboards.ts';
import { loadPlanner } from './wizard-planner.ts';

export interface ServiceParts extends DashboardsParts {
  readonly program: string;
  readonly version: string;
  /** Preset files named on the command line, to be shown beside the built-in ones. */
  readonly presetFiles: readonly string[];
  /** What was given by flag: it is not kept for the next time. */
  readonly oneOff?: OneOff;
}

/** A guide of many scenarios is a few hundred kB. */
const GUIDE_MB = 16;

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
      return withCluster({ connection, environment }, (cluster) => trySpeed(cluster, signal));
    },
    startLocalNode: async function* (signal) {
      const { startLocalNode } = await import('../core/local-node/local-node.ts');
      yield* startLocalNode({ directories, env: environment, signal });
    },
    inspectIndex: async (connection, name, signal) => {
      const { inspectIndex } = await import('../core/cluster/indexes/admin.ts');
      const { inheritedBy } = await import('../core/cluster/indexes/inherited.ts');
      const { timeSpan } = await import('../core/cluster/indexes/time-span.ts');
      return withCluster({ connection, environment }, async (cluster) => {
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
      return withCluster({ connection, environment }, (cluster) => freeIndexName(cluster, name, signal));
    },
    inspectLeftovers: async (connection, name, signal) => {
      const { inspectIndex } = await import('../core/cluster/indexes/admin.ts');
      const { refreshIndex } = await import('../core/cluster/indexes/refresh.ts');
      return withCluster({ connection, environment }, async (cluster) => {
        const index = await inspectIndex(cluster, STORED_TRANSACTIONS, name, signal);
        // While loading, an index is not refreshed: its count stands still.
        if (!index.exists || !index.meta) return index;
        await refreshIndex(cluster, name, signal);
        return inspectIndex(cluster, STORED_TRANSACTIONS, name, signal);
      });
    },
    removeRun: async ({ id, settings: { index } }, connection, signal) => {
      const { removeRun } = await import('../core/history/remove-run.ts');
      const { removeEach, storedOf } = await import('./stored-dashboards.ts');
      const record = recordOf(directories, id);
      const left: string[] = [];
      const door = { connection, signIn, environment };
      const tellLeft = (sentence: string) => void left.push(sentence);
      await removeEach(() => door, storedOf(record ? [record] : []), tellLeft, signal);
      const documents = await withCluster({ connection, environment }, (cluster) =>
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
    ...dashboardsServices(parts),
    liveCatalog: async (presets) => (await import('./live-catalog.ts')).liveCatalog(presets),
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
