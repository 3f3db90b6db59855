// Errors while working: the local node, the load, the checks, a stop, and our own bugs.
import { CHECK_ADDRESS, type ErrorEntry } from './entry.ts';
import { EXIT } from './exit.ts';

export const RUN_ERRORS = {
  'java-missing': {
    sentence: 'A local OpenSearch needs Java 21 or newer; {found}',
    why: 'OpenSearch 3 runs on Java 21 and newer.',
    actions: ({ docker }) => [
      'Install JDK 21 or newer, or set OPENSEARCH_JAVA_HOME to one',
      docker && `With Docker: ${docker}`,
      CHECK_ADDRESS,
    ],
    exit: EXIT.unreachable,
  },
  'maven-missing': {
    sentence: 'A local OpenSearch is downloaded with Maven, and mvn is not on the PATH',
    why: 'The first start downloads the OpenSearch jars from Maven Central.',
    actions: ({ docker }) => ['Install Maven', docker && `With Docker: ${docker}`, CHECK_ADDRESS],
    exit: EXIT.unreachable,
  },
  'maven-failed': {
    sentence: 'Maven could not download the OpenSearch jars: {reason}',
    why: 'There is no network, a proxy is in the way, or the disk is full.',
    actions: ({ docker }) => ['Check the network and try again', docker && `With Docker: ${docker}`],
    exit: EXIT.unreachable,
  },
  'jar-mismatch': {
    sentence: 'Maven delivered a {jar} whose SHA-256 is not the expected one',
    why: "It was changed on its way, or the copy in Maven's local repository is damaged. It is not used.",
    actions: ({ jar, docker }) => [
      jar && `Delete ${jar} from ~/.m2/repository and try again`,
      docker && `With Docker: ${docker}`,
    ],
    exit: EXIT.unreachable,
  },
  'node-failed': {
    sentence: 'The local OpenSearch did not start: {reason}',
    why: 'The last lines of its log: {log}',
    actions: ({ docker, folder }) => [
      folder && 'Choose a place that only you can write: XDG_STATE_HOME=DIR and XDG_CACHE_HOME=DIR',
      (!folder || folder === 'FOLDER') && 'Free memory (it needs up to 2.5 GB), then try again',
      docker && `With Docker: ${docker}`,
    ],
    exit: EXIT.unreachable,
  },
  'load-incomplete': {
    sentence: '{acknowledged} of {planned} documents are in {index}: {reason}',
    why: 'The cluster rejected documents or stopped answering, or the index was deleted. What is in it is kept.',
    actions: ({ resume, refusedFile, refusedCommand }) => [
      resume && `Resume: ${resume}`,
      refusedFile && `Rejected documents and their reasons: ${refusedFile}`,
      refusedCommand && `Retry them once the index accepts them: ${refusedCommand}`,
    ],
    exit: EXIT.incomplete,
  },
  'checks-failed': {
    sentence: '{failed} of {total} checks failed',
    why: 'The data in the index does not match the plan: something else wrote to it, or the load is incomplete.',
    actions: ({ index, missing, changed, whole, parts }) => [
      missing && parts && `Load the missing parts, each with its --part i/${parts} (nothing is duplicated)`,
      missing &&
        whole &&
        'Add what is missing (the same seed and --now duplicate nothing): --on-conflict append',
      whole && 'Load again from scratch: --on-conflict replace',
      changed &&
        parts &&
        `Delete it once, then load all ${parts} parts: incident-demo clean --index ${index}`,
      'Compare what each failed check expected and found',
    ],
    exit: EXIT.checkFailed,
  },
  'live-running': {
    sentence: 'The index {index} is live already: another process keeps run {id} going',
    why: 'One process at a time writes what happens now.',
    actions: ({ index }) => [
      index && `See what it does: incident-demo live status --index ${index}`,
      'Stop it with q in its window, Ctrl+C or SIGTERM, then try again',
    ],
    exit: EXIT.usage,
  },
  'live-not-running': {
    sentence: ({ index }) =>
      index === undefined
        ? 'No shop is live on this machine'
        : `The index ${index} is not live on this machine`,
    why: 'start, stop and status speak to a live that is running, as the same user.',
    actions: () => ['Start one in another window: incident-demo live'],
    exit: EXIT.unreachable,
  },
  'live-unknown': {
    sentence: ({ id }) =>
      id ? `There is no killed live shop ${id} to resume` : 'There is no killed live shop to resume',
    why: 'One that was stopped with q, Ctrl+C or a signal left nothing unfinished.',
    actions: () => ['Go on in its index: incident-demo live --index NAME'],
    exit: EXIT.usage,
  },
  'live-several': {
    sentence: 'More than one index is live: {indexes}',
    why: '',
    actions: () => ['Name the one you mean: --index NAME'],
    exit: EXIT.usage,
  },
  'live-incomplete': {
    sentence: 'The index {index} holds {found} of the {documents} documents of its run',
    why: 'A live shop goes on from a past that is whole.',
    actions: ({ parts, index }) => [
      parts === true
        ? 'Load the parts that are missing: incident-demo run --part i/n'
        : 'Finish the load: incident-demo run --resume',
      index && `See what is missing: incident-demo validate --index ${index}`,
      'Or let it make an index of its own: another --index',
    ],
    exit: EXIT.checkFailed,
  },
  'live-refused': {
    sentence: '{reason}',
    why: '',
    actions: () => ['See what is running: incident-demo live status'],
    exit: EXIT.usage,
  },
  cancelled: {
    sentence: 'Stopped; {kept}',
    why: 'You stopped it.',
    actions: ({ resume }) => [resume && String(resume)],
    exit: EXIT.interrupted,
  },
  terminated: {
    sentence: 'Stopped by a signal; {kept}',
    why: 'Another program ended this one (SIGTERM).',
    actions: ({ resume }) => [resume && String(resume)],
    exit: EXIT.terminated,
  },
  'request-failed': {
    sentence: 'OpenSearch rejected {request}: {reason}',
    why: 'The reason is the answer of the cluster.',
    actions: ({ advice }) => [
      advice && String(advice),
      'Check the log of the cluster',
      'Check the connection: incident-demo doctor',
    ],
    exit: EXIT.unexpected,
  },
  unexpected: {
    sentence: 'Internal error: {reason}',
    why: 'This is a bug in incident-demo.',
    actions: () => ['Run it again with --log-file FILE and report what the file says'],
    exit: EXIT.unexpected,
  },
} as const satisfies Record<string, ErrorEntry>;
