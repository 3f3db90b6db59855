// The plain questions on a terminal that knows no escape sequences: numbers and lines.
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { linePrompter } from '../../../../src/ui/plain/line-prompter.ts';

function open() {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const ended = new AbortController();
  let shown = '';
  stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  const prompter = linePrompter({ stdin, stdout, signal: ended.signal });
  /** Answers each time that a prompt is shown. */
  const answer = (...lines: string[]) => {
    stdout.on('data', (text: string) => {
      const line = text.endsWith(': ') ? lines.shift() : undefined;
      if (line !== undefined) setImmediate(() => stdin.write(`${line}\n`));
    });
  };
  return { prompter, answer, stdin, ended, shown: () => shown };
}

const CHOICES = [
  { name: 'One', value: 'a', checked: true },
  { name: 'Two', value: 'b' },
  { name: 'Three', value: 'c', checked: true },
];

describe('questions by lines', () => {
  it('choose by a number, the first with Enter, and ask again for what is not on the list', async () => {
    const { prompter, answer, shown } = open();
    answer('4', 'x', '1,2', '2', '');
    expect(await prompter.choose('Which', CHOICES)).toBe('b');
    expect(await prompter.choose('Which', CHOICES)).toBe('a');
    expect(shown().match(/Type a number from 1 to 3/g)).toHaveLength(3);
    expect(shown()).toContain('  2. Two\n');
    expect(shown()).not.toContain('\u001B');
  });

  it('tick by numbers; Enter keeps what is ticked', async () => {
    const { prompter, answer, shown } = open();
    answer('2, 1', '', '4');
    expect(await prompter.checkbox('Which', CHOICES)).toEqual(['a', 'b']);
    expect(await prompter.checkbox('Which', CHOICES)).toEqual(['a', 'c']);
    expect(await prompter.checkbox('Which', CHOICES)).toEqual([]);
    expect(shown()).toContain('  1. [x] One\n  2. [ ] Two\n');
  });

  it('take a text that does, or what was there', async () => {
    const { prompter, answer, shown } = open();
    answer('no', 'yes', '');
    const validate = (text: string) => text !== 'no' || 'Not that';
    expect(await prompter.text({ message: 'Word', validate })).toBe('yes');
    expect(await prompter.text({ message: 'Word', initial: 'there' })).toBe('there');
    expect(shown()).toContain('Not that\n');
  });

  it('take a secret with its backspaces', async () => {
    const { prompter, answer } = open();
    answer('old\u0015secrex\u007Ft ');
    expect(await prompter.secret('Password')).toBe('secret ');
  });

  it('reject when the session ends, and when the input does', async () => {
    const first = open();
    const asked = first.prompter.choose('Which', CHOICES);
    first.ended.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortPromptError' });
    const second = open();
    const open2 = second.prompter.text({ message: 'Word' });
    second.stdin.end();
    await expect(open2).rejects.toMatchObject({ name: 'AbortPromptError' });
  });
});
