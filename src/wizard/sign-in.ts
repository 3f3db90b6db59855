// How one signs in: the kinds that Connect offers, their fields, and what typing one does to the others.
import { AppError, asAppError } from '../errors/app-error.ts';
import { bearerToken } from '../options/connection.ts';
import type { Settings } from '../options/settings.ts';
import { parseUrls } from '../options/values.ts';
import type { Answers } from './answers.ts';
import type { WizardState } from './state.ts';
import type { ConnectField, SignInKind } from './steps.ts';

const FIELDS: Readonly<Record<SignInKind, readonly [ConnectField, ...ConnectField[]]>> = {
  user: ['username', 'password'],
  token: ['token'],
  certificate: ['clientCert', 'clientKey', 'keyPassphrase'],
};

/** The fields of a kind, the first one first. */
export const fieldsOfKind = (kind: SignInKind) => FIELDS[kind];

/** The kind whose fields are in view: the one that was asked for, else that of what is known. */
export function signInKind({ step, answers: { token, settings } }: WizardState): SignInKind {
  if (step.name === 'connect' && step.kind) return step.kind;
  if (token !== undefined) return 'token';
  return settings.clientCert !== undefined && settings.username === undefined ? 'certificate' : 'user';
}

const usesTls = ({ answers }: WizardState) => answers.address.trim().toLowerCase().startsWith('https:');

/** The kind that comes after the one in view; a certificate is shown over https only. */
export function otherKind(state: WizardState): SignInKind {
  const kinds: readonly SignInKind[] = usesTls(state) ? ['user', 'token', 'certificate'] : ['user', 'token'];
  return kinds[(kinds.indexOf(signInKind(state)) + 1) % kinds.length] ?? 'user';
}

/** The answers with other settings. */
export const changeSettings = (answers: Answers, changes: Partial<Settings>): Answers => ({
  ...answers,
  settings: { ...answers.settings, ...changes },
});

const UNSIGNED = { awsRegion: undefined, awsService: undefined } as const;

/** A user name that is typed takes the place of a token or of signed requests: one kind counts. */
export function asUser(answers: Answers, username: string): Answers {
  if (username === '') return changeSettings(answers, { username: undefined });
  return { ...changeSettings(answers, { username, tokenFile: undefined, ...UNSIGNED }), token: undefined };
}

/** A token that is typed takes the place of a user or of signed requests. */
export function withToken(answers: Answers, token: string): Answers {
  if (token === '') return { ...changeSettings(answers, { tokenFile: undefined }), token: undefined };
  const others = { username: undefined, passwordFile: undefined, tokenFile: undefined, ...UNSIGNED };
  return { ...changeSettings(answers, others), password: undefined, token };
}

/** A certificate goes with each of the other kinds. */
export function withCertificate(
  answers: Answers,
  field: 'clientCert' | 'clientKey' | 'keyPassphrase',
  text: string,
): Answers {
  const value = text || undefined;
  if (field !== 'keyPassphrase') return changeSettings(answers, { [field]: value });
  return { ...changeSettings(answers, { clientKeyPassphraseFile: undefined }), keyPassphrase: value };
}

/** Why what is typed cannot be used, before it is sent anywhere; undefined when it can. */
export function unusable({ address, token }: Answers): AppError | undefined {
  try {
    parseUrls(address);
  } catch (error) {
    return asAppError(error);
  }
  if (token === undefined || bearerToken(token) !== undefined) return undefined;
  const problem = 'the value is not a bearer token, which has no spaces in it';
  return new AppError('parameter', { flag: '--token-file', problem });
}
