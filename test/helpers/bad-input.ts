// What people type wrong, and what files may hold that are not what they should be.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface BadInput {
  readonly args: readonly string[];
  /** Words that the sentence must have. */
  readonly says: string;
  /** @default 2 */
  readonly exit?: number;
  /** Files to be there before. */
  readonly files?: (folder: string) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** Largest file the program may write, kB. */
  readonly mostKb?: number;
}

const SMALL = ['--days', '1', '--sample', '3000', '--now', '2026-03-14T16:00:00Z', '--time-zone', 'UTC'];
const generate = (...args: string[]) => ['generate', ...SMALL, ...args];
const run = (...args: string[]) => ['run', ...args];

const parameters: BadInput[] = [
  {
    args: run('--days', '3650'),
    says: '--days: 3650 is out of range: use 1 to 90 days',
  },
  { args: run('--days', '0'), says: '--days' },
  { args: run('--days=-1'), says: '--days' },
  { args: run('--days', '1.5'), says: 'whole number' },
  { args: run('--days', 'NaN'), says: '"NaN" is not' },
  { args: run('--days', '1e3'), says: '"1e3" is not' },
  { args: run('--days', '0x10'), says: '"0x10" is not' },
  { args: run('--days', '٣'), says: 'is not a whole number' },
  { args: run('--days', '9'.repeat(400)), says: 'is out of range' },
  { args: run('--days'), says: '--days needs a value' },
  { args: run('--days', ''), says: '--days' },
  {
    args: run('--base-tps', '100000'),
    says: '--base-tps: 100000 is out of range: use 0.1 to 2000 transactions/s',
  },
  { args: run('--base-tps=-5'), says: '--base-tps' },
  { args: run('--base-tps', '0'), says: '--base-tps' },
  { args: run('--base-tps', 'Infinity'), says: '"Infinity" is not' },
  { args: run('--peak-multiplier', '0.5'), says: '--peak-multiplier' },
  { args: run('--error-rate-normal', '50'), says: '--error-rate-normal' },
  { args: run('--error-rate-normal=-1'), says: '--error-rate-normal' },
  { args: run('--error-rate-incident', '40-25'), says: 'the range 40-25 is reversed; use 25-40' },
  { args: run('--error-rate-incident', '1-2-3'), says: 'is not a number or a range' },
  { args: run('--incidents-per-day', '100'), says: '--incidents-per-day' },
  { args: run('--sample', '0'), says: '--sample' },
  { args: run('--profile', 'hard'), says: '--profile: "hard" is not one of demo, graded' },
  { args: run('--sample', '2.5'), says: '--sample' },
  { args: run('--seed', '4294967296'), says: '--seed' },
  { args: run('--now', 'yesterday'), says: '--now' },
  { args: run('--now', '2026-02-30T00:00:00Z'), says: '--now' },
  { args: run('--now', '2026-03-14T16:00:00'), says: 'a time with its offset' },
  { args: run('--demo-day', '2026-13-01'), says: '--demo-day' },
  { args: run('--demo-day', '1999-01-01'), says: 'days before now' },
  {
    args: [
      ...['generate', '--days', '1', '--demo-day', '2026-03-14', '--now', '2026-03-14T00:00:00Z'],
      ...['--preset', 'none', '--time-zone', 'UTC'],
    ],
    says: '--demo-day: the data would begin after now',
  },
  { args: run('--time-zone', 'Mars/Olympus'), says: '"Mars/Olympus" is not a time zone' },
  { args: run('--part', '0/3'), says: '--part' },
  { args: run('--part', '4/3'), says: '--part' },
  { args: run('--part', 'half'), says: '--part' },
  { args: run('--part', '1/3', '--on-conflict', 'new'), says: 'choose the name with --index' },
  { args: run('--part', '1/3', '--on-conflict', 'replace'), says: 'then load every part without it' },
  { args: generate('--split-mb', '0'), says: '--split-mb' },
  { args: generate('--split-mb', '9', '--stdout'), says: '--stdout and --split-mb cannot be combined' },
  { args: ['run', '--split-mb', '9'], says: '--split-mb splits the files of --output-dir' },
  { args: run('--on-conflict', 'maybe'), says: 'fail, new, append, replace' },
  { args: run('--aws-service', 's3'), says: 'es, aoss' },
  { args: run('--fingerprint', 'zz'), says: '--fingerprint' },
];

const words: BadInput[] = [
  { args: ['rnu'], says: 'did you mean run?' },
  { args: ['run', 'now'], says: 'Unexpected argument "now": run takes none' },
  { args: ['--dayz', '3'], says: 'did you mean --days?' },
  { args: ['--constructor'], says: 'does not exist' },
  { args: ['run', '--__proto__', 'x'], says: 'does not exist' },
  { args: ['run', '--insecure=yes'], says: '--insecure takes no value; remove "=yes"' },
  { args: ['-h=1'], says: '-h takes no value; remove "=1"' },
  { args: ['--yes'], says: '--yes needs a command, such as incident-demo run --local --yes' },
  { args: ['clean', '--local', '--days', '400'], says: '--days: 400 is out of range' },
  { args: ['run', '--password', 'secret'], says: 'OPENSEARCH_PASSWORD' },
  { args: ['explain', '__proto__'], says: 'no error code' },
  { args: ['node', 'constructor'], says: 'start, stop or status' },
  { args: ['run', '--resume', '../../x'], says: 'no unfinished run' },
  { args: [], says: 'no terminal' },
  { args: run('--local', '--url', 'http://x:1'), says: '--local and --url cannot be combined' },
  { args: run('--local', '--host', 'x:1'), says: '--local and --host cannot be combined' },
  { args: generate('--stdout', '--output-dir', 'x'), says: '--stdout and --output-dir cannot be combined' },
  {
    args: generate('--stdout', '--json'),
    says: '--stdout and --json cannot be combined: both write to standard output',
  },
  { args: generate('--resume'), says: 'generate does not take --resume; it belongs to run' },
  { args: run('--stdout'), says: 'run does not take --stdout; it belongs to generate' },
  { args: ['clean', '--yes', '--index', '*'], says: 'several indices' },
];

const addresses: BadInput[] = [
  { args: run('--url', 'ftp://localhost'), says: 'must begin with http://' },
  { args: run('--url', 'file:///etc/passwd'), says: 'must begin with http://' },
  { args: run('--url', 'http://me:secret@localhost'), says: 'does not belong in the address' },
  { args: run('--url', 'http://localhost:99999'), says: 'is not an address' },
  { args: run('--url', 'http://me:12/secret@localhost'), says: 'does not belong in the address' },
  { args: run('--url', 'http://localhost/?x=1'), says: 'more than an address' },
  { args: run('--url', ''), says: '--url needs a value, such as http://host:port' },
  { args: run(), env: { OPENSEARCH_URL: 'not an address' }, says: 'OPENSEARCH_URL' },
  { args: run('--url', 'http://127.0.0.1:1'), says: 'Nothing is listening', exit: 3 },
  { args: run('--url', 'http://127.0.0.1:1', '--password-file', 'none'), says: 'cannot be read' },
  { args: run('--url', 'https://127.0.0.1:1', '--ca-file', 'none.pem'), says: 'cannot be read' },
  { args: run('--url', 'https://127.0.0.1:1', '--ca-file', '/dev/zero'), says: 'not an ordinary file' },
  { args: run('--url', 'http://127.0.0.1:1', '--password-file', '/dev/zero'), says: 'longer than 4096' },
];

const names: BadInput[] = [
  ['*', 'several'],
  ['demo*', 'several'],
  ['a,b', 'several'],
  ['_all', 'several'],
  ['a?', 'several'],
  ['.kibana', 'leading dot'],
  ['..', 'leading dot'],
  ['_demo', 'begins with _'],
  ['+demo', 'begins with +'],
  ['Demo', 'upper-case'],
  ['a b', 'white space'],
  ['a/b', 'contains /'],
  ['a\\b', 'contains \\'],
  ['a#b', 'contains #'],
  ['a:b', 'contains :'],
  ['a\u0007b', 'contains a control character'],
  ['é'.repeat(200), 'longer than 255'],
].map(([name = '', says = '']) => ({ args: run('--index', name), says }));

const PRESET = JSON.parse(
  readFileSync(new URL('../../presets/payment-gateway-timeout.json', import.meta.url), 'utf8'),
);

/** A preset file with this text. */
const preset = (text: string, says: string): BadInput => ({
  args: generate('--preset', './mine.json'),
  says,
  files: (folder) => writeFileSync(join(folder, 'mine.json'), text),
});
const changed = (change: object) => JSON.stringify({ ...PRESET, ...change });

const presets: BadInput[] = [
  { args: generate('--preset', 'nope'), says: 'is neither a preset nor a file' },
  { args: generate('--preset', 'none', '--preset', 'memory-pressure'), says: 'cannot be combined' },
  { args: generate('--preset', 'memory-pressure'), says: 'it needs 3 or more' },
  { args: generate('--preset', '../../../etc/passwd'), says: 'passwd' },
  { args: generate('--preset', '.'), says: 'it is a folder' },
  { args: generate('--preset', '/dev/zero'), says: 'not an ordinary file' },
  preset('', 'line 1 is not JSON'),
  preset('{"id": NaN}', 'line 1 is not JSON'),
  preset('null', 'is not an object'),
  preset('[]', 'is not an object'),
  preset('['.repeat(100_000), 'nested deeper'),
  preset(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`, 'nested deeper'),
  preset(changed({}).replace('{', `{"deep":${'['.repeat(60)}${']'.repeat(60)},`), 'nested deeper'),
  preset(`"${'x'.repeat(1_100_000)}"`, 'longer than 1 MB'),
  preset(changed({}).replace('{', '{"__proto__":{"polluted":true},'), '__proto__'),
  preset(changed({}).replace('{', '{"constructor":{},'), 'constructor'),
  preset(changed({ id: '../../etc/passwd' }), 'lower-case words'),
  preset(changed({ id: 7 }), 'lower-case words'),
  preset(changed({ title: 'a\u001b[2Jb' }), 'control characters'),
  preset(changed({ window: { ...PRESET.window, recovery_minutes: 1e300 } }), 'recovery_minutes'),
  preset(changed({ window: { ...PRESET.window, end: PRESET.window.start } }), '5 to 15 are allowed'),
  preset(changed({}).replace(/"recovery_minutes":\d+/, '"recovery_minutes":1e999'), 'recovery_minutes'),
  preset(changed({ evidence: {} }), 'evidence must be a list'),
];

const all = (folder: string) => join(folder, 'mine');
const folders: BadInput[] = [
  {
    args: generate('--output-dir', 'mine'),
    says: 'a part of its path is a file',
    files: (folder) => writeFileSync(all(folder), 'a file'),
  },
  {
    args: generate('--output-dir', 'mine/deeper'),
    says: 'Cannot write to mine',
    files: (folder) => writeFileSync(all(folder), 'a file'),
  },
  {
    args: generate('--output-dir', 'mine'),
    says: 'Cannot write to mine',
    files: (folder) => symlinkSync('/nonexistent/elsewhere', all(folder)),
  },
  ...['summary.json', 'all_data.ndjson', 'incidents.json', 'mapping.json'].map((name) => ({
    args: generate('--output-dir', 'mine'),
    says: `it holds ${name}, which this tool did not write`,
    files: (folder: string) => {
      mkdirSync(all(folder));
      writeFileSync(join(all(folder), name), '{"tool":"another"}');
    },
  })),
  {
    args: generate('--output-dir', 'mine'),
    says: 'it holds summary.json',
    files: (folder) => {
      mkdirSync(all(folder));
      symlinkSync('/nonexistent/elsewhere', join(all(folder), 'summary.json'));
    },
  },
  {
    args: ['generate', '--create-mapping-only', '--output-dir', 'mine'],
    says: 'it holds mapping.json',
    files: (folder) => {
      mkdirSync(all(folder));
      writeFileSync(join(all(folder), 'mapping.json'), '{"mappings":{}}');
    },
  },
  {
    args: generate('--output-dir', '/proc/nowhere'),
    says: 'Cannot write to /proc/nowhere: its file system takes no new folders',
  },
  {
    args: generate('--output-dir', 'mine'),
    says: 'Cannot write to mine',
    mostKb: 100,
    files: (folder) => mkdirSync(all(folder)),
  },
];

/** A folder of data whose mapping.json has this text. */
const data = (text: string, says: string): BadInput => ({
  args: ['load', '--output-dir', 'mine', '--url', 'http://127.0.0.1:1'],
  says,
  files: (folder) => {
    mkdirSync(all(folder));
    writeFileSync(join(all(folder), 'mapping.json'), text);
    writeFileSync(join(all(folder), 'all_data.ndjson'), '');
  },
});
const META = {
  tool: 'incident-demo',
  now: '2026-03-14T16:00:00Z',
  presets: [],
  parameters: {
    ...{
      days: 1,
      baseTps: 20,
      peakMultiplier: 2.5,
      sample: 60,
      seed: 1,
      timeZone: 'UTC',
      profile: 'demo',
      labelDocuments: false,
    },
    ...{ incidentsPerDay: { min: 0, max: 0 }, errorRateNormal: { min: 1, max: 2 } },
    errorRateIncident: { min: 25, max: 40 },
  },
};
const remembered = (change: object) =>
  JSON.stringify({ mappings: { _meta: { ...META, parameters: { ...META.parameters, ...change } } } });
const WHICH = 'does not say which run made the data';

const refused = (text: string): BadInput => ({
  args: ['load', '--refused', 'refused.ndjson', '--url', 'http://127.0.0.1:1'],
  says: 'refused.ndjson holds no documents, so nothing was sent',
  files: (folder) => writeFileSync(join(folder, 'refused.ndjson'), text),
});

const dataFolders: BadInput[] = [
  {
    args: ['load', '--output-dir', 'nothing'],
    says: 'No data in nothing: run incident-demo generate first, or set --output-dir',
  },
  data('nonsense', 'this is not JSON'),
  data('null', WHICH),
  data('{"mappings":{}}', WHICH),
  data(remembered({ days: 1e9 }), WHICH),
  data(remembered({ days: '7' }), WHICH),
  data(remembered({ url: 'http://elsewhere', onConflict: 'replace' }), WHICH),
  data(remembered({ timeZone: 'Mars/Olympus' }), WHICH),
  data(remembered({ demoDay: '1000-01-01' }), WHICH),
  data(JSON.stringify({ mappings: { _meta: { ...META, presets: 'not packed' } } }), WHICH),
  data(remembered({}), 'Nothing is listening'),
].map((input, at, { length }) => (at === length - 1 ? { ...input, exit: 3 } : input));

const live = (...args: string[]) => ['live', '--url', 'http://127.0.0.1:1', ...args];

const liveWords: BadInput[] = [
  { args: live('--for', '10'), says: '--for: "10" is not a time such as 90s, 10m or 2h' },
  { args: live('--for', '10 m'), says: '"10 m" is not a time' },
  { args: live('--for=-5m'), says: 'is not a time' },
  { args: live('--for', '0s'), says: '--for: "0s" is out of range: use a time from 1s to 168h' },
  { args: live('--for', '1e3s'), says: 'is not a time' },
  { args: live('--for', '999999h'), says: 'out of range' },
  { args: live('--for', '1m', '--for', '2m'), says: '--for is given 2 times; give it once' },
  { args: live('--speed', '0'), says: '--speed: 0 is out of range: use 1 to 60' },
  { args: live('--speed', '61'), says: '--speed' },
  { args: live('--speed', '1.5'), says: 'whole number' },
  { args: live('--at', ''), says: '--at' },
  { args: live('--at=-3m:recover'), says: '"-3m" is not a time' },
  { args: live('--at', '200h:recover'), says: '"200h" is out of range: use a time from 0s to 168h' },
  { args: live('--at', '3m:'), says: '--at: "3m:" is not TIME:INCIDENT' },
  { args: live('--at', '3m:memory_pressure:'), says: '"" is not one of major' },
  { args: live('--at', '3m:Memory Pressure'), says: '"Memory Pressure" is not the name of an incident' },
  { args: live('--at', '3m'), says: '--at: "3m" is not TIME:INCIDENT' },
  { args: live('--at', 'soon:recover'), says: '"soon" is not a time' },
  { args: live('--at', '3m:payment_gateway_timout'), says: 'did you mean payment_gateway_timeout?' },
  {
    args: live('--at', '3m:constructor'),
    says: 'cannot be started here; use payment_gateway',
  },
  {
    args: live('--at', '3m:memory_pressure:worst'),
    says: '"worst" is not one of major, minor, subtle, silent',
  },
  { args: live('--at', '3m:recover:major'), says: 'recover takes no severity; remove "major"' },
  { args: live('--at', '3m:memory_pressure:major:x'), says: 'is not TIME:INCIDENT' },
  { args: live('--at', '3m:../../etc'), says: 'is not the name of an incident' },
  { args: live('--gap', 'ignore'), says: '--gap: "ignore" is not one of backfill, leave' },
  { args: live('--resume'), says: 'There is no killed live shop to resume' },
  { args: live('--resume', 'nope'), says: 'There is no killed live shop nope to resume' },
  { args: ['live', 'stop', '--gap', 'leave'], says: 'live stop does not take --gap' },
  { args: live('--severity', 'bad'), says: '--severity: "bad" is not one of' },
  { args: live('--minutes', '61'), says: '--minutes: 61 is out of range: use 1 to 60 minutes' },
  { args: live('--preset', 'nope'), says: 'is neither a preset nor a file' },
  { args: ['live', 'begin'], says: '"begin" is not an action of live: start, stop or status' },
  { args: ['live', 'start'], says: 'live start needs an incident: payment_gateway_timeout, ' },
  {
    args: ['live', 'start', 'memory_pressure', '--severity', 'bad'],
    says: '"bad" is not one of major, minor',
  },
  { args: ['live', 'start', 'memory_pressure', '--minutes', '0'], says: 'use 1 to 60 minutes' },
  { args: ['live', 'start', 'memory_pressure', '--minutes', 'ten'], says: '--minutes' },
  { args: ['live', 'start', 'memory_pressure'], says: 'No shop is live on this machine', exit: 3 },
  { args: ['live', 'start', 'memory_presure'], says: 'did you mean memory_pressure?' },
  {
    args: ['live', 'stop', 'memory_pressure'],
    says: 'Unexpected argument "memory_pressure": live stop takes none',
  },
  { args: ['live', 'start', 'a', 'b'], says: 'Unexpected argument "b": live takes two at most' },
  { args: ['live', 'start', 'memory_pressure', '--for', '1m'], says: 'live start does not take --for' },
  { args: ['live', 'status', '--severity', 'minor'], says: 'live status does not take --severity' },
  { args: ['live', 'status'], says: 'No shop is live on this machine', exit: 3 },
  { args: ['live', 'stop', '--index', 'shop'], says: 'The index shop is not live on this machine', exit: 3 },
  { args: run('--for', '1m'), says: 'run does not take --for; it belongs to live' },
  { args: run('--speed', '2'), says: 'run does not take --speed; it belongs to live' },
  { args: live(), says: 'Nothing is listening', exit: 3 },
];

export const BAD_INPUTS: readonly BadInput[] = [
  ...parameters,
  ...liveWords,
  ...words,
  ...addresses,
  ...names,
  ...presets,
  ...folders,
  ...dataFolders,
  refused(''),
  refused('\n\n'),
];
