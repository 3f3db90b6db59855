import stringWidth from 'string-width';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS, type CommandName } from '../../../src/command-line/commands.ts';
import { takes } from '../../../src/command-line/flags.ts';
import { helpText } from '../../../src/command-line/help.ts';
import { parseArguments } from '../../../src/command-line/parse.ts';
import { dashboardsDockerLine } from '../../../src/core/local-node/release.ts';
import { OPTIONS } from '../../../src/options/table.ts';

const TYPED = COMMANDS.filter(({ name }) => name !== 'wizard').map(({ name }) => name);
const general = helpText('wizard');

describe.each(COMMANDS)('the help of $name', ({ name, usage, help, examples }) => {
  const text = helpText(name);

  it('fits 80 columns, begins with its usage and says what the command does', () => {
    for (const line of text.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^Usage: incident-demo .*\[flags\]\n/);
    if (name !== 'wizard') expect(text).toContain(`Usage: incident-demo ${usage} [flags]\n\n${help}\n`);
  });

  it('shows two examples, which the parser takes', () => {
    expect(examples).toHaveLength(2);
    for (const example of examples) {
      expect(text).toContain(`  ${example}\n`);
      const [words = ''] = example.split(' > ');
      expect(parseArguments(words.split(' ').slice(1), {}).command).toBe(name);
    }
  });

  it('names no flag that the command refuses', () => {
    for (const [, flag = ''] of text.matchAll(/^ {2}--([\w-]+)/gm)) {
      const option = OPTIONS.find((each) => each.flag === flag);
      expect(option?.flag).toBe(flag);
      const value = { choice: 'es', text: 'x', integer: '1', number: '1', range: '5', switch: '' }[
        option?.kind.type ?? 'text'
      ];
      const spelled = option?.kind.type === 'switch' ? `--${flag}` : `--${flag}=${value}`;
      const refused = (() => {
        try {
          parseArguments([...(name === 'wizard' ? [] : [name]), spelled], {});
          return '';
        } catch (error) {
          return (error as Error).message;
        }
      })();
      expect(refused).not.toContain('does not take');
    }
  });
});

test('commands differ in their help, and each is told by --help in any place', () => {
  expect(new Set(COMMANDS.map(({ name }) => helpText(name))).size).toBe(COMMANDS.length);
  for (const name of TYPED) {
    expect(parseArguments([name, '--help'], {})).toMatchObject({ command: name, help: true });
    expect(parseArguments(['-h', name], {})).toMatchObject({ command: name, help: true });
  }
  expect(parseArguments(['--help'], {})).toMatchObject({ command: 'wizard', help: true });
  expect(parseArguments(['-v'], {}).version).toBe(true);
  for (const word of ['--help=1', '--help=', '--help=no'])
    expect(parseArguments(['run', word], {})).toMatchObject({ command: 'run', help: true });
  for (const word of ['--version=x', '--version=']) expect(parseArguments([word], {}).version).toBe(true);
});

test('a command lists its own flags only', () => {
  expect(helpText('generate')).toContain('--split-mb N');
  expect(helpText('generate')).not.toMatch(/--url|--on-conflict|--resume/);
  expect(helpText('doctor')).toContain('--fingerprint');
  expect(helpText('doctor')).not.toMatch(/--days|--stdout|--output-dir/);
  expect(helpText('explain')).not.toMatch(/--url|--index|--days/);
});

test('the general help lists every command, the common flags and every exit code', () => {
  for (const { usage, help } of COMMANDS.filter(({ usage }) => usage !== '')) {
    expect(general).toContain(usage);
    expect(general).toContain(help.slice(0, 30));
  }
  for (const flag of ['url', 'username', 'index', 'json', 'log-file']) expect(general).toContain(`--${flag}`);
  expect(general).not.toMatch(/--stdout|--seed/);
  for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 130, 143])
    expect(general).toMatch(new RegExp(`^ {2}${code} `, 'm'));
});

test('the general help leads to the flags of the wizard, which are those of run and of itself', () => {
  expect(general.replaceAll(/\s+/g, ' ')).toContain(
    'the wizard, which takes the flags of run (incident-demo run --help)',
  );
  const both = `${general}\n${helpText('run')}`;
  for (const option of OPTIONS.filter((each) => takes('wizard', each)))
    expect(both).toMatch(new RegExp(`^ {2}--${option.flag}\\b`, 'm'));
});

test('a default is that of the command', () => {
  const folderOf = (name: CommandName) => / {2}--output-dir DIR .*\[(.*)\]/.exec(helpText(name))?.[1];
  expect(folderOf('generate')).toBe('./output');
  expect(folderOf('load')).toBe('./output');
  expect(folderOf('run')).toBe('none');
});

test('every flag is in the help of some command, with its other spelling', () => {
  const all = COMMANDS.map(({ name }) => helpText(name)).join('\n');
  for (const { flag, alias } of OPTIONS) {
    expect(all).toMatch(new RegExp(`^ {2}--${flag}\\b`, 'm'));
    if (alias) expect(all).toContain(`, --${alias} `);
  }
});

test('the help of node starts a Dashboards for it, on Linux and with Docker Desktop', () => {
  const text = helpText('node').replaceAll(/\\\n */g, '');
  for (const platform of ['linux', 'darwin'])
    expect(text).toContain(dashboardsDockerLine('http://localhost:9200', platform));
  expect(helpText('run')).not.toContain('docker');
});
