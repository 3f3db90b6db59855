// What the wizard offers about an error: which ways out there are stands in the error's entry, their words stand here.
import { DOCKER_LINE } from '../core/local-node/release.ts';
import { type AppError, recoveriesFor } from '../errors/app-error.ts';
import type { RecoveryId } from '../errors/entry.ts';

export interface Recovery {
  readonly id: RecoveryId;
  readonly label: string;
  /** What to know before choosing it. */
  readonly hint: string;
  /** Text that goes to the clipboard instead of an action. */
  readonly copy?: string;
}

/** Time between two attempts while a cluster starts, ms. */
export const WAIT_MS = 4000;

/** What can be done when the ladder ends at this error. */
export function connectionRecoveries(error: AppError, url: string): readonly Recovery[] {
  const values = { otherUrl: String(error.values['otherUrl'] ?? ''), url };
  return recoveriesFor(error.code, 'connect').map((id) => recovery(id, values));
}

const TRY_AGAIN = { label: 'Try again', hint: '' };

/** What can be done when the local node does not start. */
export function nodeRecoveries({ code }: AppError): readonly Recovery[] {
  return recoveriesFor(code, 'node').map((id) => (id === 'start-node' ? { id, ...TRY_AGAIN } : recovery(id)));
}

/** What can be done when the index cannot be inspected. */
export function indexRecoveries({ code }: AppError): readonly Recovery[] {
  return recoveriesFor(code, 'index').map((id) => recovery(id));
}

/** What can be done about a cluster that has not answered for a long time. */
export function silentRecoveries(): readonly Recovery[] {
  return (['keep-waiting', 'fewer-senders', 'stop', 'details'] as const).map((id) => recovery(id));
}

/** What can be done about a failed check. @param curl its query as a command, to be copied. */
export function checkRecoveries(curl: string): readonly Recovery[] {
  return [
    { id: 'again', label: 'Run all checks again', hint: '' },
    recovery('query'),
    { id: 'copy-curl', label: 'Copy the query as a curl command', hint: '', copy: curl },
    { id: 'review', label: 'Back to Review', hint: 'to load again, or into another index' },
    recovery('details'),
  ];
}

/** What can be done when the documents of an unfinished run cannot be removed. */
export function removeRecoveries({ code }: AppError): readonly Recovery[] {
  return recoveriesFor(code, 'remove').map((id) => recovery(id));
}

/** What can be done when the documents of this run cannot be removed. */
export function keptRecoveries({ code }: AppError): readonly Recovery[] {
  return recoveriesFor(code, 'remove-own').map((id) => recovery(id));
}

/** What can be done when a run ends without success. */
export function runRecoveries(code: string, acknowledged: number): readonly Recovery[] {
  return recoveriesFor(code, 'run').map((id) =>
    id === 'resume' && acknowledged === 0 ? { id, ...TRY_AGAIN } : recovery(id),
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
    hint: 'about 10 s; downloaded on first use',
  }),
  'edit-address': () => ({ label: 'Change the address' }),
  again: () => ({ label: 'Try again' }),
  wait: () => ({ label: `Try again every ${WAIT_MS / 1000} s`, hint: 'a cluster that is starting' }),
  'other-url': ({ otherUrl }) => ({ label: `Use ${otherUrl}` }),
  insecure: () => ({ label: 'Skip the certificate check', hint: 'for a demo only, for this run only' }),
  trust: () => ({ label: 'Trust this one certificate', hint: 'compare its SHA-256 first' }),
  'allow-http': () => ({
    label: 'Send it over plain http',
    hint: 'others on the network can read it',
  }),
  'ca-file': () => ({ label: 'Trust the CA that signed it', hint: 'a CA file in PEM' }),
  'sign-in': () => ({ label: 'Sign in' }),
  'copy-docker': () => ({ label: 'Copy a docker command that starts one', copy: DOCKER_LINE }),
  'copy-curl': ({ url }) => ({ label: 'Copy a curl command that tests it', copy: `curl -v ${url}` }),
  resume: () => ({ label: 'Resume loading', hint: 'adds only what is missing' }),
  review: () => ({ label: 'Back to Review' }),
  'look-again': () => ({ label: 'Check the index again' }),
  'keep-waiting': () => ({ label: 'Keep waiting', hint: 'a batch is retried until the cluster answers' }),
  'fewer-senders': () => ({
    label: 'Keep waiting with fewer workers',
    hint: 'for an overloaded cluster',
  }),
  stop: () => ({ label: 'Stop and keep what is loaded', hint: 'you can resume later' }),
  query: () => ({ label: 'Show the query for Dev Tools' }),
  tune: () => ({ label: 'Make the data smaller', hint: 'fewer days, or fewer sessions' }),
  forget: () => ({ label: 'Forget the run', hint: 'its documents stay in the index' }),
  details: () => ({ label: 'Show the details' }),
};
