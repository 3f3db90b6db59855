// Everything that can go wrong in a way you can act on: error panels, plain sentences, `explain CODE`, exit codes,
// retries and the wizard's ways out all come from one entry for each error.
import { decimal } from '../text/numbers.ts';
import { CONNECTION_ERRORS } from './connection.ts';
import { DASHBOARDS_ERRORS } from './dashboards.ts';
import {
  type ErrorEntry,
  type ErrorValues,
  type RecoveryId,
  type RecoveryPlace,
  USUAL_RECOVERIES,
  type Words,
} from './entry.ts';
import { INDEX_ERRORS } from './indexes.ts';
import { INPUT_ERRORS } from './input.ts';
import { RUN_ERRORS } from './run.ts';
import { SIGN_IN_ERRORS } from './sign-in.ts';

const TABLE = {
  ...CONNECTION_ERRORS,
  ...SIGN_IN_ERRORS,
  ...DASHBOARDS_ERRORS,
  ...INDEX_ERRORS,
  ...INPUT_ERRORS,
  ...RUN_ERRORS,
};

export type ErrorCode = keyof typeof TABLE;

export const ERRORS: Readonly<Record<ErrorCode, ErrorEntry>> = TABLE;

/** True for the code of an error. */
export const isErrorCode = (word: string): word is ErrorCode => Object.hasOwn(ERRORS, word);

type Format = (value: ErrorValues[string], name: string) => string;

const plain: Format = (value) => (value === undefined || typeof value === 'boolean' ? '' : String(value));

/** Numbers as a sentence shows them; a line number stays plain, since you look for it in an editor. */
const grouped: Format = (value, name) =>
  typeof value === 'number' && name !== 'line' ? decimal(value) : plain(value, name);

/** The words with their values; an unknown one is left out. */
function fill(words: Words, values: ErrorValues, format: Format = plain): string {
  if (typeof words === 'function') return words(values);
  return words.replace(/\{(\w+)\}/g, (_, name: string) => format(values[name], name));
}

interface Explanation {
  readonly sentence: string;
  readonly why: string;
  readonly actions: string[];
}

function explained({ sentence, why, actions }: ErrorEntry, values: ErrorValues): Explanation {
  return {
    sentence: fill(sentence, values, grouped),
    why: fill(why, values),
    actions: actions(values).filter(
      (action): action is string => typeof action === 'string' && action !== '',
    ),
  };
}

/** Stands for any value with its name in capitals, so that every action applies. */
const NAMES: ErrorValues = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => String(name).toUpperCase() },
);

/** An error as `explain CODE` shows it: `{address}` reads as ADDRESS, and every action is listed. */
export function explainCode(code: ErrorCode): Explanation {
  return explained(ERRORS[code], NAMES);
}

/** Why this error usually happens; empty when the reason needs values of the error. */
export function usualReason(code: string): string {
  const why = isErrorCode(code) ? ERRORS[code].why : '';
  return typeof why === 'string' && !why.includes('{') ? why : '';
}

/** What the wizard offers about an error in this place, likeliest and safest first. */
export function recoveriesFor(code: string, place: RecoveryPlace): readonly RecoveryId[] {
  const own = isErrorCode(code) ? ERRORS[code].recoveries?.[place] : undefined;
  return own ?? USUAL_RECOVERIES[place];
}

/** An error you can act on. Its code leads to the entry with its sentence, reason, actions and exit code. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly values: ErrorValues;

  constructor(code: ErrorCode, values: ErrorValues = {}, options: { cause?: unknown } = {}) {
    super(fill(ERRORS[code].sentence, values, grouped), options);
    this.name = 'AppError';
    this.code = code;
    this.values = values;
  }

  get exit(): number {
    return ERRORS[this.code].exit;
  }

  /** Whether a retry may help: `soon`, or once writes are `unblocked`; undefined for a permanent error. */
  get transient(): ErrorEntry['transient'] {
    return ERRORS[this.code].transient;
  }

  /** What happened, why, and what can be done; actions that do not apply are left out. */
  explain(): Explanation {
    return explained(ERRORS[this.code], this.values);
  }
}

/** A misuse of the command line, in one sentence without its full stop. @param command whose --help says more. */
export const usage = (problem: string, command?: string) => new AppError('usage', { problem, command });

/** A misuse of the library, in one sentence without its full stop. */
export const badArgument = (problem: string) => new AppError('argument', { problem });

/** Any thrown value as an AppError; what is not one becomes `unexpected`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('unexpected', { reason }, { cause: error });
}
