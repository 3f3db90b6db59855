// For a node that runs for a minute or two: code that is compiled for speed would not pay for its compiling any more.

/** The options of such a JVM. */
export const SHORT_LIVED = '-XX:TieredStopAtLevel=1';

/** The environment in which the local node starts so. */
export const shortLived = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  JAVA_TOOL_OPTIONS: [env['JAVA_TOOL_OPTIONS'], SHORT_LIVED].filter(Boolean).join(' '),
});
