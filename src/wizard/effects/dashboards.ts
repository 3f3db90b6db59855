// The effects about OpenSearch Dashboards: one is found or started, and the dashboards are installed there.
import { attempt, type Of } from './context.ts';

/** Finds a Dashboards on this machine; where none answers, says whether Docker could start one. */
export async function findDashboards({
  effect,
  services,
  signal,
  dispatch,
}: Of<'find-dashboards'>): Promise<void> {
  const url = await services.findDashboards(effect.connection, signal);
  if (url !== undefined) return dispatch({ type: 'dashboards-found', url });
  dispatch({ type: 'dashboards-absent', docker: effect.docker && (await services.dockerAnswers(signal)) });
}

/** Starts a Dashboards for the local node. */
export function startDashboards(context: Of<'start-dashboards'>): Promise<void> {
  const { effect, services, signal, dispatch } = context;
  return attempt(context, 'dashboards-not-started', async () =>
    dispatch({ type: 'dashboards-started', url: await services.startDashboards(effect.nodeUrl, signal) }),
  );
}

/** Installs the dashboards of an index; their links come back. */
export function installDashboards(context: Of<'install-dashboards'>): Promise<void> {
  const { effect, services, signal, dispatch } = context;
  const { url, index, connection } = effect;
  return attempt(context, 'dashboards-failed', async () => {
    const links = await services.installDashboards({ url, index, connection }, signal);
    dispatch({ type: 'dashboards-installed', links });
  });
}
