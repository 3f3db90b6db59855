// The built program on bad input: the exit code of the contract, one sentence, no stack, and nothing is written.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { askText, countIn } from '../../helpers/ask.ts';
import { BAD_INPUTS, type BadInput } from '../../helpers/bad-input.ts';
import { CLI, type Finished, newPlace } from '../../helpers/program.ts';

interface Seen extends Finished {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Every entry of a folder, with a hash of what is in it. */
function entriesOf(folder: string, path = folder): string[] {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) => join(path, entry.name))
    .flatMap((name) => {
      const here = relative(folder, name);
      if (lstatSync(name).isDirectory()) return [here, ...entriesOf(folder, name)];
      if (!lstatSync(name).isFile()) return [here];
      return [`${here} ${createHash('sha256').update(readFileSync(name)).digest('hex')}`];
    })
    .sort();
}

async function run({ args, files, env, mostKb }: BadInput): Promise<Seen> {
  const place = newPlace(env);
  try {
    files?.(place.folder);
    const before = entriesOf(place.folder);
    const limit = mostKb === undefined ? '' : `ulimit -f ${mostKb}; `;
    const child = spawn('bash', ['-c', `${limit}exec "$@"`, 'bash', process.execPath, CLI, ...args], {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
      });
    const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { exit, ...texts, before, after: entriesOf(place.folder) };
  } finally {
    place.remove();
  }
}

const AT_ONCE = 4;
const seen = new Map<BadInput, Seen>();

beforeAll(async () => {
  const waiting = [...BAD_INPUTS];
  const worker = async () => {
    for (let input = waiting.shift(); input; input = waiting.shift()) seen.set(input, await run(input));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}, 240_000);

const nameOf = ({ args, says }: BadInput) => `${args.join(' ').slice(0, 80)}: ${says}`;

describe(`${BAD_INPUTS.length} bad inputs`, () => {
  test.each(BAD_INPUTS.map((input) => [nameOf(input), input] as const))('%s', (_, input) => {
    const { exit, stdout, stderr, before, after } = seen.get(input) as Seen;
    expect(stderr).toContain('Error: ');
    expect(exit).toBe(input.exit ?? 2);
    const [sentence = '', ...advice] = stderr.slice(stderr.indexOf('Error: ')).trimEnd().split('\n');
    expect(sentence).toContain(input.says);
    expect(sentence).toMatch(/^Error: .*[.?!]$/);
    // Advice: why, what to do, and the code; nothing else.
    for (const line of advice) expect(line).toMatch(/^ {2}(Why: |- |\([a-z-]+\)$)/);
    expect(stdout + stderr).not.toMatch(/^\s+at |node:internal|\.[jt]s:\d|undefined|\[object|secret/m);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(sentence.length).toBeLessThan(600);
    expect(after).toEqual(before);
  });
});

test('with --json the last line says the same', async () => {
  const { exit, stdout } = await run({ args: ['run', '--days', '3650', '--json'], says: '' });
  expect(exit).toBe(2);
  const done = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(done).toMatchObject({ type: 'done', ok: false, exit: 2, error: { code: 'parameter' } });
});

test.each(['run', 'clean', 'validate'])(
  '%s with the name of an alias is refused, and nothing is touched',
  async (command) => {
    const url = inject('openSearchUrl');
    const [index, alias] = [`bad-input-${process.pid}`, `bad-input-alias-${process.pid}`];
    await askText(`${url}/${index}`, { method: 'PUT', body: { aliases: { [alias]: {} } } });
    try {
      const where = ['--url', url, '--index', alias, '--yes'];
      const { exit, stderr } = await run({ args: [command, ...where], says: '' });
      expect(stderr).toContain(`it is an alias of ${index}`);
      expect(exit).toBe(2);
      expect((await fetch(`${url}/${index}`)).status).toBe(200);
      expect(await countIn(url, index ?? '')).toBe(0);
    } finally {
      await fetch(`${url}/${index}`, { method: 'DELETE' });
    }
  },
);
