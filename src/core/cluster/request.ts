// One request to a cluster, and its answer.

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

export interface ClusterRequest {
  readonly method: Method;
  /** Begins with a slash; names in it stand as they are, and are encoded here. */
  readonly path: string;
  /** A Buffer is sent as it is, as NDJSON; anything else as JSON. */
  readonly body?: object | Buffer | undefined;
  /** A list is a parameter that is repeated. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange. @default 30000 */
  readonly timeoutMs?: number;
  /** Statuses that are an answer to the caller, not an error; `any` for all. */
  readonly accept?: readonly number[] | 'any';
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** False when it must not reach the cluster twice. @default true */
  readonly retryable?: boolean;
  /** Most bytes of an answer. @default 4 MiB */
  readonly maxAnswerBytes?: number;
  /** True for an answer that is not parsed, compressed on the way where the cluster is remote. @default false */
  readonly bytes?: boolean;
}

export interface ClusterAnswer {
  readonly status: number;
  /**
   * Parsed when the answer is JSON, else its text (an error, or where any status is accepted); true or false for HEAD; a
   * Buffer where bytes were asked for and the status is no error.
   */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}
