// What the wizard does about OpenSearch Dashboards: finds one on this machine, starts one, and installs the dashboards.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignIn } from '../core/dashboards/server.ts';
import type { Directories, Environment } from '../core/directories.ts';
import { dashboardsDockerLine } from '../core/local-node/release.ts';
import { AppError } from '../errors/app-error.ts';
import type { Services } from '../wizard/services.ts';
import type { Log } from './log-file.ts';
import { withCluster } from './with-cluster.ts';

/** Where a Dashboards listens that someone has started here. */
const LOCAL_DASHBOARDS = 'http://localhost:5601';

/** How often a Dashboards that was just started is polled: for three minutes. */
const CONTAINER_PAUSE_MS = 2000;
const CONTAINER_TRIES = 90;

/** The address of a Dashboards that answers here; undefined when none does. Never rejects. */
async function localDashboards(
  environment: Environment,
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

export interface DashboardsParts {
  readonly environment: Environment;
  readonly directories: Directories;
  /** Credentials for Dashboards alone. */
  readonly signIn?: SignIn | undefined;
  /** Takes the events of loads and checks, too. */
  readonly log?: Log;
}

type DashboardsServices = Pick<
  Services,
  'findDashboards' | 'installDashboards' | 'dockerAnswers' | 'dashboardsDocker' | 'startDashboards'
>;

/** The services about Dashboards, on this machine and a real cluster. */
export function dashboardsServices({
  environment,
  directories,
  signIn,
  log,
}: DashboardsParts): DashboardsServices {
  return {
    findDashboards: ({ url }, signal) => localDashboards(environment, url, signal),
    installDashboards: async ({ url, index, connection }, signal) => {
      const { installOnIndex } = await import('../core/run/dashboards.ts');
      return withCluster({ connection, environment }, async (cluster) => {
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
        const url = await localDashboards(environment, nodeUrl, signal);
        if (url !== undefined) return url;
        await sleep(CONTAINER_PAUSE_MS, undefined, { signal });
      }
      const reason = 'it has not answered in three minutes';
      throw new AppError('dashboards-docker', { reason, docker: dashboardsDockerLine(nodeUrl, platform) });
    },
  };
}
