// The way to an OpenSearch for a machine without Java or Maven.

/** Starts a single node on plain HTTP without sign-in, reachable from this machine only. */
export const DOCKER_LINE =
  'docker run --rm -p 127.0.0.1:9200:9200 -e discovery.type=single-node -e DISABLE_SECURITY_PLUGIN=true ' +
  '-e DISABLE_INSTALL_DEMO_CONFIG=true opensearchproject/opensearch:3.5.0';
