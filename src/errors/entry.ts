// What every entry of the error tables says.

export type ErrorValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** Words with `{name}` where a value goes, or a function of the values where they change the words. */
export type Words = string | ((values: ErrorValues) => string);

/** What the wizard can do about an error; it knows the words and the effect of each. */
export type RecoveryId =
  | 'start-node'
  | 'edit-address'
  | 'again'
  | 'wait'
  | 'other-url'
  | 'insecure'
  | 'trust'
  | 'allow-http'
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

/** Where in the wizard an error stops it: each place offers other ways out. */
export type RecoveryPlace = 'connect' | 'node' | 'index' | 'run' | 'remove' | 'remove-own';

export interface ErrorEntry {
  /** One sentence in the present tense, without its full stop. */
  readonly sentence: Words;
  /** What usually causes it; empty when the sentence says it all. */
  readonly why: Words;
  /** What you can do, likeliest and safest first; what is not a text does not apply and is left out. */
  readonly actions: (values: ErrorValues) => readonly (string | false | 0 | undefined)[];
  readonly exit: number;
  /**
   * Whether the same request may succeed later, and so is retried: `soon` passes by itself, `unblocked` passes once
   * someone frees disk space or lifts a write block. Left out, the error is permanent.
   */
  readonly transient?: 'soon' | 'unblocked';
  /** What the wizard offers, by where it happens; left out, the usual list of that place. */
  readonly recoveries?: Readonly<Partial<Record<RecoveryPlace, readonly RecoveryId[]>>>;
}

/** What the wizard offers where the error's entry does not say otherwise. */
export const USUAL_RECOVERIES: Readonly<Record<RecoveryPlace, readonly RecoveryId[]>> = {
  connect: ['again', 'edit-address', 'start-node', 'details'],
  node: ['start-node', 'copy-docker', 'edit-address', 'details'],
  index: ['look-again', 'edit-address', 'details'],
  run: ['resume', 'review', 'details'],
  remove: ['again', 'forget', 'details'],
  'remove-own': ['again', 'details'],
};

export const START_LOCAL = 'Start a local OpenSearch: incident-demo node start, or add --local to run';
export const CHECK_ADDRESS = 'Check the address: --url http://host:port, or OPENSEARCH_URL';
