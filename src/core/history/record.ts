// What the record of a run may be when it is read again: a file that anybody may have edited.
import { indexNameProblem } from '../cluster/indexes/names.ts';
import { parameterFields } from '../plan/parameters.ts';
import type { Preset } from '../plan/preset.ts';
import { checkPreset } from '../plan/preset-schema.ts';
import { anyObject, flag, list, Misfit, number, object, oneOf, type Shape, text } from '../schema/shape.ts';

/** A path or a name of the machine, whatever its letters are. */
const word: Shape = (value, path) => {
  if (typeof value !== 'string') throw new Misfit(path, 'is not a text');
};

const time: Shape = (value, path) => {
  text({ pattern: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, wanted: 'a time such as 2026-03-14T16:00:00Z' })(value, path);
  if (Number.isNaN(Date.parse(String(value)))) throw new Misfit(path, 'is not a time');
};

const addresses: Shape = (value, path) => {
  text()(value, path);
  for (const url of String(value).split(','))
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new Misfit(path, 'is not an address');
};

const index: Shape = (value, path) => {
  text()(value, path);
  const problem = indexNameProblem(String(value));
  if (problem) throw new Misfit(path, problem);
};

const part: Shape = (value, path) => {
  object({ index: number(1, 9999, true), of: number(1, 9999, true) })(value, path);
  const { index: at, of } = value as { index: number; of: number };
  if (at > of) throw new Misfit(path, 'is none of its parts');
};

const SETTINGS: Readonly<Record<string, Shape>> = {
  ...parameterFields,
  ...{ username: word, passwordFile: word, caFile: word, fingerprint: word, outputDir: word },
  ...{ insecure: flag, local: flag, awsRegion: word, awsService: oneOf('es', 'aoss') },
  presets: list(word),
  onConflict: oneOf('fail', 'new', 'append', 'replace'),
  now: time,
  splitMb: number(1, 2000, true),
  part,
};

/** Settings that are left out have their usual values; those that this version does not know do no harm. */
const settings: Shape = (value, path) => {
  anyObject(value, path);
  for (const [name, held] of Object.entries(value as object)) SETTINGS[name]?.(held, `${path}.${name}`);
};

const record: Shape = object({
  id: text({ pattern: /^[\w-]{1,100}$/, wanted: 'the name of a run' }),
  status: oneOf('preparing', 'loading', 'done'),
  startedAt: time,
  url: addresses,
  index,
  settings,
  presets: list(checkPreset),
});

/** What is wrong with the record of a run, and where; undefined for one that can be gone on with. */
export function recordProblem(value: unknown): string | undefined {
  try {
    record(value, '');
    return undefined;
  } catch (error) {
    if (error instanceof Misfit) return error.message;
    throw error;
  }
}

/** True for a record of a run that can be gone on with. */
export const isRunRecord = (value: unknown): value is RunRecord => recordProblem(value) === undefined;

export interface RunRecord {
  readonly id: string;
  /** `preparing` until the index of the run is there: what it finds may still be somebody else's. */
  readonly status: 'preparing' | 'loading' | 'done';
  /** ISO time. */
  readonly startedAt: string;
  readonly url: string;
  readonly index: string;
  /** Every setting of the run, chance and clock filled in; never a password. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The presets as data: their files may be gone when the run goes on. */
  readonly presets: readonly Preset[];
}
