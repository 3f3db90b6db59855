// A run that did not end: which one it is, and with which settings it goes on. `run --resume` and the wizard share it.
import { isDeepStrictEqual } from 'node:util';
import type { Directories } from '../core/directories.ts';
import type { RunRecord } from '../core/history/record.ts';
import { type DamagedRun, damagedRuns, listRuns } from '../core/history/runs.ts';
import { AppError } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import type { Option } from './kinds.ts';
import type { Settings } from './settings.ts';
import { defaultSettings, OPTIONS, settingText } from './table.ts';

/** Runs that began and did not get to their checks, the latest first. */
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
  const open = unfinishedRuns(directories);
  const found = wanted === true ? open[0] : open.find(({ id }) => id === wanted);
  // The latest may be one that cannot be read; ids sort by time.
  const damaged = damagedRuns(directories).findLast(({ id }) =>
    wanted === true ? id > (found?.id ?? '') : id === wanted,
  );
  if (damaged) throw damagedError(damaged, open);
  if (!found) throw new AppError('run-unknown', { id: wanted === true ? '' : wanted });
  return found;
}

const CONNECTION = OPTIONS.filter(({ group }) => group === 'Connection').map(({ key }) => key);

/** How the cluster is reached, as far as flags say it now; an address and the local node exclude each other. */
function reachedNow(present: Settings, flagged: ReadonlySet<keyof Settings>): Partial<Settings> {
  const told = CONNECTION.filter((key) => flagged.has(key)).map((key) => [key, present[key]] as const);
  if (flagged.has('local')) return { ...Object.fromEntries(told), url: defaultSettings().url };
  return flagged.has('url') ? { ...Object.fromEntries(told), local: false } : Object.fromEntries(told);
}

/** What says what a run writes: half of it is there, so it cannot change any more. */
const WRITTEN = OPTIONS.filter(({ group }) => ['Index', 'Data', 'Time', 'Output'].includes(group));

/** @param begun as the run was asked for. @param goingOn as it goes on: its index may have been given a new name. */
function assertUnchanged(option: Option, wanted: Settings, begun: Settings, goingOn: Settings): void {
  const { key, flag } = option;
  if ([begun, goingOn].some((settings) => isDeepStrictEqual(settings[key], wanted[key]))) return;
  const text = settingText(option, key === 'index' ? goingOn : begun);
  const began = text === '' ? 'without it' : `with ${quoted(text)}`;
  const problem = `the run began ${began}, which cannot change any more; leave it out, or begin a new run without --resume`;
  throw new AppError('parameter', { flag: `--${flag}`, problem });
}

/**
 * The settings of the unfinished run; what it created is gone on with, since ids repeat and nothing is doubled. Where it
 * had not got so far, its policy for an index that exists still holds. How the program talks (`json`, `plain`, …) is
 * taken from the present settings, and so is how the cluster is reached where a flag says it; what the environment says
 * was there before.
 * Throws AppError `parameter` when a flag says something else of the data, the index or the files than the run began with.
 * @param flagged the present settings that were given by flag.
 */
export function resumedSettings(
  record: RunRecord,
  present: Settings,
  flagged: ReadonlySet<keyof Settings> = new Set(),
): Settings {
  const { json, yes, plain, color, logFile } = present;
  const begun = { ...defaultSettings(), ...(record.settings as Partial<Settings>) };
  const goingOn: Settings = {
    ...begun,
    ...{ json, yes, plain, color, logFile },
    url: record.url,
    ...reachedNow(present, flagged),
    index: record.index,
    ...(record.status === 'preparing' ? {} : { onConflict: 'append' as const }),
    resume: undefined,
  };
  for (const option of WRITTEN) if (flagged.has(option.key)) assertUnchanged(option, present, begun, goingOn);
  return goingOn;
}
