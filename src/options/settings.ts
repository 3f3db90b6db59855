// Every answer a run needs.

import type { Gap } from '../core/live/gap.ts';
import type { Severity } from '../core/plan/labels.ts';
import type { Profile, Range } from '../core/plan/parameters.ts';
import type { Part } from '../core/plan/types.ts';
import type { ConflictPolicy } from '../core/run/request.ts';
import type { GuideFormat } from '../core/validate/guide/format.ts';

/** Every answer a run needs. Times are text as given; `undefined` means "decide for me". */
export interface Settings {
  url: string;
  username: string | undefined;
  passwordFile: string | undefined;
  tokenFile: string | undefined;
  clientCert: string | undefined;
  clientKey: string | undefined;
  clientKeyPassphraseFile: string | undefined;
  caFile: string | undefined;
  fingerprint: string | undefined;
  insecure: boolean;
  /** A password or token may be sent to another machine over plain http. */
  allowHttp: boolean;
  awsRegion: string | undefined;
  awsService: 'es' | 'aoss' | undefined;
  /** Print the least role that a run needs. */
  role: boolean;
  local: boolean;
  /** The local node that has the security plugin. */
  secure: boolean;
  index: string;
  onConflict: ConflictPolicy;
  presets: readonly string[];
  days: number;
  incidentsPerDay: Range;
  baseTps: number;
  peakMultiplier: number;
  errorRateNormal: Range;
  errorRateIncident: Range;
  sample: number;
  seed: number | undefined;
  now: string | undefined;
  demoDay: string | undefined;
  timeZone: string | undefined;
  profile: Profile;
  labelDocuments: boolean;
  /** Address of OpenSearch Dashboards. */
  dashboards: string | undefined;
  dashboardsUsername: string | undefined;
  dashboardsPasswordFile: string | undefined;
  markIncidents: boolean;
  outputDir: string | undefined;
  stdout: boolean;
  createMappingOnly: boolean;
  splitMb: number | undefined;
  guideFormat: GuideFormat;
  part: Part | undefined;
  /** How long `live` goes on, as typed: `10m`; undefined until it is stopped. */
  liveFor: string | undefined;
  /** Simulated minutes a real minute. */
  speed: number;
  /** What happens while it is live, as typed: `3m:payment-gateway-timeout:major`. */
  at: readonly string[];
  /** What happens to the time since the last document of an index that goes live. */
  gap: Gap | undefined;
  /** Of incidents started while it is live. */
  severity: Severity;
  minutes: number;
  resume: string | true | undefined;
  refused: string | undefined;
  /** The answer key that `score` and `export` read. */
  key: string | undefined;
  /** The index or pattern that results of anomaly detection are in, and the detector they are of. */
  results: string | undefined;
  detector: string | undefined;
  dryRun: boolean;
  /** Compare every document with the plan, however many there are. */
  deep: boolean;
  yes: boolean;
  quiet: boolean;
  verbose: boolean;
  plain: boolean;
  json: boolean;
  color: boolean;
  logFile: string | undefined;
}
