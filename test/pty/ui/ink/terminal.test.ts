// The wizard and its terminal: any size, any way out, any way of being started.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject } from 'vitest';
import type { RunRecord } from '../../../../src/core/history/record.ts';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { defaultSettings } from '../../../../src/options/table.ts';
import { askText } from '../../../helpers/ask.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { CLI, type Place, runProgram } from '../../../helpers/program.ts';
import { close, listen } from '../../../helpers/proxy.ts';
import type { Terminal } from '../../../helpers/pty.ts';
import { untilWhole } from '../../../helpers/screen-shape.ts';
import { sentenceOf } from '../../../helpers/sentences.ts';
import {
  it,
  LITTLE,
  MUCH,
  NOTHING_THERE,
  NOW,
  numberIn,
  type Stage,
  walkTo,
  walkToLoad,
} from '../../../helpers/stage.ts';

/** A run that did not end, as an earlier program would have left it. */
function leaveUnfinished({ place, url, index }: Stage): void {
  const folder = join(place.folder, 'state/incident-demo/runs/20261123-161500-0007');
  mkdirSync(folder, { recursive: true });
  const record: RunRecord = {
    ...{ id: '20261123-161500-0007', status: 'loading', startedAt: '2026-11-23T16:15:00.000Z', url, index },
    settings: { ...defaultSettings(), seed: 7, timeZone: 'UTC', now: '2026-11-23T16:15:00.000Z' },
    presets: BUILT_IN,
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(record));
}

interface Where {
  readonly step: string;
  readonly prepare?: (stage: Stage) => void | Promise<void>;
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  /** Keys from the first screen to this one. */
  readonly go: (wizard: Terminal) => Promise<unknown>;
}

const until = (text: string | RegExp) => (wizard: Terminal) => wizard.until(text);
const at = (step: string) => (wizard: Terminal) => walkTo(wizard, step);
const toIndex = async (wizard: Terminal) => {
  await walkTo(wizard, 'Tune');
  await wizard.press(KEYS.enter);
  await wizard.until('already exists');
};

const makeIndex = async ({ url, index }: Stage) => void (await askText(`${url}/${index}`, { method: 'PUT' }));

/** Every screen and panel that stands still. */
const PLACES: readonly Where[] = [
  { step: 'Start', prepare: leaveUnfinished, go: until('nothing: the index no longer exists') },
  { step: 'the error panel', env: { OPENSEARCH_URL: NOTHING_THERE }, go: until('5 Copy a docker command') },
  { step: 'Connect', go: at('Connect') },
  { step: 'Scenario', go: at('Scenario') },
  {
    step: 'the line for a preset file',
    go: async (wizard) => {
      await walkTo(wizard, 'Scenario');
      await wizard.press('a');
      await wizard.until('Add your own scenario');
    },
  },
  { step: 'Tune', go: at('Tune') },
  {
    step: 'the help',
    go: async (wizard) => {
      await walkTo(wizard, 'Tune');
      await wizard.press('?');
      await wizard.until('Keys on this screen');
    },
  },
  { step: 'Review', go: at('Review') },
  { step: 'the index that exists', prepare: makeIndex, go: toIndex },
  {
    step: 'the name to be typed',
    prepare: makeIndex,
    go: async (wizard) => {
      await toIndex(wizard);
      await wizard.press('3');
      await wizard.until('Type pty_');
    },
  },
  { step: 'Check', args: LITTLE, go: at('Check') },
  { step: 'Next', args: LITTLE, go: at('Next') },
];

/** The screen without the free room on the disk, which may change meanwhile. */
const still = (wizard: Terminal) => wizard.text().replace(/\d+ GB free/g, '# GB free');

/** The screen once nothing has changed on it for a second: what is still being looked up arrives meanwhile. */
async function rested(wizard: Terminal): Promise<string> {
  for (let seen = still(wizard); ; seen = still(wizard)) {
    await sleep(1000);
    if (still(wizard) === seen) return seen;
  }
}

/** The whole screen is this again, once the terminal rests; and then it stays so. */
async function expectStill(wizard: Terminal, before: string): Promise<void> {
  const end = performance.now() + 20_000;
  const until = async () => {
    while (still(wizard) !== before && performance.now() < end) await sleep(20);
  };
  await until();
  // A late drawing may be half done when it is looked at; what a storm leaves behind stays.
  await sleep(200);
  await until();
  expect(still(wizard)).toBe(before);
}

/** Sizes that change faster than anything can be drawn. */
async function storm(wizard: Terminal): Promise<void> {
  for (let place = 0; place < 40; place++) {
    wizard.resize(40 + ((place * 37) % 90), 14 + ((place * 17) % 36));
    await sleep(5);
  }
}

describe.concurrent('any size', () => {
  it.for(PLACES)('has no ghosts: $step', async ({ prepare, env = {}, args = [], go }, { stage }) => {
    await prepare?.(stage);
    const wizard = stage.openOn(env, { args });
    await go(wizard);
    await untilWhole(wizard, 80);
    const before = await rested(wizard);
    for (const [columns, rows] of [
      [60, 20],
      [120, 40],
      [200, 60],
    ] as const) {
      wizard.resize(columns, rows);
      await untilWhole(wizard, columns);
    }
    wizard.resize(50, 18);
    await wizard.until(/Needs 60x20, this is\s+50x18/);
    await storm(wizard);
    wizard.resize(80, 24);
    await expectStill(wizard, before);
  });

  it('also while it loads', async ({ stage }) => {
    const wizard = stage.open({ args: MUCH });
    await walkToLoad(wizard);
    for (const [columns, rows] of [
      [60, 20],
      [120, 40],
      [80, 24],
    ] as const) {
      wizard.resize(columns, rows);
      await untilWhole(wizard, columns);
      await wizard.until('documents indexed');
    }
    await storm(wizard);
    wizard.resize(80, 24);
    await untilWhole(wizard, 80);
    // No row of another size is left over: each kind of row is there once.
    const kinds = [/documents indexed/, /bulk requests? OK/, /Documents per second/, /Safe to stop/];
    const counts = () => kinds.map((kind) => wizard.lines().filter((row) => kind.test(row)).length);
    // A frame may be half drawn when it is looked at; what a storm leaves behind stays.
    const end = performance.now() + 10_000;
    while (counts().some((rows) => rows !== 1) && performance.now() < end) await sleep(20);
    expect(counts(), wizard.text()).toEqual([1, 1, 1, 1]);
  });
});

/** The wizard under a shell that notes the state of the terminal before and after. */
function underShell(stage: Stage, args: readonly string[]): Terminal {
  const script = 'stty -g > before; "$0" "$@"; echo "rc=$?"; stty -g > after';
  const all = ['--index', stage.index, '--seed', '7', ...args];
  return stage.run({ command: ['sh', '-c', script, process.execPath, CLI, ...all] });
}

async function expectAsBefore(terminal: Terminal, { folder }: Place): Promise<void> {
  await terminal.ended;
  const saved = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(saved('after')).toBe(saved('before'));
  expect(terminal.cursorVisible).toBe(true);
  expect(terminal.onAlternateScreen).toBe(false);
}

describe.concurrent('Ctrl+C', () => {
  it.for(PLACES)('asks, then leaves the terminal as it was: $step', async (each, { stage }) => {
    const { step, prepare, env = {}, args = [], go } = each;
    await prepare?.(stage);
    stage.place = { ...stage.place, env: { ...stage.place.env, ...env } };
    const terminal = underShell(stage, args);
    await go(terminal);
    await terminal.press(KEYS.ctrlC);
    const done = step === 'Check' || step === 'Next';
    await terminal.until(done ? 'Press Ctrl+C again to exit' : 'to exit; nothing has been written');
    await terminal.press(KEYS.ctrlC);
    await terminal.until(done ? 'rc=0' : 'rc=130');
    expect(terminal.text()).toContain(done ? 'Your demo is ready' : 'Nothing was written');
    await expectAsBefore(terminal, stage.place);
  });

  it('stops a local node that is starting, and leaves nothing behind', async ({ stage }) => {
    const cache = { XDG_CACHE_HOME: dirname(inject('cacheFolder')), OPENSEARCH_URL: NOTHING_THERE };
    stage.place = { ...stage.place, env: { ...stage.place.env, ...cache } };
    const terminal = underShell(stage, []);
    await terminal.until('❯ 1 Start a local OpenSearch');
    await terminal.press('1');
    await terminal.until(/OpenSearch 3\S+ on port/);
    await terminal.press(KEYS.ctrlC, KEYS.ctrlC);
    await terminal.until('rc=130', 40_000);
    await expectAsBefore(terminal, stage.place);
    const { stdout } = await runProgram(stage.place, 'node', 'status');
    expect(stdout).toMatch(/stopped|not running/i);
  });
});

describe.concurrent('signals and the shell', () => {
  it('SIGTERM ends with 143 and gives the screen back', async ({ stage }) => {
    const wizard = stage.open();
    await walkTo(wizard, 'Connect');
    wizard.kill('SIGTERM');
    expect(await wizard.ended).toMatchObject({ exit: 143 });
    expect(wizard.onAlternateScreen).toBe(false);
    expect(wizard.cursorVisible).toBe(true);
  });

  it('Ctrl+Z goes to the shell and fg comes back to the same screen', async ({ stage }) => {
    stage.place = { ...stage.place, env: { ...stage.place.env, PS1: 'shell> ' } };
    const terminal = stage.run({ command: ['bash', '--norc', '--noprofile', '-i'] });
    await terminal.until('shell>');
    await terminal.press(`${process.execPath} ${CLI}\r`);
    await terminal.until('Connected and ready');
    await terminal.press(KEYS.ctrlZ);
    await terminal.until(/Stopped[\s\S]*shell>/);
    expect(terminal.onAlternateScreen).toBe(false);
    expect(terminal.cursorVisible).toBe(true);
    await terminal.press('fg\r');
    await terminal.until('Where is your OpenSearch cluster?');
    expect(terminal.onAlternateScreen).toBe(true);
    await terminal.press(KEYS.enter);
    await terminal.until('Which incidents');
  });

  it('Ctrl+Z stops a load as well, and fg goes on with it to the end', async ({ stage }) => {
    stage.place = { ...stage.place, env: { ...stage.place.env, PS1: 'shell> ' } };
    const terminal = stage.run({ command: ['bash', '--norc', '--noprofile', '-i'] });
    await terminal.until('shell>');
    const flags = ['--index', stage.index, '--now', NOW, '--days', '3', '--sample', '60'].join(' ');
    await terminal.press(`${process.execPath} ${CLI} ${flags}\r`);
    const planned = numberIn(await walkToLoad(terminal), /of ≈ ([\d,]+) documents/);
    await terminal.press(KEYS.ctrlZ);
    await terminal.until(/Stopped[\s\S]*shell>/);
    // What was on its way arrives, on a busy node late; then nothing more is sent.
    const there = await stage.countAtRest();
    expect(there).toBeLessThan(planned / 2);
    expect(await stage.countAtRest()).toBe(there);
    await terminal.press('fg\r');
    await terminal.until(/All \d+ checks passed/, 90_000);
  });

  it('Ctrl+Z does no harm where no shell could bring it back', async ({ stage }) => {
    const wizard = stage.open();
    await wizard.until('Connected and ready');
    await wizard.press(KEYS.ctrlZ, KEYS.enter);
    await wizard.until('Which incidents');
  });

  it('Ctrl+L draws a screen afresh that another program has written over', async ({ stage }) => {
    const wizard = stage.open();
    await walkTo(wizard, 'Connect');
    const before = still(wizard);
    await wizard.scribble('\u001B[5;5HRUBBISH');
    expect(wizard.text()).toContain('RUBBISH');
    await wizard.press(KEYS.ctrlL);
    await expectStill(wizard, before);
  });
});

describe.concurrent('however it is started', () => {
  // How soon, `npm run bench -- terminal` measures.
  it('the first frame does not wait for a cluster that is silent', async ({ stage }) => {
    const silent = createServer();
    const wizard = stage.openOn({ OPENSEARCH_URL: `http://127.0.0.1:${await listen(silent)}` });
    await wizard.until('Where is your OpenSearch cluster?');
    await wizard.until('Connecting: port');
    wizard.kill('SIGTERM');
    await wizard.ended;
    await close(silent);
  });

  it.for([
    ['before the first frame', async () => {}],
    ['at the first frame', (wizard: Terminal) => wizard.until(/\S/)],
  ] as const)('keys pressed %s are not lost', async ([, moment], { stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: NOTHING_THERE });
    await moment(wizard);
    await wizard.press(`${KEYS.tab}maxi${KEYS.enter}secret`);
    const screen = await wizard.until(/Password +\*{6}/);
    expect(screen).toMatch(/User name +maxi/);
    expect(screen).not.toContain('secret');
  });

  it.for([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['--no-color', {}, ['--no-color']],
  ] as const)('has no color with %s', async ([, env, args], { stage }) => {
    const wizard = stage.openOn(env, { args });
    await walkTo(wizard, 'Scenario');
    expect(wizard.raw).not.toMatch(/\u001B\[[\d;]*m/);
  });

  it('has color without them', async ({ stage }) => {
    const wizard = stage.open();
    await walkTo(wizard, 'Connect');
    expect(wizard.raw).toMatch(/\u001B\[36m/);
  });

  it('shows no sign beyond ASCII in a C locale', async ({ stage }) => {
    const wizard = stage.openOn({ LANG: 'C' });
    await walkTo(wizard, 'Tune');
    expect(wizard.raw).toMatch(/^[\x00-\x7F]*$/);
  });

  it('is drawn on a terminal even where CI is set', async ({ stage }) => {
    const wizard = stage.openOn({ CI: 'true' });
    await walkTo(wizard, 'Scenario');
  });

  it('begins at the left edge, wherever the program before left the cursor', async ({ stage }) => {
    const script = 'printf "no end of line"; "$0" "$@"';
    const wizard = stage.run({ command: ['sh', '-c', script, process.execPath, CLI] });
    await wizard.until('Where is your OpenSearch cluster?');
    expect(wizard.lines()[0]).toMatch(/^ incident-demo .*Check Next *$/);
  });

  it('is drawn on standard error when standard output goes elsewhere', async ({ stage }) => {
    const script = '"$0" "$@" > out';
    const wizard = stage.run({ command: ['sh', '-c', script, process.execPath, CLI] });
    await wizard.until('Where is your OpenSearch cluster?');
    expect(wizard.raw).toMatch(/\u001B\[36m/);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    await wizard.ended;
    expect(readFileSync(join(stage.place.folder, 'out'), 'utf8')).toBe('');
  });

  it.for([
    ['standard input is closed', '<&-'],
    ['standard input is a file', '< /dev/null'],
    ['both outputs are piped', '2>&1 | cat'],
  ] as const)('says what it needs when %s', async ([, redirection], { stage }) => {
    const script = `set -o pipefail; "$0" "$@" ${redirection}; echo "rc=$?"`;
    const terminal = stage.run({ command: ['bash', '-c', script, process.execPath, CLI] });
    await terminal.until('rc=2');
    expect(terminal.text().replace(/\s+/g, ' ')).toMatch(sentenceOf('answer-missing', { what: '.+' }));
    expect(terminal.text()).toContain('incident-demo run --local --yes');
    expect(terminal.onAlternateScreen).toBe(false);
  });

  it('ends with 2 and an example where there is no terminal at all', async ({ stage }) => {
    const { exit, stderr } = await runProgram(stage.place);
    expect(exit).toBe(2);
    expect(stderr).toContain('incident-demo run --local --yes');
  });

  it('is read out line by line for a screen reader, and stays in the scrollback', async ({ stage }) => {
    const wizard = stage.openOn({ INK_SCREEN_READER: 'true' });
    await wizard.until('Connected and ready');
    expect(wizard.onAlternateScreen).toBe(false);
    expect(wizard.text()).toContain('textbox: (selected) Address');
    expect(wizard.raw).not.toMatch(/[─❯✔▏]/);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    expect(await wizard.ended).toMatchObject({ exit: 130 });
    expect(wizard.text()).toContain('Nothing was written');
  });
});

describe.concurrent('a preset that cannot be used', () => {
  it.for([
    ['a wrong file', ['--preset', './wrong.json'], 'window.start'],
    ['an unknown name', ['--preset', 'payment-gateway-timeouts'], 'did you mean payment-gateway-timeout?'],
    ['none and others', ['--preset', 'none', '--preset', 'memory-pressure'], '"none" cannot be combined'],
  ] as const)('%s ends with 2 before the wizard opens', async ([, args, why], { stage }) => {
    const { id: _, window, ...rest } = BUILT_IN[0] ?? {};
    const wrong = { ...rest, id: 'wrong', window: { ...window, start: '25:99' } };
    writeFileSync(join(stage.place.folder, 'wrong.json'), JSON.stringify(wrong));
    const wizard = stage.open({ args });
    expect(await wizard.ended).toMatchObject({ exit: 2 });
    expect(wizard.raw).toContain(why);
    expect(wizard.raw).not.toContain('\u001B[?1049h');
  });
});

describe.concurrent('a password', () => {
  it('is on no screen, in no file and in no line that is left behind', async ({ stage }) => {
    const secret = 'open-sesame-9';
    const env = { OPENSEARCH_USERNAME: 'admin', OPENSEARCH_PASSWORD: secret };
    const wizard = stage.openOn(env, { args: [...LITTLE, '--log-file', 'log'] });
    await walkTo(wizard, 'Tune');
    await wizard.press(KEYS.enter);
    await wizard.until('It will be created');
    await wizard.press('c', KEYS.enter);
    await wizard.until(/All \d+ checks passed/, 60_000);
    await wizard.press(KEYS.up, KEYS.enter, KEYS.down, KEYS.enter);
    await wizard.until('Query for Dev Tools');
    await wizard.press('c');
    await wizard.until('Copied: curl');
    await wizard.press(KEYS.escape);
    await wizard.until('Expected');
    await wizard.press('l');
    await wizard.until('Run log');
    await wizard.press(KEYS.escape);
    await wizard.until('Expected');
    await wizard.press('n');
    await wizard.until('Your demo is ready');
    await wizard.press('q');
    await wizard.ended;
    expect(wizard.raw).toContain('admin');
    expect(wizard.raw).not.toContain(secret);
    const copied = [...wizard.raw.matchAll(/\u001B\]52;c;([^\u0007]+)\u0007/g)].map(([, text = '']) =>
      Buffer.from(text, 'base64').toString(),
    );
    expect(copied.length).toBeGreaterThanOrEqual(2);
    expect(copied.join('\n')).not.toContain(secret);
    const kept = readFileSync(join(stage.place.folder, 'log'), 'utf8');
    for (const type of ['begin', 'planned', 'check', 'done']) expect(kept).toContain(`"type":"${type}"`);
    // grep ends with 1 where nothing holds the word.
    const { status, stdout } = spawnSync('grep', ['-rl', secret, stage.place.folder], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });
});
