// The exit codes scripts rely on, and what each one means.

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

/** Every exit code with its meaning, for --help and the README. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'success: every check passed'],
  [EXIT.unexpected, 'internal error, or the cluster rejected a request'],
  [EXIT.usage, 'usage error: invalid flag or preset, or no terminal to prompt on'],
  [EXIT.unreachable, 'cluster unreachable, or not OpenSearch'],
  [EXIT.signIn, 'authentication failed, or a permission is missing'],
  [EXIT.checkFailed, 'loaded, but a check failed'],
  [EXIT.indexExists, 'the index exists and no --on-conflict policy applies'],
  [EXIT.incomplete, 'incomplete load: documents were rejected or not sent'],
  [EXIT.interrupted, 'stopped by Ctrl+C'],
  [EXIT.terminated, 'stopped by SIGTERM'],
];
