// A planted password, token, key passphrase, AWS secret and proxy password are looked for in everything that a program leaves or shows.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeAuthority } from '../../helpers/certificates.ts';
import { PLANTED, SIGN_INS } from '../../helpers/planted.ts';
import { CLI, newPlace, type Place, runProgram, start } from '../../helpers/program.ts';
import { type RunningProxy, startProxy } from '../../helpers/proxy.ts';
import { Terminal } from '../../helpers/pty.ts';
import { SMALL_DAY } from '../../helpers/small-run.ts';

const target = inject('openSearchUrl');
const PASSWORD = 'sssh:P@ss/wörd%41 "9';
const AWS_SECRET = 'ssshAWS/Secret+Key';
const PROXY_PASSWORD = 'ssshProxy9';
const TOKEN = 'eyJsssh.Token-9_x~';
const PASSPHRASE = 'ssshPass/phrase 9';
/** The secrets as they are, in an address, in a header and in JSON. */
const FORMS = [PASSWORD, AWS_SECRET, PROXY_PASSWORD, TOKEN, PASSPHRASE, PLANTED].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  ...['anna', 'proxyuser'].map((user) =>
    Buffer.from(`${user}:${secret}`).toString('base64').replace(/=+$/, ''),
  ),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]);

const index = `secrets-test-${process.pid}`;
let guarded: RunningProxy;
let place: Place;
beforeAll(async () => {
  guarded = await startProxy({ target, signIn: { user: 'anna', password: PASSWORD } });
});
afterEach(async () => {
  await fetch(`${target}/${index}`, { method: 'DELETE' });
  place.remove();
});
afterAll(() => guarded.close());

const SECRETS = {
  OPENSEARCH_USERNAME: 'anna',
  OPENSEARCH_PASSWORD: PASSWORD,
  AWS_ACCESS_KEY_ID: 'AKIATEST',
  AWS_SECRET_ACCESS_KEY: AWS_SECRET,
  HTTPS_PROXY: `http://proxyuser:${PROXY_PASSWORD}@127.0.0.1:1`,
};

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** Fails when a secret stands in one of the texts or in a file of the place. */
function expectNothingIn(...texts: readonly string[]): void {
  for (const file of filesIn(place.folder)) {
    const held = readFileSync(file, 'utf8');
    for (const form of FORMS) expect(held.includes(form), `${form} in ${file}`).toBe(false);
  }
  for (const text of texts) for (const form of FORMS) expect(text).not.toContain(form);
}

const ON_CLUSTER = ['--index', index, '--log-file', 'log'];

describe.each([[['--json']], [[]]])('with %j', (front) => {
  test('a run, its checks, the ladder and the cleaning', async () => {
    place = newPlace(SECRETS);
    const where = ['--url', guarded.url, ...ON_CLUSTER, ...front];
    const begun = start(place, [
      'run',
      ...where,
      '--yes',
      '--output-dir',
      'out',
      ...SMALL_DAY,
      '--sample',
      '600',
    ]);
    let processes = '';
    while (!processes.includes(CLI) && begun.child.exitCode === null) {
      await sleep(100);
      processes = execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8' });
    }
    expect(processes).toContain(CLI);
    const ran = await begun.done;
    expect(ran.exit).toBe(0);
    expect(filesIn(place.folder).length).toBeGreaterThan(9);
    expectNothingIn();
    const others = [];
    for (const command of ['validate', 'doctor', 'clean'])
      others.push(await runProgram(place, command, ...where, '--yes'));
    expect(others.map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expectNothingIn(processes, ...[ran, ...others].flatMap(({ stdout, stderr }) => [stdout, stderr]));
  });

  test('every way in which a sign-in fails', async () => {
    place = newPlace({ ...SECRETS, OPENSEARCH_USERNAME: 'berta' });
    writeFileSync(join(place.folder, 'empty'), '');
    const tail = [...ON_CLUSTER, ...front, '--yes', ...SMALL_DAY];
    const refusing = await startProxy({
      target,
      act: () => ({ status: 403, body: JSON.stringify({ message: 'The security token is invalid' }) }),
    });
    const tries = [
      ['--url', guarded.url],
      ['--url', guarded.url, '--password-file', 'empty'],
      ['--url', `http://anna:${encodeURIComponent(PASSWORD)}@localhost:9200`],
      ['--url', `anna:${encodeURIComponent(PASSWORD)}@localhost`],
      ...SIGN_INS.map((address) => ['--url', address]),
      ['--url', 'https://elsewhere.invalid:9200'],
      ['--url', guarded.url, '--password', PASSWORD],
    ];
    const seen: string[] = [];
    for (const args of tries) {
      const { exit, stdout, stderr } = await runProgram(place, 'run', ...args, ...tail);
      expect([2, 3, 4], `${args.join(' ')}: ${stderr}`).toContain(exit);
      seen.push(stdout, stderr);
    }
    place.env['OPENSEARCH_URL'] = `http://anna:${encodeURIComponent(PASSWORD)}@localhost:9200`;
    const { exit, stdout, stderr } = await runProgram(place, 'doctor', ...front);
    expect(exit).toBe(2);
    delete place.env['OPENSEARCH_URL'];
    await refusing.close();
    expectNothingIn(...seen, stdout, stderr);
  });
});

describe.each([[['--json']], [[]]])('with %j, other credentials than a password', (front) => {
  const tail = [...ON_CLUSTER, ...front, ...SMALL_DAY, '--sample', '600'];

  test('AWS keys that are refused', async () => {
    const { OPENSEARCH_USERNAME: _, OPENSEARCH_PASSWORD: __, ...keys } = SECRETS;
    place = newPlace(keys);
    const body = JSON.stringify({ message: 'The security token included in the request is invalid' });
    const refusing = await startProxy({ target, act: () => ({ status: 403, body }) });
    for (const service of ['es', 'aoss']) {
      const args = ['--url', refusing.url, '--aws-region', 'eu-central-1', '--aws-service', service];
      const { exit, stdout, stderr } = await runProgram(place, 'run', ...args, ...tail);
      expect(exit).toBe(4);
      expectNothingIn(stdout, stderr);
    }
    await refusing.close();
  });

  test('a token and an encrypted client key, right and wrong', async () => {
    const authority = makeAuthority();
    const certificate = authority.issue(['localhost']);
    const server = await startProxy({ target, certificate, token: TOKEN, clientAuthority: authority.cert });
    place = newPlace({ OPENSEARCH_TOKEN: TOKEN, OPENSEARCH_CLIENT_KEY_PASSPHRASE: PASSPHRASE });
    const { key, cert } = authority.issue(['anna']);
    const file = (name: string) => join(place.folder, name);
    writeFileSync(file('client.pem'), cert);
    const encrypt = ['pkcs8', '-topk8', '-out', file('client.key'), '-passout', `pass:${PASSPHRASE}`];
    execFileSync('openssl', encrypt, { input: key, stdio: 'pipe' });
    const where = ['--url', server.url, '--ca-file', authority.caFile];
    const shown = ['--client-cert', 'client.pem', '--client-key', 'client.key'];
    try {
      const ran = await runProgram(place, 'run', ...where, ...shown, ...tail, '--verbose');
      expect(ran.exit, ran.stderr).toBe(0);
      expectNothingIn(ran.stdout, ran.stderr);
      place.env['OPENSEARCH_CLIENT_KEY_PASSPHRASE'] = `${PASSPHRASE}, guessed`;
      const wrong = await runProgram(place, 'doctor', ...where, ...shown, ...ON_CLUSTER, ...front);
      expect(wrong.stderr).toContain('the passphrase of its key is wrong');
      place.env['OPENSEARCH_TOKEN'] = `${TOKEN} with a space`;
      const spaced = await runProgram(place, 'doctor', ...where, ...ON_CLUSTER, ...front);
      expect(spaced.exit).toBe(2);
      const instead = await runProgram(place, 'doctor', ...where, '--token-file', TOKEN, ...front);
      expect(instead.stderr).toContain('The file of --token-file cannot be read');
      for (const { stdout, stderr } of [wrong, spaced, instead]) expectNothingIn(stdout, stderr);
    } finally {
      await server.close();
      authority.remove();
    }
  });

  test('an address with a sign-in where a word or a file is wanted', async () => {
    place = newPlace();
    const [, address = ''] = SIGN_INS;
    const tries = [
      ['explain', address],
      ['node', address],
      ['dashboards', address],
      ['dashboards', 'install', address],
      ['run', '--preset', address],
      ['run', '--yes', '--password-file', address],
      ['run', '--yes', '--ca-file', address],
      ['load', '--refused', address, '--url', guarded.url],
      ['run', '--resume', address],
    ];
    for (const args of tries) {
      const { exit, stdout, stderr } = await runProgram(place, ...args, ...front);
      expect(exit, `${args.join(' ')}: ${stderr}`).toBeGreaterThan(0);
      expectNothingIn(stdout, stderr);
    }
  });
});

/** Makes the program fail in the middle, with an error that carries what it must not show. */
const DEFECT = `data:text/javascript,${encodeURIComponent(
  `setTimeout(() => {
    const error = new Error('a defect');
    error.meta = { headers: { authorization: process.env.OPENSEARCH_PASSWORD }, env: process.env };
    throw error;
  }, 1500)`,
)}`;

describe('a defect that nobody caught', () => {
  test('is one sentence, with nothing of what hangs on it', async () => {
    const silent = await startProxy({ target, act: () => 'silence' });
    place = newPlace({ ...SECRETS, NODE_OPTIONS: `--import ${DEFECT}` });
    const { exit, stdout, stderr } = await runProgram(
      place,
      'run',
      '--url',
      silent.url,
      '--json',
      ...SMALL_DAY,
    );
    await silent.close();
    expect(exit).toBe(1);
    expect(stderr).toContain('Error: Internal error: a defect.');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'done',
      error: { code: 'unexpected' },
    });
    expectNothingIn(stdout, stderr);
  });

  test('in the wizard too, which gives the terminal back first', async () => {
    place = newPlace({ ...SECRETS, NODE_OPTIONS: `--import ${DEFECT}` });
    const wizard = new Terminal(place, { args: ['--url', 'http://127.0.0.1:9'] });
    expect((await wizard.ended).exit).toBe(1);
    expect(wizard.onAlternateScreen).toBe(false);
    expect(wizard.text()).toContain('a defect');
    expectNothingIn(wizard.raw, wizard.history());
  });
});

test('the plain questions: a password that is typed, and one that is refused', async () => {
  const { OPENSEARCH_PASSWORD: _, ...others } = SECRETS;
  place = newPlace(others);
  const plain = new Terminal(place, { args: ['--plain', '--url', guarded.url], columns: 120 });
  await plain.until(/Authentication failed|requires a user name and password/);
  plain.kill('SIGKILL');
  await plain.ended;
  expectNothingIn(plain.raw);
});
