import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutArguments } from '../../../src/command-line/environment.ts';
import { parseArguments } from '../../../src/command-line/parse.ts';
import { renderCommand } from '../../../src/command-line/render.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { defaultSettings, OPTIONS } from '../../../src/options/table.ts';
import { parseIndex, parseUrl } from '../../../src/options/values.ts';
import { PLANTED, SIGN_INS } from '../../helpers/planted.ts';

const parse = (line: string, environment = {}) =>
  parseArguments(line === '' ? [] : line.split(' '), environment);
function failureOf(argv: readonly string[], environment = {}): AppError {
  try {
    parseArguments(argv, environment);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was accepted`);
}
const failure = (line: string, environment = {}) => failureOf(line.split(' '), environment);

describe('the documented flags', () => {
  test('every flag of the contract exists', () => {
    const contract =
      'url host username password-file ca-file insecure aws-region aws-service local index on-conflict preset days incidents-per-day base-tps peak-multiplier error-rate-normal error-rate-incident sample seed now demo-day time-zone output-dir stdout create-mapping-only split-mb part resume yes plain json no-color log-file dry-run quiet verbose client-cert client-key token-file label-documents dashboards mark-incidents';
    const flags = OPTIONS.flatMap(({ flag, alias }) => [flag, alias]);
    for (const flag of contract.split(' ')) expect(flags).toContain(flag);
  });

  test('defaults are those of the contract', () => {
    expect(parse('run').settings).toMatchObject({
      url: 'http://localhost:9200',
      index: 'ecommerce_performance_demo',
      onConflict: 'fail',
      days: 7,
      incidentsPerDay: { min: 2, max: 3 },
      baseTps: 20,
      peakMultiplier: 2.5,
      errorRateNormal: { min: 1, max: 2 },
      errorRateIncident: { min: 25, max: 40 },
      sample: 60,
    });
  });

  test('no command opens the wizard, also with flags', () => {
    expect(parse('').command).toBe('wizard');
    expect(parse('--days 3').command).toBe('wizard');
  });

  test('values are read, presets add up', () => {
    const { settings, given } = parse(
      'run --days 4 --preset a --preset b.json --error-rate-incident 30 --part 2/3 --no-color',
    );
    expect(settings).toMatchObject({
      days: 4,
      presets: ['a', 'b.json'],
      errorRateIncident: { min: 30, max: 30 },
      color: false,
    });
    expect(settings.part).toEqual({ index: 2, of: 3 });
    expect(given.has('days')).toBe(true);
    expect(given.has('sample')).toBe(false);
  });

  test('--host takes host:port as in the seed', () => {
    expect(parse('run --host localhost:9200').settings.url).toBe('http://localhost:9200');
    expect(parse('run --host search.example').settings.url).toBe('http://search.example:9200');
    expect(parse('run --url http://a,https://b:1').settings.url).toBe('http://a:9200,https://b:1');
  });

  test('the environment answers, a flag overrides it', () => {
    const environment = { OPENSEARCH_URL: 'https://a.example:9200', OPENSEARCH_USERNAME: 'admin' };
    expect(parse('run', environment).settings).toMatchObject({
      url: 'https://a.example:9200',
      username: 'admin',
    });
    expect(parse('run --url http://b:1', environment).settings.url).toBe('http://b:1');
  });

  test('the address of the environment gives way to --local, also in the line that repeats the run', () => {
    const { settings } = parse('run --local', { OPENSEARCH_URL: 'http://elsewhere:9200' });
    expect(settings.local).toBe(true);
    const again = renderCommand('incident-demo', 'run', settings);
    expect(again).toBe('incident-demo run --local --yes');
    expect(failure('run --local --url http://elsewhere:9200').exit).toBe(2);
    expect(failure('clean --url http://elsewhere:9200 --local').code).toBe('usage');
    expect(parse('run --local --url http://elsewhere:9200 --help').help).toBe(true);
  });

  test('--resume works with and without an id', () => {
    expect(parse('run --resume').settings.resume).toBe(true);
    expect(parse('run --resume --json').settings.resume).toBe(true);
    expect(parse('run --resume 20260101-000000-abcd').settings.resume).toBe('20260101-000000-abcd');
  });

  test('node takes a word, run does not', () => {
    expect(parse('node start')).toMatchObject({ command: 'node', words: ['start'] });
    expect(failure('run start').message).toContain('"start"');
  });
});

describe('mistakes get one sentence', () => {
  const table: readonly (readonly [line: string, code: string, part: string])[] = [
    ['--dyas 3', 'usage', 'did you mean --days?'],
    ['--day 3', 'usage', 'did you mean --days?'],
    ['generate --out x', 'usage', 'did you mean --output-dir?'],
    ['generate --output x', 'usage', 'did you mean --output-dir?'],
    ['generate --output-folder x', 'usage', 'did you mean --output-dir?'],
    ['run --error-rate 5', 'usage', 'did you mean --error-rate-normal or --error-rate-incident?'],
    ['run --timezone UTC', 'usage', 'did you mean --time-zone?'],
    ['run --tps 3', 'usage', 'did you mean --base-tps?'],
    ['rum', 'usage', 'did you mean run?'],
    ['frobnicate', 'usage', 'commands are run, generate'],
    ['run --days', 'usage', '--days needs a value: 1 to 90'],
    ['run --yes=1', 'usage', '--yes takes no value; remove "=1"'],
    ['-h=1', 'usage', '-h takes no value; remove "=1"'],
    ['run b', 'usage', 'Unexpected argument "b": run takes none'],
    ['explain a b', 'usage', 'Unexpected argument "b": explain takes one'],
    ['run --url=', 'parameter', '--url needs a value, such as http://host:port'],
    ['run --index=', 'parameter', '--index needs a value: NAME'],
    ['run --url', 'usage', '--url needs a value, such as http://host:port'],
    ['run --days 0', 'parameter', '--days: 0 is out of range: use 1 to 90 days'],
    ['run --days 3650', 'parameter', '1 to 90'],
    ['run --days 1.5', 'parameter', 'a whole number'],
    ['run --days -3', 'parameter', '--days: -3 is out of range: use 1 to 90 days'],
    ['run --index --yes', 'usage', '--index needs a value'],
    ['run --days=-3', 'parameter', '--days: -3 is out of range'],
    ['run --days 1e3', 'parameter', 'not a whole number'],
    ['run --days NaN', 'parameter', 'not a whole number'],
    ['run --days 0x10', 'parameter', 'not a whole number'],
    ['run --base-tps 100000', 'parameter', '--base-tps: 100000 is out of range'],
    ['run --incidents-per-day 3-2', 'parameter', 'the range 3-2 is reversed; use 2-3'],
    ['run --incidents-per-day 1-2-3', 'parameter', 'not a number or a range'],
    ['run --error-rate-incident 140', 'parameter', '--error-rate-incident'],
    ['run --error-rate-normal -1', 'parameter', '-1 is out of range: use 0 to 10 percent'],
    ['run --error-rate-normal=-1', 'parameter', '-1 is out of range: use 0 to 10 percent'],
    ['run --error-rate-normal=5-', 'parameter', '"5-" is not a number: use 0 to 10 percent'],
    ['run --sample 0', 'parameter', '--sample'],
    ['run --seed -1', 'parameter', '--seed: -1 is out of range'],
    ['run --seed=-0', 'parameter', '--seed: -0 is out of range'],
    ['run --seed 4294967296', 'parameter', '--seed'],
    ['run --part 4/3', 'parameter', 'from 1/n to n/n'],
    ['run --part 0/3', 'parameter', 'not a part'],
    ['run --part 1/3 --on-conflict new', 'parameter', '--on-conflict new: with --part every part would make'],
    ['run --part 1/3 --on-conflict replace', 'parameter', 'run incident-demo clean --index NAME once'],
    ['run --time-zone Mars/Olympus', 'parameter', '--time-zone: "Mars/Olympus" is not a time zone'],
    ['run --now yesterday', 'parameter', '--now'],
    ['run --now 2026-02-30', 'parameter', '--now'],
    ['run --demo-day 2026-02-30', 'parameter', '--demo-day'],
    ['run --on-conflict delete', 'parameter', 'fail, new, append, replace'],
    ['run --url ftp://x', 'parameter', 'must begin with http:// or https://'],
    ['run --url http://user:secret@x:1', 'parameter', 'does not belong in the address'],
    ['run --password secret', 'usage', 'OPENSEARCH_PASSWORD'],
    ['run --index Demo', 'index-name', 'upper-case'],
    ['run --index a,b', 'index-name', 'several'],
    ['run --index logs*', 'index-name', 'several'],
    ['run --index .kibana', 'index-name', 'leading dot'],
    ['run --index _all', 'index-name', 'several'],
    ['run --index _x', 'index-name', 'begins with _'],
  ];
  test.each(['--force', '--xxx', '--in', '--talkative', '--constructor', '--sort'])(
    '%s is like no flag, so none is named',
    (flag) => {
      expect(failure(`run ${flag}`).message).toBe(`The flag ${flag} does not exist`);
    },
  );

  test.each([
    ...SIGN_INS.flatMap((address) => [
      ['run', '--url', address],
      ['run', `--host=${address}`],
      ['run', '--dashboards', address],
      ['run', address],
      [address],
      ['run', '--index', address],
      ['run', '--time-zone', address],
    ]),
    ['run', '--username', `anna:${PLANTED}`],
    ['run', '-u', `anna:${PLANTED}`],
    ['run', `-uanna:${PLANTED}`],
    ['run', `--password=${PLANTED}`],
    ['run', '--password', PLANTED],
  ])('%j: no part of a password is repeated', (...argv) => {
    const error = failureOf(argv);
    expect(error.exit).toBe(2);
    expect(JSON.stringify(error.explain())).not.toContain(PLANTED);
  });

  test.each(SIGN_INS)('OPENSEARCH_URL=%s is not repeated', (address) => {
    const error = failureOf(['doctor'], { OPENSEARCH_URL: address });
    expect(error.message).toContain('OPENSEARCH_URL');
    expect(JSON.stringify(error.explain())).not.toContain(PLANTED);
  });

  test.each([
    ['run --days 3 --days 4', '--days is given 2 times; give it once'],
    ['run --days 3 --days=3 --days 3', '--days is given 3 times; give it once'],
    ['run --url http://a:1 --host b:1', '--url and --host are one flag; give it once'],
    ['--seed 1 run --seed 2', '--seed is given 2 times; give it once'],
    ['run --resume --resume x', '--resume is given 2 times; give it once'],
    ['run --quiet --verbose', '--quiet and --verbose cannot be combined: one prints less, the other more'],
    ['generate --dry-run', 'generate does not take --dry-run; it belongs to run'],
  ])('%s: one value cannot be two', (line, message) => {
    expect(failure(line)).toMatchObject({ message, exit: 2 });
  });

  test.each(['run --yes --yes', 'run --preset a --preset b', 'run --json --quiet', 'validate --verbose'])(
    '%s is no contradiction',
    (line) => {
      expect(parse(line).command).toBe(line.split(' ')[0]);
    },
  );

  test.each([
    ['run --stdout', 'run does not take --stdout; it belongs to generate'],
    ['run --create-mapping-only', 'run does not take --create-mapping-only; it belongs to generate'],
    ['--stdout', 'The wizard does not take --stdout; it belongs to generate'],
    ['run --refused x', 'run does not take --refused; it belongs to load'],
    ['generate --resume', 'generate does not take --resume; it belongs to run and live'],
    ['load --split-mb 3', 'load does not take --split-mb; it belongs to run and generate'],
    [
      'validate --output-dir x',
      'validate does not take --output-dir; it belongs to run, generate, load, guide, dashboards, score and export',
    ],
    ['validate --guide-format html', 'validate does not take --guide-format; it belongs to guide'],
    ['doctor --part 1/2', 'doctor does not take --part; it belongs to run, generate and load'],
  ])('%s: a flag of another command is refused', (line, message) => {
    expect(failure(line)).toMatchObject({ message, exit: 2 });
    expect(parse(`${line} --help`).help).toBe(true);
  });

  test.each(['run', 'generate', 'load', 'validate', 'doctor', 'clean'])(
    '%s takes the cluster, the index and the data that a script names for all commands',
    (command) => {
      const line = `${command} --host x:1 --index x --on-conflict replace --seed 3 --days 2 --sample 9`;
      expect(parse(line).settings).toMatchObject({ index: 'x', seed: 3, days: 2 });
    },
  );

  test('--create-mapping-only alone writes the mapping, as the command that does', () => {
    expect(parse('--create-mapping-only').command).toBe('generate');
  });

  test('the environment may say what a command does not need', () => {
    const environment = { OPENSEARCH_URL: 'http://elsewhere:9200', OPENSEARCH_USERNAME: 'me' };
    const { settings } = parse('generate --seed 3', environment);
    expect(renderCommand('incident-demo', 'generate', settings)).toBe(
      'incident-demo generate --seed 3 --yes',
    );
  });

  test.each([
    ['run', '--local --index x --on-conflict append --days 3 --output-dir x --split-mb 9 --part 1/2'],
    ['', '--url http://a:1 --index x --on-conflict append --days 3 --output-dir x --part 1/2 --plain'],
    ['generate', '--days 3 --now 2026-03-14T16:00:00Z --preset none --output-dir x --split-mb 9 --part 1/2'],
    ['generate', '--stdout --part 1/2'],
    ['generate', '--create-mapping-only --output-dir x --label-documents'],
    ['load', '--host a:1 --username u --index x --on-conflict append --output-dir x --part 1/2'],
    ['load', '--refused x --local'],
    ['validate', '--url http://a:1 --ca-file c --index x'],
    ['doctor', '--url http://a:1 --insecure --index x'],
    ['clean', '--aws-region eu --aws-service es --index x'],
    ['node start', '--local'],
    ['explain usage', ''],
  ])('%s takes %s, and says how it talks', (command, line) => {
    const words = [command, line, '--yes --no-color --log-file x'].filter((part) => part !== '').join(' ');
    expect(parse(words).settings.yes).toBe(true);
  });

  test('a long value is cut where it is quoted', () => {
    const long = 'x'.repeat(5000);
    const lines = [
      '--days',
      '--url=ftp:',
      '--time-zone',
      '--now',
      '--part',
      '--fingerprint',
      '--on-conflict',
    ];
    for (const line of [...lines.map((flag) => `run ${flag} ${long}`), long, `--${long}`, `run ${long}`])
      expect(failure(line).message.length).toBeLessThan(300);
    expect(failure(`run --index ${'A'.repeat(5000)}`).message.length).toBeLessThan(300);
  });
  test.each(table)('%s', (line, code, part) => {
    const error = failure(line);
    expect(error.code).toBe(code);
    expect(error.exit).toBe(2);
    expect(error.message).toContain(part);
    expect(error.message).not.toContain('secret');
  });

  test.each([
    ['generate --days 400', 'generate'],
    ['--days 400', 'run'],
    ['doctor --days 400', 'run'],
    ['generate --days', 'generate'],
    ['load --split-mb 0', 'run'],
    ['--resume load generate --days x', 'generate'],
    ['--index run generate --days x', 'generate'],
    ['generate --dyas 3', 'generate'],
    ['run --yes=1', 'run'],
    ['validate x', 'validate'],
    ['run --part 1/2 --on-conflict new', 'run'],
    ['--url ftp://x', ''],
    ['--dyas 3', ''],
    ['frobnicate', ''],
  ])('%s: the help that is named lists the flag', (line, command) => {
    const [hint] = failure(line).explain().actions;
    expect(hint).toBe(`See incident-demo ${command === '' ? '' : `${command} `}--help`);
  });

  test('a wrong environment variable leads to a help that has its flag', () => {
    const { actions } = failure('explain usage', { OPENSEARCH_URL: 'http://' }).explain();
    expect(actions).toEqual(['See incident-demo run --help']);
  });

  test('a wrong environment variable is named', () => {
    expect(failure('run', { OPENSEARCH_URL: 'http://' }).message).toContain('OPENSEARCH_URL');
  });
});

describe('the line that repeats a run', () => {
  test('leaves defaults out and gives the same settings when it is read again', () => {
    const settings = {
      ...defaultSettings(),
      days: 3,
      seed: 7,
      incidentsPerDay: { min: 0, max: 2 },
      index: 'mine',
      presets: ["it's mine.json"],
    };
    const line = renderCommand('incident-demo', 'run', settings);
    expect(line).toBe(
      `incident-demo run --index mine --preset 'it'\\''s mine.json' --days 3 --incidents-per-day 0-2 --seed 7 --yes`,
    );
  });

  test('any numbers survive the way through the line', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 4294967295 }),
        fc.integer({ min: 1, max: 99 }),
        (days, seed, sample) => {
          const settings = { ...defaultSettings(), days, seed, sample };
          const words = renderCommand('x', 'run', settings).split(' ').slice(1);
          expect(parseArguments(words, {}).settings).toEqual({ ...settings, yes: true });
        },
      ),
    );
  });
});

test('an address loses its trailing slash and gains its port', () => {
  expect(parseUrl('https://h/')).toBe('https://h:443');
  expect(parseUrl('http://h:80')).toBe('http://h:80');
  expect(parseUrl('http://h/prefix/')).toBe('http://h:9200/prefix');
  expect(parseUrl('[::1]:9201')).toBe('http://[::1]:9201');
});

test('any text is an index name or one sentence', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      try {
        expect(parseIndex(name)).toBe(name);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
  );
});

describe('a start without a word', () => {
  const environments: readonly Record<string, string>[] = [
    {},
    { OPENSEARCH_URL: 'https://search.example:9201', OPENSEARCH_USERNAME: 'ada' },
    { OPENSEARCH_URL: '' },
    { OPENSEARCH_DASHBOARDS_URL: 'http://localhost:5601' },
  ];
  test.each(environments)('is read as commander reads no words, with %j', (environment) => {
    expect(withoutArguments(environment)).toEqual(parseArguments([], environment));
  });

  test('is refused for a variable that cannot be read, by its name', () => {
    expect(() => withoutArguments({ OPENSEARCH_URL: 'ftp://x' })).toThrow(/OPENSEARCH_URL/);
  });
});
