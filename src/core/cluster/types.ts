// What the rest of the program knows about a cluster.
import type { AppError } from '../../errors/app-error.ts';

/** How to reach a cluster. The password lives only in memory. */
export interface Connection {
  /** Origin with scheme, host and port, without credentials. */
  readonly url: string;
  /** Other nodes of the same cluster: requests go to all of them in turn. */
  readonly nodes?: readonly string[] | undefined;
  /** Whether bulk requests are compressed; left out, they are unless the cluster is on this machine. */
  readonly compress?: boolean | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly caFile?: string | undefined;
  /** SHA-256 of the one certificate that is trusted, as `AA:BB:…`; its names and dates are still checked. */
  readonly fingerprint?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly awsRegion?: string | undefined;
  readonly awsService?: 'es' | 'aoss' | undefined;
}

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

/** What this tool writes into an index's `_meta`, so that it knows its own and can check it again. */
export interface RunMeta {
  readonly tool: 'incident-demo';
  readonly version: string;
  readonly run: string;
  /** The plan's key: equal for runs whose documents agree with each other. */
  readonly key: string;
  readonly seed: number;
  /** ISO time of the clock at planning. */
  readonly now: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The presets as data, so that own ones can be checked again too. */
  readonly presets: readonly object[];
  /** In how many parts it is loaded; left out when it is loaded as a whole. */
  readonly parts?: number;
}

export interface IndexState {
  readonly name: string;
  readonly exists: boolean;
  readonly documents: number;
  readonly bytes: number;
  /** Present when this tool made it. */
  readonly meta?: RunMeta;
  /** Fields whose mapping differs from mapping.json, in words. */
  readonly mappingDifferences: readonly string[];
}

/** Where this tool keeps things; given from outside, since the core knows no environment. */
export interface Directories {
  readonly cache: string;
  readonly state: string;
  readonly config: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;
