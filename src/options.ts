// The one table of parameters. The flags, the wizard's form, the plain prompts, --help and the README's table
// are all made from it.

import { indexNameProblem } from './core/cluster/index-names.ts';
import type { Range } from './core/plan/types.ts';
import { AppError } from './errors.ts';

export type ConflictPolicy = 'fail' | 'new' | 'append' | 'replace';

/** Every answer a run needs. Times are text as given; `undefined` means "decide for me". */
export interface Settings {
  url: string;
  username: string | undefined;
  passwordFile: string | undefined;
  caFile: string | undefined;
  fingerprint: string | undefined;
  insecure: boolean;
  awsRegion: string | undefined;
  awsService: 'es' | 'aoss' | undefined;
  local: boolean;
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
  labelDocuments: boolean;
  outputDir: string | undefined;
  stdout: boolean;
  createMappingOnly: boolean;
  splitMb: number | undefined;
  part: Part | undefined;
  resume: string | true | undefined;
  yes: boolean;
  plain: boolean;
  json: boolean;
  color: boolean;
  logFile: string | undefined;
}

/** This share of the slots: part `index` (from 1) of `of`. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

export type Group = 'Connection' | 'Index' | 'Data' | 'Time' | 'Output' | 'Run';

/** What a flag takes. `number`, `integer` and `range` carry limits, and how far one key press moves them. */
export type Kind =
  | { type: 'switch' }
  | { type: 'text'; placeholder: string }
  | { type: 'choice'; choices: readonly string[] }
  | {
      type: 'integer' | 'number' | 'range';
      min: number;
      max: number;
      step: number;
      bigStep: number;
      unit: string;
    };

export interface Option<K extends keyof Settings = keyof Settings> {
  readonly key: K;
  /** Without the leading dashes. */
  readonly flag: string;
  /** Other spellings of the flag. */
  readonly alias?: string;
  /** The words beside the field in a form. */
  readonly label: string;
  readonly group: Group;
  readonly kind: Kind;
  readonly default: Settings[K];
  /** The default in words, for help and tables; left out, it is the value itself. */
  readonly defaultText?: string;
  readonly help: string;
  readonly env?: string;
  /** May be given more than once. */
  readonly repeatable?: boolean;
  /** The value may be left out. */
  readonly optionalValue?: boolean;
  /** Shown in the Tune form. */
  readonly inForm?: boolean;
  /** Reads the text of the flag; throws AppError `parameter` with what is allowed. */
  readonly parse: (text: string) => Settings[K];
}

const fail = (flag: string, problem: string): never => {
  throw new AppError('parameter', { flag: `--${flag}`, problem });
};

const DECIMAL = /^\d+(\.\d+)?$/;

function parseNumber(flag: string, text: string, kind: Extract<Kind, { min: number }>): number {
  const value = Number(text.trim());
  const whole = kind.type === 'integer';
  const wanted = `${whole ? 'a whole number' : 'a number'} from ${kind.min} to ${kind.max}${kind.unit ? ` (${kind.unit})` : ''}`;
  if (!DECIMAL.test(text.trim()) || (whole && !Number.isInteger(value)))
    fail(flag, `"${text}" is not ${wanted}`);
  if (value < kind.min || value > kind.max) fail(flag, `${text} is outside what is allowed: ${wanted}`);
  return value;
}

function parseRange(flag: string, text: string, kind: Extract<Kind, { min: number }>): Range {
  const [low = '', high = low, ...rest] = text
    .trim()
    .replace(/%$/, '')
    .split(/\s*(?:-|\.\.|–)\s*/);
  if (rest.length > 0) fail(flag, `"${text}" is not a number or a range such as ${kind.min}-${kind.max}`);
  const range = { min: parseNumber(flag, low, kind), max: parseNumber(flag, high, kind) };
  if (range.min > range.max) fail(flag, `${text} begins above its end; write ${high}-${low}`);
  return range;
}

/** A range as text: `2-3`, or `2` when both ends are equal. */
export function rangeText(range: Range): string {
  return range.min === range.max ? String(range.min) : `${range.min}-${range.max}`;
}

type Base<K extends keyof Settings> = Omit<Option<K>, 'kind' | 'parse'>;
type Limits = Omit<Extract<Kind, { min: number }>, 'type'>;
type KeysOf<V> = { [K in keyof Settings]: V extends Settings[K] ? K : never }[keyof Settings];

const numeric = <K extends KeysOf<number>>(
  type: 'integer' | 'number',
  limits: Limits,
  base: Base<K>,
): Option<K> => ({
  ...base,
  kind: { type, ...limits },
  parse: (text) => parseNumber(base.flag, text, { type, ...limits }) as Settings[K],
});
const range = <K extends KeysOf<Range>>(limits: Limits, base: Base<K>): Option<K> => ({
  ...base,
  kind: { type: 'range', ...limits },
  parse: (text) => parseRange(base.flag, text, { type: 'range', ...limits }) as Settings[K],
});
const toggle = <K extends KeysOf<boolean>>(base: Base<K>): Option<K> => ({
  ...base,
  kind: { type: 'switch' },
  parse: () => true as Settings[K],
});
const choice = <K extends keyof Settings>(choices: readonly string[], base: Base<K>): Option<K> => ({
  ...base,
  kind: { type: 'choice', choices },
  parse: (text) => {
    if (!choices.includes(text)) fail(base.flag, `"${text}" is not one of ${choices.join(', ')}`);
    return text as Settings[K];
  },
});
const text = <K extends keyof Settings>(
  placeholder: string,
  base: Base<K>,
  parse: (value: string) => Settings[K] = (value) => value as Settings[K],
): Option<K> => ({
  ...base,
  kind: { type: 'text', placeholder },
  parse: (value) => {
    if (value.trim() === '') fail(base.flag, `a value is missing: ${placeholder}`);
    return parse(value.trim());
  },
});

/** An address as an origin; `host:port` means http. Throws AppError `parameter`. */
export function parseUrl(value: string, flag = 'url'): string {
  const wanted = 'an address such as http://localhost:9200 or localhost:9200';
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(withScheme)) return fail(flag, `"${value}" is not ${wanted}`);
  const url = new URL(withScheme);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    fail(flag, `"${url.protocol}" is not http or https`);
  if (url.username || url.password) {
    fail(
      flag,
      'a user name or password does not belong in the address; use --username and OPENSEARCH_PASSWORD',
    );
  }
  if (url.search || url.hash) fail(flag, `"${value}" has more than an address; ${wanted}`);
  const path = url.pathname.replace(/\/+$/, '');
  const port =
    url.port || (url.protocol === 'https:' ? '443' : withScheme.match(/:80(\/|$)/) ? '80' : '9200');
  return `${url.protocol}//${url.hostname}:${port}${path}`;
}

function parseZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return fail('time-zone', `"${value}" is not a time zone; use an IANA name such as Europe/Berlin or UTC`);
  }
}

function parseNow(value: string): string {
  const wanted = 'a time with its offset such as 2026-03-14T16:00:00Z';
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)$/.test(value) ||
    Number.isNaN(Date.parse(value))
  ) {
    return fail('now', `"${value}" is not ${wanted}`);
  }
  return new Date(value).toISOString();
}

function parseDay(value: string): string {
  const time = Date.parse(`${value}T00:00:00Z`);
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) && real
    ? value
    : fail('demo-day', `"${value}" is not a day such as 2026-03-14`);
}

function parsePart(value: string): Part {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(value) ?? [];
  const part = { index: Number(index), of: Number(of) };
  if (!index || !of || part.index < 1 || part.index > part.of) {
    return fail('part', `"${value}" is not a part such as 1/3, from 1/n to n/n`);
  }
  return part;
}

function parseFingerprint(value: string): string {
  const digits = value.replaceAll(':', '').toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    return fail('fingerprint', `"${value}" is not a SHA-256: 32 pairs of hexadecimal digits such as 1A:2B:…`);
  }
  return (digits.match(/../g) ?? []).join(':');
}

/** One ordinary index by its exact name. Throws AppError `index-name`. */
export function parseIndex(index: string): string {
  const reason = indexNameProblem(index);
  if (reason) throw new AppError('index-name', { index: index.replace(/\p{Cc}/gu, '?'), reason });
  return index;
}

const PERCENT = { step: 0.5, bigStep: 5, unit: 'percent' };

export const OPTIONS: readonly Option[] = [
  text(
    'http://host:port',
    {
      key: 'url',
      flag: 'url',
      alias: 'host',
      label: 'Address',
      group: 'Connection',
      default: 'http://localhost:9200',
      defaultText: 'OPENSEARCH_URL, else localhost:9200',
      env: 'OPENSEARCH_URL',
      help: 'Address of the cluster; --host takes host:port',
    },
    (value) => parseUrl(value),
  ),
  text('NAME', {
    key: 'username',
    flag: 'username',
    label: 'User name',
    group: 'Connection',
    default: undefined,
    defaultText: 'OPENSEARCH_USERNAME',
    env: 'OPENSEARCH_USERNAME',
    help: 'User name; the password comes from OPENSEARCH_PASSWORD, a prompt or --password-file',
  }),
  text('FILE', {
    key: 'passwordFile',
    flag: 'password-file',
    label: 'Password file',
    group: 'Connection',
    default: undefined,
    help: 'File whose first line is the password',
  }),
  text('FILE', {
    key: 'caFile',
    flag: 'ca-file',
    label: 'CA file',
    group: 'Connection',
    default: undefined,
    help: 'Certificate authority (PEM) to trust for https',
  }),
  text(
    'SHA-256',
    {
      key: 'fingerprint',
      flag: 'fingerprint',
      label: 'Certificate',
      group: 'Connection',
      default: undefined,
      help: 'Trust the one certificate with this SHA-256, as doctor shows it; its name is still checked',
    },
    parseFingerprint,
  ),
  toggle({
    key: 'insecure',
    flag: 'insecure',
    label: 'Skip certificate checks',
    group: 'Connection',
    default: false,
    help: 'Do not check the certificate, for this run only',
  }),
  text('REGION', {
    key: 'awsRegion',
    flag: 'aws-region',
    label: 'AWS region',
    group: 'Connection',
    default: undefined,
    help: 'Sign requests for Amazon OpenSearch (credentials from AWS_* variables)',
  }),
  choice(['es', 'aoss'], {
    key: 'awsService',
    flag: 'aws-service',
    label: 'AWS service',
    group: 'Connection',
    default: undefined,
    defaultText: 'es',
    help: 'es for managed domains, aoss for Serverless',
  }),
  toggle({
    key: 'local',
    flag: 'local',
    label: 'Local node',
    group: 'Connection',
    default: false,
    help: 'Use a local OpenSearch node, started if need be',
  }),
  text(
    'NAME',
    {
      key: 'index',
      flag: 'index',
      label: 'Index',
      group: 'Index',
      default: 'ecommerce_performance_demo',
      help: 'Name of the index',
    },
    parseIndex,
  ),
  choice(['fail', 'new', 'append', 'replace'], {
    key: 'onConflict',
    flag: 'on-conflict',
    label: 'If the index exists',
    group: 'Index',
    default: 'fail',
    help: 'When the index exists: stop, load beside it, add to it, or delete it first',
  }),
  text(
    'ID or FILE',
    {
      key: 'presets',
      flag: 'preset',
      label: 'Presets',
      group: 'Data',
      default: [],
      repeatable: true,
      defaultText: 'all three',
      help: 'Preset incident, by id or file; repeatable; none for no preset',
    },
    (value) => [value],
  ),
  numeric(
    'integer',
    { min: 1, max: 90, step: 1, bigStep: 7, unit: 'days' },
    {
      key: 'days',
      flag: 'days',
      label: 'Days of data',
      group: 'Data',
      default: 7,
      inForm: true,
      help: 'Days of data, ending at the demo day',
    },
  ),
  range(
    { min: 0, max: 8, step: 1, bigStep: 2, unit: 'per day' },
    {
      key: 'incidentsPerDay',
      flag: 'incidents-per-day',
      label: 'Incidents a day',
      group: 'Data',
      default: { min: 2, max: 3 },
      inForm: true,
      help: 'Random incidents a day beside the presets: a number or a range',
    },
  ),
  numeric(
    'number',
    { min: 0.1, max: 2000, step: 1, bigStep: 10, unit: 'transactions/s' },
    {
      key: 'baseTps',
      flag: 'base-tps',
      label: 'Base traffic',
      group: 'Data',
      default: 20,
      inForm: true,
      help: 'Base transactions per second',
    },
  ),
  numeric(
    'number',
    { min: 1, max: 20, step: 0.1, bigStep: 0.5, unit: '× base' },
    {
      key: 'peakMultiplier',
      flag: 'peak-multiplier',
      label: 'Peak',
      group: 'Data',
      default: 2.5,
      inForm: true,
      help: 'Traffic at the lunch peak as a multiple of the base',
    },
  ),
  range(
    { min: 0, max: 10, ...PERCENT },
    {
      key: 'errorRateNormal',
      flag: 'error-rate-normal',
      label: 'Errors, normal',
      group: 'Data',
      default: { min: 1, max: 2 },
      inForm: true,
      help: 'Error rate of normal operation in percent: a number or a range',
    },
  ),
  range(
    { min: 5, max: 90, ...PERCENT },
    {
      key: 'errorRateIncident',
      flag: 'error-rate-incident',
      label: 'Errors, incident',
      group: 'Data',
      default: { min: 25, max: 40 },
      inForm: true,
      help: 'Error rate in an incident window in percent: a number or a range',
    },
  ),
  numeric(
    'integer',
    { min: 1, max: 100000, step: 10, bigStep: 60, unit: 'one session in N' },
    {
      key: 'sample',
      flag: 'sample',
      label: 'Keep one session in',
      group: 'Data',
      default: 60,
      inForm: true,
      help: 'Keep one of N sessions; 1 keeps every transaction',
    },
  ),
  numeric(
    'integer',
    { min: 0, max: 4294967295, step: 1, bigStep: 100, unit: '' },
    {
      key: 'seed',
      flag: 'seed',
      label: 'Seed',
      group: 'Data',
      default: undefined,
      defaultText: 'random, and printed',
      inForm: true,
      help: 'The same seed (with the same parameters and --now) gives the same data',
    },
  ),
  toggle({
    key: 'labelDocuments',
    flag: 'label-documents',
    label: 'Label documents',
    group: 'Data',
    default: false,
    help: 'Write incident_id and phase into each document',
  }),
  text(
    'TIME',
    {
      key: 'now',
      flag: 'now',
      label: 'Clock',
      group: 'Time',
      default: undefined,
      defaultText: 'the clock',
      help: 'Fix the clock: an ISO time with offset',
    },
    parseNow,
  ),
  text(
    'YYYY-MM-DD',
    {
      key: 'demoDay',
      flag: 'demo-day',
      label: 'Demo day',
      group: 'Time',
      default: undefined,
      defaultText: 'today if 14:45 has passed, else yesterday',
      help: 'The day the presets call today',
    },
    parseDay,
  ),
  text(
    'ZONE',
    {
      key: 'timeZone',
      flag: 'time-zone',
      label: 'Time zone',
      group: 'Time',
      default: undefined,
      defaultText: "the machine's",
      help: 'IANA time zone of the shop',
    },
    parseZone,
  ),
  text('DIR', {
    key: 'outputDir',
    flag: 'output-dir',
    label: 'Folder',
    group: 'Output',
    default: undefined,
    defaultText: './output (generate); none (run)',
    help: 'Folder for the files',
  }),
  toggle({
    key: 'stdout',
    flag: 'stdout',
    label: 'Standard output',
    group: 'Output',
    default: false,
    help: 'generate: write the bulk NDJSON to standard output and nothing else there',
  }),
  toggle({
    key: 'createMappingOnly',
    flag: 'create-mapping-only',
    label: 'Mapping only',
    group: 'Output',
    default: false,
    help: 'generate: write mapping.json and stop',
  }),
  numeric(
    'integer',
    { min: 1, max: 2000, step: 1, bigStep: 10, unit: 'MB' },
    {
      key: 'splitMb',
      flag: 'split-mb',
      label: 'Split',
      group: 'Output',
      default: undefined,
      defaultText: 'no parts',
      help: 'generate: also write all_data in parts of at most this size',
    },
  ),
  text(
    'i/n',
    {
      key: 'part',
      flag: 'part',
      label: 'Part',
      group: 'Output',
      default: undefined,
      defaultText: 'the whole',
      help: 'Only this share of the data, such as 1/3',
    },
    parsePart,
  ),
  text('ID', {
    key: 'resume',
    flag: 'resume',
    label: 'Resume',
    group: 'Run',
    default: undefined,
    optionalValue: true,
    defaultText: 'off',
    help: 'Go on with an unfinished run (the last one, or the one named)',
  }),
  toggle({
    key: 'yes',
    flag: 'yes',
    label: 'No questions',
    group: 'Run',
    default: false,
    help: 'Ask nothing',
  }),
  toggle({
    key: 'plain',
    flag: 'plain',
    label: 'Plain questions',
    group: 'Run',
    default: false,
    help: 'Plain questions, line by line, instead of the full screen',
  }),
  toggle({
    key: 'json',
    flag: 'json',
    label: 'JSON',
    group: 'Run',
    default: false,
    help: 'One JSON event a line on standard output; the last has type done',
  }),
  {
    ...toggle({
      key: 'color',
      flag: 'no-color',
      label: 'Colour',
      group: 'Run',
      default: true,
      defaultText: 'colour',
      help: 'No colour',
    }),
    parse: () => false,
  },
  text('FILE', {
    key: 'logFile',
    flag: 'log-file',
    label: 'Log file',
    group: 'Run',
    default: undefined,
    help: 'Write each event with its time to this file',
  }),
] as readonly Option[];

/** The options of the Tune form, in the order of the table. */
export const FORM_OPTIONS = OPTIONS.filter((option) => option.inForm);

/** All settings at their defaults. */
export function defaultSettings(): Settings {
  return Object.fromEntries(OPTIONS.map((option) => [option.key, option.default])) as unknown as Settings;
}

/** A setting as the text its flag takes; empty when it is not set. */
export function settingText(option: Option, settings: Settings): string {
  const value = settings[option.key];
  if (value === undefined || value === true || value === false) return '';
  if (typeof value === 'object' && 'min' in value) return rangeText(value);
  if (typeof value === 'object' && 'of' in value) return `${value.index}/${value.of}`;
  return String(value);
}
