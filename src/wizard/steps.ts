// The steps, each with what it can have in view, and how they are entered.
import type { AppError } from '../errors/app-error.ts';

export const STEPS = ['connect', 'scenario', 'tune', 'review', 'load', 'check', 'next'] as const;
export type StepName = (typeof STEPS)[number];

/** The fields of the connection form. */
export type ConnectField =
  | 'address'
  | 'username'
  | 'password'
  | 'token'
  | 'clientCert'
  | 'clientKey'
  | 'keyPassphrase'
  | 'caFile'
  | 'insecure';

/** The kinds of sign-in that the connection form offers. */
export type SignInKind = 'user' | 'token' | 'certificate';

export type Step =
  | {
      /** Before the first step, when a run did not end. */
      readonly name: 'start';
      readonly view: 'choices' | 'remove' | 'removing' | 'problem';
      readonly error?: AppError;
    }
  | {
      readonly name: 'connect';
      readonly view: 'form' | 'problem';
      readonly field: ConnectField;
      /** The kind of sign-in that was asked for; left out, it follows from the answers. */
      readonly kind?: SignInKind;
      /** Something was typed or chosen: a failed attempt no longer opens the panel by itself. */
      readonly edited: boolean;
      /** Go on as soon as the cluster answers. */
      readonly advanceWhenReady: boolean;
    }
  | {
      readonly name: 'scenario';
      /** `file`: the path of a preset of one's own is being typed. */
      readonly view: 'list' | 'file';
      /** Why the file that was typed last cannot be used. */
      readonly error?: AppError;
    }
  | { readonly name: 'tune' }
  | {
      readonly name: 'review';
      readonly view: 'summary' | 'index' | 'name' | 'replace' | 'problem';
      /** Load as soon as the second look at the index shows no change. */
      readonly advanceWhenReady: boolean;
    }
  | { readonly name: 'load'; readonly view: 'progress' | 'leave' | 'silent' | 'problem' }
  | {
      readonly name: 'check';
      /** Id of a failed check whose panel is open. */
      readonly failed?: string;
    }
  | {
      readonly name: 'next';
      /**
       * `remove` and `stop` ask for confirmation before the index is deleted and the local node stopped; in `address`
       * that of a Dashboards is typed.
       */
      readonly view: 'advice' | 'remove' | 'removing' | 'stop' | 'stopping' | 'address' | 'problem';
      /** Why what was typed is no address. */
      readonly wrong?: string;
      readonly error?: AppError;
    }
  /** Beside the steps: the shop goes on in real time. */
  | { readonly name: 'live' };

export type ConnectStep = Extract<Step, { name: 'connect' }>;

/** The choice of what happens to an unfinished run. */
export const START: Step = { name: 'start', view: 'choices' };

/** The connection form, as it is when one comes to it. */
export function connectStep(changes: Partial<ConnectStep> = {}): ConnectStep {
  return {
    name: 'connect',
    view: 'form',
    field: 'address',
    edited: true,
    advanceWhenReady: false,
    ...changes,
  };
}

/** The presets, as one comes to them. */
export const SCENARIO: Step = { name: 'scenario', view: 'list' };

/** What to do with the demo, as one comes to it. */
export const NEXT: Step = { name: 'next', view: 'advice' };
