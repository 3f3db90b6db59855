// The fake world as services: its stories as time goes by. The planner is the real one.
import { setTimeout as sleep } from 'node:timers/promises';
import { realServices } from '../../src/commands/wizard-services.ts';
import { signsIn } from '../../src/core/cluster/credentials.ts';
import { RUNGS } from '../../src/core/cluster/types.ts';
import type { Services } from '../../src/wizard/services.ts';
import {
  checking,
  climbing,
  type FakeCluster,
  freeName,
  gettingUp,
  inspected,
  living,
  NOW_MS,
  removed,
  running,
  stateOf,
} from './fake-world.ts';

/** Each event after a pause, and not while it is held; what was refused comes with the progress before it. */
async function* paced<T extends { readonly type: string }>(
  events: Iterable<T>,
  cluster: FakeCluster,
  held: () => boolean = () => false,
): AsyncGenerator<T> {
  for (const event of events) {
    if (event.type !== 'refused')
      do await sleep(cluster.pauseMs ?? 0);
      while (held());
    yield event;
  }
}

/** Services on that cluster. */
export function fakeServices(cluster: FakeCluster, now: () => number = () => NOW_MS): Services {
  const real = realServices({
    program: 'incident-demo',
    version: '0.1.0',
    environment: {},
    directories: { cache: '', state: '', config: '' },
    presetFiles: [],
  });
  return {
    program: 'incident-demo',
    now,
    loadPlanner: real.loadPlanner,
    readPreset: real.readPreset,
    climb: async function* ({ connection, signIn }) {
      const rungs = signIn || !signsIn(connection) ? RUNGS : RUNGS.slice(0, RUNGS.indexOf('sign-in'));
      if ((yield* climbing(cluster, connection.url, rungs)) === 'stuck') await new Promise(() => {});
    },
    trySpeed: async () => cluster.speed,
    startLocalNode: () => paced(gettingUp(cluster), cluster),
    inspectIndex: async (_, name) => inspected(cluster, name),
    inspectLeftovers: async (_, name) => stateOf(cluster, name),
    freeIndexName: async (_, name) => freeName(cluster, name),
    removeRun: async (run) => ({
      documents: removed(cluster, run),
      ...(cluster.left ? { left: cluster.left } : {}),
    }),
    forgetRun: (id) => void cluster.forgotten.push(id),
    remember: (settings, speeds) => void cluster.remembered.push({ settings, speeds }),
    run: (request, signal, control) => {
      const held = () => control.limits.paused && !signal.aborted;
      return paced(
        running(cluster, request, () => signal.aborted),
        cluster,
        held,
      );
    },
    live: ({ settings }, control, signal) =>
      paced(
        living(
          cluster,
          settings.index,
          () => control.take(),
          () => signal.aborted,
          () => control.takeGap(),
        ),
        cluster,
      ),
    liveCatalog: real.liveCatalog,
    findDashboards: async () => cluster.dashboards?.url || undefined,
    installDashboards: async () => {
      const { links = [], error } = cluster.dashboards ?? {};
      if (error) throw error;
      return links;
    },
    dockerAnswers: async () => cluster.docker !== undefined,
    dashboardsDocker: real.dashboardsDocker,
    startDashboards: async () => {
      const { url, error } = cluster.docker ?? {};
      if (error || !url) throw error ?? new Error('no Docker');
      return url;
    },
    stopNode: async () => {
      if (cluster.nodeError) throw cluster.nodeError;
    },
    readGuide: async (path) => ['# Investigation guide', `of ${path}`],
    openLink: async (url) => {
      if (!cluster.opened) throw new Error('no browser');
      cluster.opened.push(url);
    },
    validateIndex: ({ settings }) => paced(checking(cluster, settings.index), cluster),
  };
}
