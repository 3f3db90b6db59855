// One table of everything that can go wrong in a way a person can act on. `explain CODE`, the error panels,
// the plain sentences and the exit codes are all made from it.

/** The exit codes scripts rely on. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  unreachable: 3,
  signIn: 4,
  checkFailed: 5,
  indexExists: 6,
  incomplete: 7,
  interrupted: 130,
  terminated: 143,
} as const;

export interface ErrorSpec {
  /** One sentence in the present tense; `{name}` is filled from the error's values. */
  readonly sentence: string;
  /** What usually causes it. */
  readonly why: string;
  /** What a person can do, likeliest and safest first; one that ends in `{?name}` is only told when that value is given. */
  readonly actions: readonly string[];
  readonly exit: number;
}

const START_LOCAL = 'Start a local OpenSearch: incident-demo node start, or add --local to run';
const CHECK_ADDRESS = 'Check the address: --url http://host:port, or OPENSEARCH_URL';

export const ERRORS = {
  'connection-refused': {
    sentence: 'Nothing is listening on {address}',
    why: 'No program has this port open. OpenSearch is not running there, or it runs on another port or host.',
    actions: [START_LOCAL, CHECK_ADDRESS],
    exit: EXIT.unreachable,
  },
  'name-unknown': {
    sentence: 'The name {host} is not known',
    why: 'No name server and no hosts file knows this name: usually a typing error, or a VPN that is off.',
    actions: [CHECK_ADDRESS, START_LOCAL],
    exit: EXIT.unreachable,
  },
  'dns-failed': {
    sentence: 'The name server did not answer when asked for {host}',
    why: 'The machine has no network, or its name server is down. The name itself may be right.',
    actions: ['Check the network, then try again', 'Use the IP address in --url'],
    exit: EXIT.unreachable,
  },
  unreachable: {
    sentence: 'There is no way from here to {address}',
    why: 'The network refuses the route: a firewall, a VPN that is off, or a wrong address.',
    actions: [CHECK_ADDRESS, 'Check VPN and firewall'],
    exit: EXIT.unreachable,
  },
  'port-silent': {
    sentence: '{address} accepts the connection but does not answer within {seconds} s',
    why: 'A proxy or firewall holds the connection, or the cluster is overloaded or still starting.',
    actions: ['Try again in a moment', CHECK_ADDRESS],
    exit: EXIT.unreachable,
  },
  'connection-dropped': {
    sentence: '{address} closed the connection without an answer',
    why: 'Something between here and the cluster cuts connections, or the server stopped in the middle.',
    actions: ['Try again', CHECK_ADDRESS],
    exit: EXIT.unreachable,
  },
  'speaks-http': {
    sentence: '{address} speaks plain http, not https',
    why: 'The address begins with https, but the port answers without TLS.',
    actions: ['Use --url {otherUrl}'],
    exit: EXIT.unreachable,
  },
  'wants-https': {
    sentence: '{address} wants https',
    why: 'The port answers a TLS handshake, but the address begins with http.',
    actions: ['Use --url {otherUrl}'],
    exit: EXIT.unreachable,
  },
  'certificate-untrusted': {
    sentence: 'The certificate of {address} is not signed by an authority this machine trusts ({reason})',
    why: 'It is self-signed, or signed by an authority of your own. OpenSearch ships with such a demo certificate.',
    actions: [
      'Name the authority: --ca-file ca.pem',
      'Trust this one certificate: --fingerprint {fingerprint}',
      'For a demo only, skip the check for this run: --insecure',
    ],
    exit: EXIT.unreachable,
  },
  'certificate-name': {
    sentence: 'The certificate of {address} is for other names: {names}',
    why: 'The server is reached by a name that its certificate does not list.',
    actions: ['Use one of these names in --url', 'For a demo only, skip the check for this run: --insecure'],
    exit: EXIT.unreachable,
  },
  'certificate-changed': {
    sentence: '{address} shows another certificate than the one that is trusted',
    why: 'It was renewed, or something between here and there answers in its place. Trusted is {trusted}, shown is {fingerprint}.',
    actions: [
      'Ask who runs the cluster whether the certificate was renewed',
      'Then trust the new one: --fingerprint {fingerprint}',
    ],
    exit: EXIT.unreachable,
  },
  'certificate-expired': {
    sentence: 'The certificate of {address} is not valid at this time ({reason})',
    why: 'It has expired or is not valid yet, or the clock of this machine is wrong.',
    actions: ['Check the clock', 'Renew the certificate', 'For a demo only: --insecure'],
    exit: EXIT.unreachable,
  },
  'tls-failed': {
    sentence: 'The TLS handshake with {address} fails: {reason}',
    why: 'Client and server do not agree on how to encrypt, or the server asks for a client certificate.',
    actions: [CHECK_ADDRESS, 'Ask who runs the cluster what its TLS settings are'],
    exit: EXIT.unreachable,
  },
  'not-http': {
    sentence: 'Something that does not speak HTTP answers on {address}',
    why: 'Another service uses this port (the transport port 9300 is a common mix-up with 9200).',
    actions: [CHECK_ADDRESS, START_LOCAL],
    exit: EXIT.unreachable,
  },
  'not-opensearch': {
    sentence: '{address} answers, but it is not OpenSearch: {found}',
    why: 'The address leads to another product.',
    actions: [CHECK_ADDRESS, START_LOCAL],
    exit: EXIT.unreachable,
  },
  elasticsearch: {
    sentence: '{address} is Elasticsearch {version}, not OpenSearch',
    why: 'The OpenSearch client and this tool do not support Elasticsearch.',
    actions: [START_LOCAL, CHECK_ADDRESS],
    exit: EXIT.unreachable,
  },
  'dashboards-port': {
    sentence: '{address} is OpenSearch Dashboards, not OpenSearch',
    why: 'Dashboards usually listens on 5601 and OpenSearch on 9200 of the same host.',
    actions: ['Use --url {otherUrl}'],
    exit: EXIT.unreachable,
  },
  'cluster-starting': {
    sentence: 'The cluster at {address} is not ready yet (HTTP {status})',
    why: 'It has just started, it is overloaded, it has no elected manager node, or a proxy in front of it finds it down.',
    actions: ['Try again in a few seconds', 'Look at the log of the cluster'],
    exit: EXIT.unreachable,
  },
  'cluster-red': {
    sentence: 'The cluster at {address} is red: some primary shards are not assigned',
    why: 'A node is missing or a disk is full, so part of the data is out of reach.',
    actions: ['Look at GET _cluster/allocation/explain', START_LOCAL],
    exit: EXIT.unreachable,
  },
  'proxy-failed': {
    sentence: 'The proxy {proxy} does not lead to {address}: {reason}',
    why: 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY in the environment names this proxy for the address.',
    actions: [
      'Reach it without the proxy: NO_PROXY={host}',
      'Check the proxy, and whether it may connect there',
    ],
    exit: EXIT.unreachable,
  },
  'sign-in-missing': {
    sentence: '{address} asks for a user name and a password',
    why: 'The security plugin is on and no sign-in was given.',
    actions: ['Set --username and OPENSEARCH_PASSWORD (or --password-file)'],
    exit: EXIT.signIn,
  },
  'sign-in-refused': {
    sentence: '{address} refuses the user name or the password of {user}',
    why: 'One of them is wrong, or the user does not exist on this cluster.',
    actions: ['Check --username and OPENSEARCH_PASSWORD (or --password-file)'],
    exit: EXIT.signIn,
  },
  'aws-keys-missing': {
    sentence: 'Requests to {region} are to be signed, but there are no AWS keys',
    why: '--aws-region signs every request with the keys in the environment, and they are not set.',
    actions: ['Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary keys)'],
    exit: EXIT.signIn,
  },
  forbidden: {
    sentence: 'The user {user} may not do this on {address}: {action}',
    why: 'The sign-in is right, but the role lacks the right to do it.',
    actions: ['Use a user with the right to create and write the index {index}', 'Ask for that right'],
    exit: EXIT.signIn,
  },
  'writes-blocked': {
    sentence: 'The cluster refuses writing to {index}: {reason}',
    why: 'The index or the cluster is read-only; OpenSearch sets this itself when a disk is nearly full.',
    actions: ['Free disk space, then load again with --on-conflict append (nothing is doubled)'],
    exit: EXIT.incomplete,
  },
  'too-little-room': {
    sentence:
      'The data needs about {needed} on the disk ({documents} documents of {each} bytes), and only {free} can be written',
    why: 'A cluster stops all writing when its disks reach the flood-stage mark. Nothing was written.',
    actions: ['Keep fewer sessions: --sample {sample} or more', 'Make fewer days: --days', 'Free disk space'],
    exit: EXIT.usage,
  },
  'index-exists': {
    sentence: 'The index {index} exists already ({documents} documents, {origin})',
    why: 'An earlier run, or somebody else, made it. Nothing was written.',
    actions: [
      'Load beside it: --on-conflict new{?alone}',
      'Add to it (the same seed adds nothing twice): --on-conflict append{?fits}',
      'Delete it and load afresh: --on-conflict replace{?ours}{?alone}',
      'Delete it once, then load every part: incident-demo clean --index {index}{?ours}{?parts}',
      'Choose another name: --index NAME',
    ],
    exit: EXIT.indexExists,
  },
  'index-not-ours': {
    sentence: 'The index {index} was not made by this tool, so it is not deleted',
    why: 'Its mapping carries no _meta of incident-demo.',
    actions: [
      'Choose another name: --index NAME',
      'Delete it in the wizard, which asks for its name to be typed',
    ],
    exit: EXIT.indexExists,
  },
  'index-remade': {
    sentence:
      'The index {index} was deleted to be replaced, and another program made it again before this one could',
    why: 'Something writes to it: a cluster makes an index by itself for documents that arrive. This run loaded nothing.',
    actions: ['Stop what writes to {index}, then run this again', 'Choose another name: --index NAME'],
    exit: EXIT.indexExists,
  },
  'index-shared': {
    sentence: 'The index {index} was not made by this run, so it is not deleted',
    why: 'The run only added to what was there, and its documents cannot be told from the others.',
    actions: ['Remove the whole index, if it was made by this tool: incident-demo clean --index {index}'],
    exit: EXIT.indexExists,
  },
  'mapping-differs': {
    sentence: 'The index {index} has other fields than this data: {differences}',
    why: 'It was made with another mapping, so the documents would be refused or not found by the checks.',
    actions: ['Load beside it: --on-conflict new{?alone}', 'Choose another name: --index NAME'],
    exit: EXIT.indexExists,
  },
  'index-missing': {
    sentence: 'There is no index {index} at {address}',
    why: 'It was never loaded there, or it was removed.',
    actions: ['Load it: incident-demo run', 'Check --index and --url'],
    exit: EXIT.usage,
  },
  'index-name': {
    sentence: '"{index}" cannot be the name of an index: {reason}',
    why: 'OpenSearch wants lower-case names without spaces, commas, wildcards or a leading _ - + or dot.',
    actions: ['Choose another name: --index NAME'],
    exit: EXIT.usage,
  },
  'not-a-run': {
    sentence: 'The index {index} does not say which run made it',
    why: 'Checks need the plan of the run, which this tool keeps in the _meta of the index it makes.',
    actions: ['Name an index made by this tool: --index NAME', 'Load one: incident-demo run'],
    exit: EXIT.usage,
  },
  usage: {
    sentence: '{problem}',
    why: 'The command line has something this tool does not know.',
    actions: ['See incident-demo --help'],
    exit: EXIT.usage,
  },
  parameter: {
    sentence: '{flag}: {problem}',
    why: 'The value is outside what the parameter allows.',
    actions: ['See incident-demo --help for what each flag takes'],
    exit: EXIT.usage,
  },
  preset: {
    sentence: 'The preset {file} is not valid: {problem}',
    why: 'A preset file follows presets/preset.schema.json.',
    actions: ['Mend the field named above', 'Start from one of the files in presets/'],
    exit: EXIT.usage,
  },
  'answer-missing': {
    sentence: 'There is no terminal to ask on, and {what} is not given',
    why: 'The wizard needs a terminal; without one every answer comes from flags or the environment.',
    actions: ['{example}'],
    exit: EXIT.usage,
  },
  'file-unreadable': {
    sentence: 'The file {file} cannot be read: {reason}',
    why: 'It does not exist, or this user may not read it.',
    actions: ['Check the path'],
    exit: EXIT.usage,
  },
  'log-unwritable': {
    sentence: 'The log file {file} cannot be written: {reason}',
    why: 'Its folder does not exist, this user may not write there, or the disk is full.',
    actions: ['Name another file: --log-file FILE'],
    exit: EXIT.usage,
  },
  'output-unwritable': {
    sentence: 'The folder {folder} cannot be written: {reason}',
    why: 'This user may not write there, a file is in the way, or the disk is full.',
    actions: ['Choose another folder: --output-dir DIR'],
    exit: EXIT.usage,
  },
  'stdout-unwritable': {
    sentence: 'Standard output cannot be written: {reason}',
    why: 'It leads to a file on a full disk, or to a device that takes nothing; what was written there is cut short.',
    actions: [
      'Free disk space, or lead it elsewhere',
      'Write files in place of it: generate --output-dir DIR',
    ],
    exit: EXIT.usage,
  },
  'state-unwritable': {
    sentence: 'The folder {folder}, where runs are remembered, cannot be written: {reason}',
    why: 'This user may not write there, a file is in the way, or the disk is full. Nothing was loaded.',
    actions: ['Name another place: XDG_STATE_HOME=DIR'],
    exit: EXIT.usage,
  },
  'data-file': {
    sentence: '{file}, line {line}: {problem}',
    why: 'The file was changed or cut after it was generated.',
    actions: ['Generate it again: incident-demo generate'],
    exit: EXIT.usage,
  },
  'nothing-refused': {
    sentence: 'The file {file} holds no documents, so nothing was sent',
    why: 'It is empty, or all of its documents were taken before.',
    actions: ['Check what is in the index: incident-demo validate', 'Check the path'],
    exit: EXIT.usage,
  },
  'run-unknown': {
    sentence: 'There is no unfinished run {id} to go on with',
    why: 'It finished, it was removed, or it was made under another user.',
    actions: ['Start a new one: incident-demo run'],
    exit: EXIT.usage,
  },
  'run-damaged': {
    sentence: 'The record of run {id} is damaged, so it cannot be gone on with: {file}, {problem}',
    why: 'The file was changed, or lost on a disk that was full or failed. What the run has loaded is still in its index.',
    actions: [
      'Load what is missing: the same run again with its --seed and --now, and --on-conflict append (nothing is doubled)',
      'Go on with the other unfinished run: --resume {other}',
      'Remove the folder of that file, so that the run is forgotten',
    ],
    exit: EXIT.usage,
  },
  'java-missing': {
    sentence: 'A local OpenSearch needs Java 21 or newer; {found}',
    why: 'OpenSearch 3 runs on Java 21 and newer.',
    actions: [
      'Install a JDK of 21 or newer, or set OPENSEARCH_JAVA_HOME to one',
      'With Docker: {docker}',
      CHECK_ADDRESS,
    ],
    exit: EXIT.unreachable,
  },
  'maven-missing': {
    sentence: 'A local OpenSearch is fetched with Maven, and mvn is not on the path',
    why: 'The OpenSearch jars come from Maven Central the first time.',
    actions: ['Install Maven', 'With Docker: {docker}', CHECK_ADDRESS],
    exit: EXIT.unreachable,
  },
  'maven-failed': {
    sentence: 'Maven could not fetch the OpenSearch jars: {reason}',
    why: 'No network, a proxy in the way, or no room on the disk.',
    actions: ['Check the network and try again', 'With Docker: {docker}'],
    exit: EXIT.unreachable,
  },
  'node-failed': {
    sentence: 'The local OpenSearch did not start: {reason}',
    why: 'The last lines of its log say more: {log}',
    actions: ['Free memory (it needs about 1.5 GB), then try again', 'With Docker: {docker}'],
    exit: EXIT.unreachable,
  },
  'load-incomplete': {
    sentence: '{acknowledged} of {planned} documents are in {index}: {reason}',
    why: 'The cluster refused documents or stopped answering, or somebody deleted the index. What is in it is kept.',
    actions: [
      'Go on: {resume}',
      'Refused documents and their reasons: {refusedFile}',
      'Send those again once the index takes them: {refusedCommand}',
    ],
    exit: EXIT.incomplete,
  },
  'checks-failed': {
    sentence: '{failed} of {total} checks failed',
    why: 'The data in the index is not what the plan says: something else wrote to it, or the load is not complete.',
    actions: [
      'Load the parts that are missing, each with its --part i/{parts} (what is there is not doubled){?missing}',
      'Add what is missing (the same seed and --now add nothing twice): --on-conflict append{?missing}{?whole}',
      'Load afresh: --on-conflict replace{?whole}',
      'Delete it once, then load all {parts} parts: incident-demo clean --index {index}{?changed}',
      'Look at each failed check: expected and found',
    ],
    exit: EXIT.checkFailed,
  },
  cancelled: {
    sentence: 'Stopped; {kept}',
    why: 'You asked for it.',
    actions: ['{resume}'],
    exit: EXIT.interrupted,
  },
  terminated: {
    sentence: 'Stopped by a signal; {kept}',
    why: 'Another program asked this one to end (SIGTERM).',
    actions: ['{resume}'],
    exit: EXIT.terminated,
  },
  'request-failed': {
    sentence: 'OpenSearch refuses {request}: {reason}',
    why: 'The answer of the cluster is given above.',
    actions: ['Look at the log of the cluster', 'incident-demo doctor'],
    exit: EXIT.unexpected,
  },
  'node-version': {
    sentence: 'Node {found} is too old: incident-demo needs Node {wanted}',
    why: 'It uses parts of Node that older versions lack.',
    actions: ['Install a current Node', 'In a clone of the repository, npm start brings its own'],
    exit: EXIT.usage,
  },
  unexpected: {
    sentence: 'Something went wrong that should not: {reason}',
    why: 'This is a defect in incident-demo.',
    actions: ['Run it again with --log-file FILE and report what it says'],
    exit: EXIT.unexpected,
  },
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERRORS;
export type ErrorValues = Readonly<Record<string, string | number>>;

/** Fills `{name}` in a template from values; an unknown name and every `{?name}` is left out. */
function fill(template: string, values: ErrorValues): string {
  return template.replace(/\{(\??)(\w+)\}/g, (_, condition: string, name: string) =>
    condition ? '' : String(values[name] ?? ''),
  );
}

/** Numbers as they are read in a sentence; that of a line is looked for in an editor, which wants it plain. */
function grouped(values: ErrorValues): ErrorValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && name !== 'line' ? value.toLocaleString('en-US') : value,
    ]),
  );
}

/** An error a person can act on. Its code leads to the sentence, the reason, the actions and the exit code. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly values: ErrorValues;

  constructor(code: ErrorCode, values: ErrorValues = {}, options: { cause?: unknown } = {}) {
    super(fill(ERRORS[code].sentence, grouped(values)), options);
    this.name = 'AppError';
    this.code = code;
    this.values = values;
  }

  get spec(): ErrorSpec {
    return ERRORS[this.code];
  }

  get exit(): number {
    return this.spec.exit;
  }

  /** What happened, why, and what can be done; an action whose values are not known is left out. */
  explain(): { sentence: string; why: string; actions: string[] } {
    const isKnown = (name: string) => (this.values[name] ?? '') !== '';
    const actions = this.spec.actions
      .filter((action) => [...action.matchAll(/\{\??(\w+)\}/g)].every(([, name = '']) => isKnown(name)))
      .map((action) => fill(action, this.values));
    return { sentence: this.message, why: fill(this.spec.why, this.values), actions };
  }
}

/** What the command line cannot mean, in one sentence without its full stop. */
export const usage = (problem: string) => new AppError('usage', { problem });

/** Any thrown value as an AppError; what is not one becomes `unexpected`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('unexpected', { reason }, { cause: error });
}
