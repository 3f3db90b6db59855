// The record of a run and its schema: the file may have been edited by hand.
import * as v from 'valibot';
import { indexNameProblem } from '../cluster/indexes/names.ts';
import { PARAMETER_FIELDS, SPLIT_MB } from '../plan/parameters.ts';
import type { Preset } from '../plan/preset.ts';
import { checkPreset } from '../plan/preset-schema.ts';
import { acceptedBy, anyObject, flag, integer, list, object, oneOf, text } from '../schema/fields.ts';
import { schemaProblem } from '../schema/problem.ts';

/** A path or a name of this machine, whatever its letters are. */
const word = v.string('is not a text');

const time = v.pipe(
  text({ pattern: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, wanted: 'a time such as 2026-03-14T16:00:00Z' }),
  v.check((input) => !Number.isNaN(Date.parse(input)), 'is not a time'),
);

const isAddress = (url: string) => /^https?:\/\//.test(url) && URL.canParse(url);
const addresses = v.pipe(
  text(),
  v.check((input) => input.split(',').every(isAddress), 'is not an address'),
);

const index = v.pipe(
  text(),
  v.check(
    (input) => indexNameProblem(input) === undefined,
    ({ input }) => indexNameProblem(input) ?? '',
  ),
);

const PART = integer({ min: 1, max: 9999 });
const part = v.pipe(
  object({ index: PART, of: PART }),
  v.check((input) => input.index <= input.of, 'is none of its parts'),
);

/** Settings that are left out have their defaults; settings that this version does not know do no harm. */
const settings = v.pipe(
  anyObject,
  v.partial(
    v.looseObject({
      ...PARAMETER_FIELDS,
      username: word,
      passwordFile: word,
      tokenFile: word,
      clientCert: word,
      clientKey: word,
      clientKeyPassphraseFile: word,
      allowHttp: flag,
      caFile: word,
      fingerprint: word,
      outputDir: word,
      dashboards: addresses,
      dashboardsUsername: word,
      dashboardsPasswordFile: word,
      markIncidents: flag,
      deep: flag,
      insecure: flag,
      local: flag,
      awsRegion: word,
      awsService: oneOf('es', 'aoss'),
      presets: list(word),
      onConflict: oneOf('fail', 'new', 'append', 'replace'),
      now: time,
      splitMb: integer(SPLIT_MB),
      part,
    }),
  ),
);

/** What a run has stored in Dashboards. */
const stored = object({
  base: addresses,
  tenant: word,
  objects: list(object({ type: text({ pattern: /^[a-z-]+$/ }), id: text() })),
});

const record = object({
  id: text({ pattern: /^[\w-]{1,100}$/, wanted: 'the name of a run' }),
  status: oneOf('preparing', 'loading', 'done'),
  startedAt: time,
  url: addresses,
  index,
  settings,
  presets: list(acceptedBy(checkPreset)),
  dashboards: v.exactOptional(stored),
});

/** What is wrong with the record of a run, and where; undefined for one that can be resumed. */
export function recordProblem(value: unknown): string | undefined {
  return schemaProblem(record, value);
}

/** True for the record of a run that can be resumed. */
export const isRunRecord = (value: unknown): value is RunRecord => recordProblem(value) === undefined;

/** What a run has stored in OpenSearch Dashboards. */
export interface StoredDashboards {
  /** Origin, base path and workspace. */
  readonly base: string;
  readonly tenant: string;
  readonly objects: readonly { readonly type: string; readonly id: string }[];
}

export interface RunRecord {
  readonly id: string;
  /** `preparing` until the run has its index: an index it finds may still belong to someone else. */
  readonly status: 'preparing' | 'loading' | 'done';
  /** ISO time. */
  readonly startedAt: string;
  readonly url: string;
  readonly index: string;
  /** Every setting of the run, chance and clock filled in; never a password. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Left out when nothing was stored there. */
  readonly dashboards?: StoredDashboards;
  /** The presets as data: their files may be gone when the run is resumed. */
  readonly presets: readonly Preset[];
}
