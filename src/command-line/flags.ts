// Which commands a flag means something to, and what happens to it with the others: one row a flag.
import type { Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import { COMMANDS, type CommandName } from './commands.ts';

interface Taken {
  readonly by: readonly CommandName[];
  /** Other commands refuse the flag, because they could not do what it says. */
  readonly only?: true;
}

const ALL: Taken = { by: COMMANDS.map(({ name }) => name) };
const CLUSTER: Taken = {
  by: ['wizard', 'run', 'live', 'load', 'validate', 'guide', 'doctor', 'dashboards', 'clean', 'score'],
};
const DASHBOARDS: Taken = { by: ['wizard', 'run', 'load', 'guide', 'dashboards', 'clean'] };
/** The files of `load` and the index of `validate` already say which data they hold. */
const PLANNED: Taken = { by: ['wizard', 'run', 'live', 'generate'] };
const WRITING: Taken = { by: ['wizard', 'run', 'generate', 'load'], only: true };
const GENERATING: Taken = { by: ['generate'], only: true };
const LIVE: Taken = { by: ['live'], only: true };
/** The wizard's last screen goes live too. */
const LIVE_CHOICE: Taken = { by: ['wizard', 'live'], only: true };
const SCORING: Taken = { by: ['score'], only: true };

/**
 * Flags with `only` are refused where they have no effect. Cluster, index and data flags are accepted by every command,
 * so a script can share one list.
 */
const TAKEN: Readonly<Record<keyof Settings, Taken>> = {
  url: CLUSTER,
  username: CLUSTER,
  passwordFile: CLUSTER,
  tokenFile: CLUSTER,
  clientCert: CLUSTER,
  clientKey: CLUSTER,
  clientKeyPassphraseFile: CLUSTER,
  caFile: CLUSTER,
  fingerprint: CLUSTER,
  insecure: CLUSTER,
  allowHttp: CLUSTER,
  awsRegion: CLUSTER,
  awsService: CLUSTER,
  local: { by: [...CLUSTER.by, 'node'] },
  secure: { by: ['node'], only: true },
  role: { by: ['doctor'], only: true },
  index: { by: [...CLUSTER.by, 'generate', 'export'] },
  onConflict: { by: ['wizard', 'run', 'load'] },
  presets: PLANNED,
  days: PLANNED,
  incidentsPerDay: PLANNED,
  baseTps: PLANNED,
  peakMultiplier: PLANNED,
  errorRateNormal: PLANNED,
  errorRateIncident: PLANNED,
  sample: PLANNED,
  seed: PLANNED,
  profile: PLANNED,
  labelDocuments: PLANNED,
  dashboards: DASHBOARDS,
  dashboardsUsername: DASHBOARDS,
  dashboardsPasswordFile: DASHBOARDS,
  markIncidents: { by: ['wizard', 'run', 'load', 'dashboards'] },
  now: PLANNED,
  demoDay: PLANNED,
  timeZone: PLANNED,
  outputDir: { by: [...WRITING.by, 'guide', 'dashboards', 'score', 'export'], only: true },
  part: WRITING,
  splitMb: { by: ['wizard', 'run', 'generate'], only: true },
  stdout: GENERATING,
  createMappingOnly: GENERATING,
  guideFormat: { by: ['guide'], only: true },
  liveFor: LIVE,
  speed: LIVE_CHOICE,
  at: LIVE,
  gap: LIVE_CHOICE,
  severity: LIVE_CHOICE,
  minutes: LIVE_CHOICE,
  resume: { by: ['wizard', 'run', 'live'], only: true },
  refused: { by: ['load'], only: true },
  key: { by: ['score', 'export'], only: true },
  results: SCORING,
  detector: SCORING,
  dryRun: { by: ['run'], only: true },
  deep: { by: ['run', 'load', 'validate'], only: true },
  quiet: ALL,
  verbose: ALL,
  plain: { by: ['wizard', 'live'] },
  yes: ALL,
  json: ALL,
  color: ALL,
  logFile: ALL,
};

/** True when the option means something to the command. */
export function takes(command: CommandName, { key }: Pick<Option, 'key'>): boolean {
  return TAKEN[key].by.includes(command);
}

/** True for a flag that most commands take, or the wizard and not `run`: the general help shows these. */
export function isCommon({ key }: Pick<Option, 'key'>): boolean {
  const { by } = TAKEN[key];
  return by.length >= CLUSTER.by.length || (by.includes('wizard') && !by.includes('run'));
}

/** The command whose help has the flag: the one given, else one that takes it. The wizard's flags are those of run. */
export function helpWith(command: CommandName, option: Pick<Option, 'key'>): CommandName | undefined {
  const { by } = TAKEN[option.key];
  if (command !== 'wizard' && by.includes(command)) return command;
  return command === 'wizard' && isCommon(option) ? undefined : by.find((name) => name !== 'wizard');
}

/** The only command that takes the flag; undefined where several do. */
export function soleCommand({ key }: Pick<Option, 'key'>): CommandName | undefined {
  const { by } = TAKEN[key];
  return by.length === 1 && by[0] !== 'wizard' ? by[0] : undefined;
}

/** Why the command refuses a flag, and which commands take it; undefined when it does not refuse it. */
export function refusal(
  command: CommandName,
  { key, flag }: Pick<Option, 'key' | 'flag'>,
): string | undefined {
  const { by, only } = TAKEN[key];
  if (!only || by.includes(command)) return undefined;
  const owners = by.filter((name) => name !== 'wizard');
  const last = owners.at(-1) ?? '';
  const list = owners.length > 1 ? `${owners.slice(0, -1).join(', ')} and ${last}` : last;
  return `${command === 'wizard' ? 'The wizard' : command} does not take --${flag}; it belongs to ${list}`;
}
