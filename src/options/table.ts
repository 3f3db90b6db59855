// The one table of parameters. The flags, the wizard's form, the plain prompts, --help and the README's table
// are all made from it.

import { choice, numeric, type Option, range, text, toggle } from './kinds.ts';
import type { Settings } from './settings.ts';
import {
  parseDay,
  parseFingerprint,
  parseIndex,
  parseNow,
  parsePart,
  parseUrls,
  parseZone,
  rangeText,
} from './values.ts';

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
      help: 'Address of the cluster, or of several of its nodes with commas between; --host takes host:port',
    },
    parseUrls,
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
  text('FILE', {
    key: 'refused',
    flag: 'refused',
    label: 'Refused documents',
    group: 'Run',
    default: undefined,
    help: 'load: send the documents of this file again, which a cluster refused before',
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
