// The connection ladder in words.
import { type LadderStep, PROBE_TIMEOUT_MS, RUNGS, type Rung } from '../../core/cluster/types.ts';
import type { AppError } from '../../errors/app-error.ts';
import type { Settings } from '../../options/settings.ts';
import { plainText } from '../../text/plain-text.ts';
import type { ConnectionState } from '../../wizard/connection-state.ts';
import type { WizardState } from '../../wizard/state.ts';

export type MarkName = 'ok' | 'failed' | 'care' | 'busy' | 'skipped' | 'open';

export interface LadderRow {
  readonly rung: Rung;
  readonly name: string;
  readonly mark: MarkName;
  readonly detail: string;
}

const NAMES: Readonly<Record<Rung, string>> = {
  name: 'DNS',
  port: 'port',
  tls: 'TLS',
  trust: 'trust',
  'sign-in': 'auth',
  product: 'product',
  rights: 'permissions',
  space: 'disk',
};
const MARKS = { checking: 'busy', ok: 'ok', failed: 'failed', skipped: 'skipped' } as const;

/** All rungs in order; those not reached yet are `open`. */
export function ladderRows(rungs: readonly LadderStep[]): readonly LadderRow[] {
  const known = new Map(rungs.map((rung) => [rung.rung, rung]));
  return RUNGS.map((rung) => {
    const step = known.get(rung);
    return {
      rung,
      name: NAMES[rung],
      mark: step ? MARKS[step.state] : 'open',
      detail: plainText(step?.detail ?? ''),
    };
  });
}

/** What is to come, said the first time; and where the first answers come from. The last sentence matters most. */
export function introduction({ remembered, step }: WizardState): readonly string[] {
  // The command `live` asks for nothing to confirm.
  if (step.name === 'live') return [];
  if (remembered) return ['Using your last settings. Nothing is written until you confirm on Review.'];
  return [
    'Choose incidents, preview them, load the data, and verify it with queries.',
    'Nothing is written until you confirm on Review.',
  ];
}

/** What a ladder that holds has found: `OpenSearch 3.5.0, cluster demo`. */
export function productWords(connection: ConnectionState): string {
  if (connection.state !== 'up') return '';
  return plainText(connection.rungs.find(({ rung }) => rung === 'product')?.detail ?? '');
}

/** Whose word about the certificate counts. */
export function trustWords({ insecure, fingerprint }: Settings): string {
  if (insecure) return 'not verified (this run only)';
  return fingerprint ? `only SHA-256 ${fingerprint.slice(0, 23)}…` : 'verified';
}

/** That no authority vouches for the cluster; empty when one does, or when nothing is encrypted anyway. */
export function insecureWords({ answers: { settings } }: WizardState): string {
  const skipped = settings.insecure && !settings.local && settings.url.startsWith('https:');
  return skipped ? 'The certificate is not verified: any server could be answering' : '';
}

/** One sentence about the connection; `waitedMs` is how long its present rung has been tried. */
export function connectionSentence(connection: ConnectionState, waitedMs = 0): string {
  switch (connection.state) {
    case 'unreadable':
      return reasonWords(connection.error);
    case 'idle':
      return connection.rungs.some(({ rung }) => rung === 'trust')
        ? 'Reachable; press Enter to sign in'
        : 'Not checked yet; press Enter to connect';
    case 'climbing': {
      const rung = connection.rungs.findLast(({ state }) => state === 'checking')?.rung;
      return `Connecting${rung ? `: ${NAMES[rung]}` : ''}${waitedWords(waitedMs)}`;
    }
    case 'up':
      return 'Connected and ready';
    case 'down':
      return plainText(connection.error.message);
  }
}

/** The sentence of an error; about a value only what is wrong with it, without the name of its flag. */
export function reasonWords(error: AppError): string {
  const { problem } = error.values;
  return plainText(error.code === 'parameter' && problem !== undefined ? String(problem) : error.message);
}

/** Nothing within the first second, then the seconds, then that it is still waited for. */
function waitedWords(waitedMs: number): string {
  const seconds = Math.floor(waitedMs / 1000);
  if (seconds < 1) return ' …';
  return seconds < 3 ? ` … ${seconds} s` : ` … still waiting, ${seconds} s of ${PROBE_TIMEOUT_MS / 1000} s`;
}

/** An address that is typed with a sign-in: it is refused, and its password is not shown either. */
export const withoutSignIn = (text: string): string =>
  text.replace(
    /^([a-z]+:\/\/)?(.*)@/is,
    (_, scheme = '', signIn = '') => `${scheme}${'*'.repeat([...signIn].length)}@`,
  );
