// What the rest of the program knows about a cluster.
import type { AppError } from '../../errors/app-error.ts';

/** How to reach a cluster. Password, token and passphrase live only in memory. */
export interface Connection {
  /** Origin with scheme, host and port, without credentials. */
  readonly url: string;
  /** Other nodes of the same cluster: requests go to all of them in turn. */
  readonly nodes?: readonly string[] | undefined;
  /** Whether bulk requests are compressed; left out, they are unless the cluster is on this machine. */
  readonly compress?: boolean | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A bearer token, in place of user name and password. */
  readonly token?: string | undefined;
  /** PEM file with the certificate that this side shows, and its key where `clientKey` names no other file. */
  readonly clientCert?: string | undefined;
  readonly clientKey?: string | undefined;
  /** Of an encrypted key. */
  readonly keyPassphrase?: string | undefined;
  /** A password or token may be sent to another machine over plain http. */
  readonly allowHttp?: boolean | undefined;
  readonly caFile?: string | undefined;
  /** SHA-256 of the one certificate that is trusted, as `AA:BB:…`; whatever names it lists; its dates are still checked. */
  readonly fingerprint?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly awsRegion?: string | undefined;
  readonly awsService?: 'es' | 'aoss' | undefined;
}

/** A question about what is at an address waits this long by default. */
export const PROBE_TIMEOUT_MS = 10_000;

/** The rungs of the connection ladder, in order. */
export const RUNGS = ['name', 'port', 'tls', 'trust', 'sign-in', 'product', 'rights', 'space'] as const;
export type Rung = (typeof RUNGS)[number];

export interface LadderStep {
  readonly rung: Rung;
  readonly state: 'checking' | 'ok' | 'failed' | 'skipped';
  /** One short phrase: "127.0.0.1", "OpenSearch 3.5.0, cluster demo". */
  readonly detail: string;
  readonly ms: number;
  /** Present when failed. */
  readonly error?: AppError;
}

export interface ClusterInfo {
  readonly url: string;
  readonly name: string;
  readonly version: string;
}
