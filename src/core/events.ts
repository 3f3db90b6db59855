// The events of a run. The wizard, the plain prompts, --json and the tests read the same ones.

/** A query in the words of Dev Tools: `GET index/_search` and a body. */
export interface Query {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

export interface CheckResult {
  readonly id: string;
  /** A claim that the number found completes: `Payment timeouts on stripe`, found `65`. */
  readonly title: string;
  readonly ok: boolean;
  readonly expected: string;
  readonly found: string;
  /** Unit of the numbers expected and found; absent for counts and sentences. */
  readonly unit?: 'ms' | '%';
  readonly query: Query;
  /** Duration of the query, ms, as seen from here. */
  readonly ms: number;
}

export interface DocumentCounts {
  /** Exact number of documents the plan generates (for --part: in this part). */
  readonly planned: number;
  /** Created now, or already in the index under the same id. */
  readonly acknowledged: number;
  /** Counted in the index by query. */
  readonly found: number;
  readonly refused: number;
}

/** Progress of starting a local node. */
export interface NodeEvent {
  readonly type: 'node';
  readonly phase: 'java' | 'fetch' | 'start' | 'ready';
  readonly detail: string;
  /** Present when the phase can be measured: 0 to 1. */
  readonly fraction?: number;
  /** Present with `ready`. */
  readonly url?: string;
  /** Of a secured node that is ready: the SHA-256 of its certificate. */
  readonly fingerprint?: string;
  /** True when a secured node was made just now, with the password that the caller gave. */
  readonly fresh?: boolean;
}

/** State of the load; counts are cumulative, rates are per second over the last few seconds. */
export interface LoadProgress {
  readonly type: 'progress';
  readonly generated: number;
  readonly acknowledged: number;
  readonly alreadyThere: number;
  readonly refused: number;
  readonly bytes: number;
  readonly batches: number;
  readonly retried: number;
  readonly senders: number;
  readonly documentsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Bulk latency p95, ms. */
  readonly answerP95Ms: number;
  readonly elapsedMs: number;
  /** True while the cluster responds with 429 or 503. */
  readonly throttled: boolean;
  /** Time since the last response of the cluster, ms; 0 while no request is in flight. */
  readonly silentMs: number;
  /** Why documents were last retried. */
  readonly trouble?: string;
}

/** Documents that the cluster rejected for one reason. */
export interface RefusedGroup {
  readonly reason: string;
  readonly documents: number;
  /** Id of one of them. */
  readonly example: string;
}

/** A link to what was installed in Dashboards. */
export interface DashboardLink {
  /** Id of the incident it shows; null for the whole data. */
  readonly incident: string | null;
  readonly title: string;
  readonly url: string;
  /** Id of the preset that the incident comes from. */
  readonly preset?: string;
}

/** A scenario at a glance, for whoever presents it; every number is from a search of the index. */
export interface ScenarioBrief {
  /** Id of the incident. */
  readonly incident: string;
  readonly preset: string;
  readonly title: string;
  /** The zone of the shop, in which its sentences tell times. */
  readonly timeZone: string;
  /** ISO time. */
  readonly start: string;
  readonly end: string;
  /** Share of the transactions that fail, 0 to 1. */
  readonly errorRate: number;
  /** Response times during the incident, and in as many minutes before it. */
  readonly p95Ms: number;
  readonly p95BeforeMs: number;
  /** The symptom, as a first sentence. */
  readonly say: string;
  /** Error codes with their numbers. */
  readonly which: string;
  /** Where the first of them occurs; empty where no transaction fails. */
  readonly where: string;
  /** How it goes on, with times. */
  readonly when: string;
  /** Empty where no transaction fails. */
  readonly impact: string;
  readonly cause: string;
  /** Its failures, for the query line of Discover. */
  readonly dql: string;
}

export type RunEvent =
  | NodeEvent
  | LoadProgress
  | { readonly type: 'notice'; readonly text: string }
  /** Emitted when there are more than before; counts are cumulative, the most frequent reason first. */
  | { readonly type: 'refused'; readonly groups: readonly RefusedGroup[]; readonly file: string }
  | { readonly type: 'connected'; readonly url: string; readonly cluster: string; readonly version: string }
  | {
      readonly type: 'planned';
      /** Expected number of documents; the exact number is known when generation ends. */
      readonly documents: number;
      readonly start: string;
      readonly end: string;
      readonly incidents: number;
      readonly seed: number;
    }
  | { readonly type: 'index'; readonly name: string; readonly action: 'created' | 'replaced' | 'appended' }
  | {
      readonly type: 'loaded';
      readonly planned: number;
      readonly acknowledged: number;
      readonly refused: number;
      readonly seconds: number;
    }
  | DryRun
  | { readonly type: 'checking'; readonly total: number }
  | {
      readonly type: 'dashboards';
      /** Where Dashboards is, with base path and workspace. */
      readonly url: string;
      readonly version: string;
      readonly tenant: string;
      /** How many saved objects were stored. */
      readonly objects: number;
      readonly links: readonly DashboardLink[];
    }
  | ({ readonly type: 'check' } & CheckResult)
  | RunDone;

/** What a run would do, as far as it can be known without writing. */
export interface DryRun {
  readonly type: 'dry-run';
  /** Left out when the local node is not running. */
  readonly url?: string;
  readonly index: string;
  /** `unknown` when there is no cluster to ask. */
  readonly action: 'create' | 'append' | 'replace' | 'unknown';
  /** Documents that are in the index now. */
  readonly there: number;
  /** How many documents are likely to come, and how large they are as bulk requests and on the disk, bytes. */
  readonly documents: number;
  readonly bytes: number;
  readonly diskBytes: number;
  readonly incidents: readonly {
    readonly id: string;
    readonly title: string;
    readonly start: string;
    readonly end: string;
  }[];
  /** The first document. */
  readonly sample: unknown;
}

/** The last event of every run, including one that failed. */
export interface RunDone {
  readonly type: 'done';
  readonly ok: boolean;
  readonly exit: number;
  readonly url: string;
  readonly index: string;
  readonly documents: DocumentCounts;
  readonly checks: readonly {
    readonly id: string;
    readonly ok: boolean;
    readonly expected: string;
    readonly found: string;
  }[];
  readonly seconds: {
    readonly plan: number;
    readonly load: number;
    readonly validate: number;
    readonly total: number;
  };
  readonly seed: number;
  /** The line that repeats the run. */
  readonly command: string;
  /** Nothing was written: the run was a dry one. */
  readonly dryRun?: true;
  /** Path of the investigation guide, when the checks ran. */
  readonly guide?: string;
  /** The scenarios, the latest first; present when the guide was written. */
  readonly scenarios?: readonly ScenarioBrief[];
  /** Present when the dashboards were installed. */
  readonly links?: readonly DashboardLink[];
  readonly error?: { readonly code: string; readonly message: string; readonly actions: readonly string[] };
}
