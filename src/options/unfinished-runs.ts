// Runs that did not finish: which one to resume, and with which settings. `run --resume` and the wizard share it.
import { isDeepStrictEqual } from 'node:util';
import type { Directories } from '../core/directories.ts';
import type { RunRecord } from '../core/history/record.ts';
import { type DamagedRun, damagedRuns, listRuns } from '../core/history/runs.ts';
import { AppError } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import type { Option } from './kinds.ts';
import { isElsewhere, OF_ONE_ADDRESS } from './one-address.ts';
import type { Settings } from './settings.ts';
import { defaultSettings, OPTIONS, settingText } from './table.ts';

/** Runs that started and did not get to their checks, latest first. */
export function unfinishedRuns(directories: Directories): RunRecord[] {
  return listRuns(directories)
    .filter(({ status }) => status !== 'done')
    .reverse();
}

function damagedError({ id, file, problem }: DamagedRun, others: readonly RunRecord[]): AppError {
  return new AppError('run-damaged', { id, file, problem, other: others[0]?.id ?? '' });
}

/** The unfinished run of this id; `true` takes the latest. Throws AppError `run-unknown` or `run-damaged`. */
export function findUnfinished(directories: Directories, wanted: string | true): RunRecord {
  const unfinished = unfinishedRuns(directories);
  const found = wanted === true ? unfinished[0] : unfinished.find(({ id }) => id === wanted);
  // The latest may be one that cannot be read; ids sort by time.
  const damaged = damagedRuns(directories).findLast(({ id }) =>
    wanted === true ? id > (found?.id ?? '') : id === wanted,
  );
  if (damaged) throw damagedError(damaged, unfinished);
  if (!found) throw new AppError('run-unknown', { id: wanted === true ? '' : wanted });
  return found;
}

const CONNECTION = OPTIONS.filter(({ group }) => group === 'Connection').map(({ key }) => key);

/** Each of them says who signs in; one that is given now takes the place of all of the record. */
const SIGN_IN = {
  username: undefined,
  passwordFile: undefined,
  tokenFile: undefined,
  awsRegion: undefined,
} as const;

/** What of the recorded connection no longer counts: who signs in, or what was meant for another address. */
function outdated(url: string, present: Settings, flagged: ReadonlySet<keyof Settings>): Partial<Settings> {
  const signsIn = (Object.keys(SIGN_IN) as (keyof Settings)[]).some((key) => flagged.has(key));
  const moved = flagged.has('url') && isElsewhere(url, present.url);
  return { ...(signsIn ? SIGN_IN : {}), ...(moved ? OF_ONE_ADDRESS : {}) };
}

/** The connection settings given by flag now; an address and the local node cannot be combined. */
function reachedNow(url: string, present: Settings, flagged: ReadonlySet<keyof Settings>): Partial<Settings> {
  const given = CONNECTION.filter((key) => flagged.has(key)).map((key) => [key, present[key]] as const);
  const now: Partial<Settings> = { ...outdated(url, present, flagged), ...Object.fromEntries(given) };
  if (flagged.has('local')) return { ...now, url: defaultSettings().url };
  return flagged.has('url') ? { ...now, local: false } : now;
}

/** Settings that decide what a run writes: part of it is written, so they cannot change. */
const FIXED = OPTIONS.filter(({ group }) => ['Index', 'Data', 'Time', 'Output'].includes(group));

/** @param started as the run was started. @param resumed as it resumes: its index may have a new name. */
function assertUnchanged(option: Option, wanted: Settings, started: Settings, resumed: Settings): void {
  const { key, flag } = option;
  if ([started, resumed].some((settings) => isDeepStrictEqual(settings[key], wanted[key]))) return;
  const text = settingText(option, key === 'index' ? resumed : started);
  const how = text === '' ? 'without it' : `with ${quoted(text)}`;
  const problem = `the run was started ${how}, which cannot change; remove the flag, or start a new run without --resume`;
  throw new AppError('parameter', { flag: `--${flag}`, problem });
}

/**
 * The settings to resume a run with. It resumes into its own index; equal ids make that safe. A run that had not created
 * its index yet keeps its conflict policy. Output settings (`json`, `plain`, …) are the present ones, and so are
 * connection settings given by flag; the environment was there when the run started.
 * Throws AppError `parameter` when a flag contradicts the data, the index or the files that the run was started with.
 * @param flagged the present settings that were given by flag.
 */
export function resumedSettings(
  record: RunRecord,
  present: Settings,
  flagged: ReadonlySet<keyof Settings> = new Set(),
): Settings {
  const { json, yes, plain, color, logFile, quiet, verbose, dryRun } = present;
  const started = { ...defaultSettings(), ...(record.settings as Partial<Settings>) };
  const resumed: Settings = {
    ...started,
    ...{ json, yes, plain, color, logFile, quiet, verbose, dryRun },
    url: record.url,
    ...reachedNow(record.url, present, flagged),
    index: record.index,
    ...(record.status === 'preparing' ? {} : { onConflict: 'append' as const }),
    resume: undefined,
  };
  for (const option of FIXED) if (flagged.has(option.key)) assertUnchanged(option, present, started, resumed);
  return resumed;
}
