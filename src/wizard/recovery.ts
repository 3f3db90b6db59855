// What can be done about each error, as actions that the wizard carries out itself; likeliest and safest first.
import { DOCKER_LINE } from '../core/local-node/release.ts';
import { type AppError, ERRORS, type ErrorCode } from '../errors/app-error.ts';

export type RecoveryId =
  | 'start-node'
  | 'edit-address'
  | 'again'
  | 'wait'
  | 'other-url'
  | 'insecure'
  | 'trust'
  | 'ca-file'
  | 'sign-in'
  | 'copy-docker'
  | 'copy-curl'
  | 'resume'
  | 'review'
  | 'look-again'
  | 'keep-waiting'
  | 'fewer-senders'
  | 'stop'
  | 'forget'
  | 'tune'
  | 'query'
  | 'details';

export interface Recovery {
  readonly id: RecoveryId;
  readonly label: string;
  /** What to know before choosing it. */
  readonly hint: string;
  /** Text that goes to the clipboard instead of an action. */
  readonly copy?: string;
}

/** How often a cluster that is starting is asked again. */
export const WAIT_MS = 4000;

const CONNECTION: Partial<Record<ErrorCode, readonly RecoveryId[]>> = {
  'connection-refused': ['start-node', 'edit-address', 'wait', 'details', 'copy-docker'],
  'name-unknown': ['edit-address', 'start-node', 'again', 'details'],
  'dns-failed': ['again', 'edit-address', 'start-node', 'details'],
  unreachable: ['edit-address', 'start-node', 'wait', 'details'],
  'port-silent': ['wait', 'edit-address', 'start-node', 'copy-curl', 'details'],
  'connection-dropped': ['again', 'edit-address', 'start-node', 'copy-curl', 'details'],
  'speaks-http': ['other-url', 'edit-address', 'details'],
  'wants-https': ['other-url', 'edit-address', 'details'],
  'dashboards-port': ['other-url', 'edit-address', 'start-node', 'details'],
  'certificate-untrusted': ['trust', 'ca-file', 'insecure', 'edit-address', 'details'],
  'certificate-name': ['edit-address', 'insecure', 'start-node', 'details'],
  'certificate-changed': ['edit-address', 'trust', 'ca-file', 'start-node', 'details'],
  'certificate-expired': ['again', 'insecure', 'edit-address', 'details'],
  'tls-failed': ['edit-address', 'again', 'start-node', 'details'],
  'not-http': ['edit-address', 'start-node', 'copy-curl', 'details'],
  'not-opensearch': ['edit-address', 'start-node', 'copy-curl', 'details'],
  elasticsearch: ['start-node', 'edit-address', 'details'],
  'cluster-starting': ['wait', 'edit-address', 'start-node', 'details'],
  'cluster-red': ['again', 'start-node', 'edit-address', 'copy-curl', 'details'],
  'sign-in-missing': ['sign-in', 'edit-address', 'start-node', 'details'],
  'sign-in-refused': ['sign-in', 'edit-address', 'start-node', 'details'],
  forbidden: ['sign-in', 'edit-address', 'start-node', 'details'],
  'file-unreadable': ['ca-file', 'edit-address', 'start-node', 'details'],
  'writes-blocked': ['again', 'start-node', 'edit-address', 'details'],
};

const NODE: readonly RecoveryId[] = ['start-node', 'copy-docker', 'edit-address', 'details'];

const RUN: Partial<Record<ErrorCode, readonly RecoveryId[]>> = {
  'index-exists': ['look-again', 'review', 'details'],
  'index-not-ours': ['look-again', 'review', 'details'],
  'index-remade': ['look-again', 'review', 'details'],
  'too-little-room': ['tune', 'resume', 'edit-address', 'details'],
};

/** What can be done when the ladder ends at this error. */
export function connectionRecoveries(error: AppError, url: string): readonly Recovery[] {
  const ids = CONNECTION[error.code] ?? ['again', 'edit-address', 'start-node', 'details'];
  return ids.map((id) => recovery(id, { otherUrl: String(error.values['otherUrl'] ?? ''), url }));
}

/** What can be done when the local node does not start. */
export function nodeRecoveries(): readonly Recovery[] {
  return NODE.map((id) => (id === 'start-node' ? { id, label: 'Try again', hint: '' } : recovery(id)));
}

/** What can be done when looking at the index fails. */
export function indexRecoveries(): readonly Recovery[] {
  return [recovery('look-again'), recovery('edit-address'), recovery('details')];
}

/** What can be done about a cluster that has said nothing for long. */
export function silentRecoveries(): readonly Recovery[] {
  return (['keep-waiting', 'fewer-senders', 'stop', 'details'] as const).map((id) => recovery(id));
}

/** What can be done about a check that failed; its query as a command is copied. */
export function checkRecoveries(curl: string): readonly Recovery[] {
  return [
    { id: 'again', label: 'Ask every check again', hint: '' },
    recovery('query'),
    { id: 'copy-curl', label: 'Copy the query as a curl command', hint: '', copy: curl },
    { id: 'review', label: 'Back to Review', hint: 'to load afresh, or into another index' },
    recovery('details'),
  ];
}

/** What can be done when what an unfinished run loaded cannot be removed. */
export function removeRecoveries({ code }: AppError): readonly Recovery[] {
  const ids: readonly RecoveryId[] =
    code === 'index-shared' ? ['forget', 'details'] : ['again', 'forget', 'details'];
  return ids.map((id) => recovery(id));
}

/** What can be done when what this run made cannot be removed. */
export function keptRecoveries(): readonly Recovery[] {
  return (['again', 'details'] as const).map((id) => recovery(id));
}

/** What can be done when a run ends without success. */
export function runRecoveries(code: string, acknowledged: number): readonly Recovery[] {
  const ids = RUN[code as ErrorCode] ?? ['resume', 'review', 'details'];
  return ids.map((id) =>
    id === 'resume' && acknowledged === 0 ? { id, label: 'Try again', hint: '' } : recovery(id),
  );
}

function recovery(id: RecoveryId, { otherUrl = '', url = '' } = {}): Recovery {
  const { label, hint, copy } = WORDS[id]({ otherUrl, url });
  return { id, label, hint: hint ?? '', ...(copy === undefined ? {} : { copy }) };
}

type Words = (values: { otherUrl: string; url: string }) => { label: string; hint?: string; copy?: string };

const WORDS: Readonly<Record<RecoveryId, Words>> = {
  'start-node': () => ({
    label: 'Start a local OpenSearch',
    hint: 'about 10 s; the first time it is fetched',
  }),
  'edit-address': () => ({ label: 'Change the address' }),
  again: () => ({ label: 'Try again' }),
  wait: () => ({ label: `Try again every ${WAIT_MS / 1000} s`, hint: 'a cluster that is starting' }),
  'other-url': ({ otherUrl }) => ({ label: `Use ${otherUrl}` }),
  insecure: () => ({ label: 'Do not check the certificate', hint: 'for a demo only, for this run only' }),
  trust: () => ({ label: 'Trust this one certificate', hint: 'compare its SHA-256 first' }),
  'ca-file': () => ({ label: 'Name the authority that signed it', hint: 'a CA file in PEM' }),
  'sign-in': () => ({ label: 'Sign in' }),
  'copy-docker': () => ({ label: 'Copy a docker command that starts one', copy: DOCKER_LINE }),
  'copy-curl': ({ url }) => ({ label: 'Copy a curl command that asks it', copy: `curl -v ${url}` }),
  resume: () => ({ label: 'Go on loading', hint: 'adds only what is missing' }),
  review: () => ({ label: 'Back to Review' }),
  'look-again': () => ({ label: 'Look at the index again' }),
  'keep-waiting': () => ({ label: 'Keep waiting', hint: 'a batch is sent again until it is answered' }),
  'fewer-senders': () => ({
    label: 'Keep waiting, with fewer senders',
    hint: 'for a cluster that is overloaded',
  }),
  stop: () => ({ label: 'Stop, and keep what is loaded', hint: 'the rest can follow' }),
  query: () => ({ label: 'Show the query, for Dev Tools' }),
  tune: () => ({ label: 'Make the data smaller', hint: 'fewer days, or fewer sessions' }),
  forget: () => ({ label: 'Forget the run', hint: 'what it loaded stays' }),
  details: () => ({ label: 'Show the details' }),
};

/** The reason an error of this code usually has; empty when it needs values that are not at hand. */
export function usualReason(code: string): string {
  const why = code in ERRORS ? ERRORS[code as ErrorCode].why : '';
  return why.includes('{') ? '' : why;
}
