// The questions on a terminal that cannot move its cursor (TERM=dumb): lists with numbers, answers as lines.
import { createInterface } from 'node:readline';
import { plainText } from '../../text/plain-text.ts';
import { indented } from '../text/wrap.ts';
import type { PromptChoice, Prompter } from './prompter.ts';

interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?: (on: boolean) => unknown };
  readonly stdout: NodeJS.WritableStream & { readonly columns?: number };
  /** Ends the question that is open. */
  readonly signal: AbortSignal;
}

/** How a question ends without an answer, named as that of the other prompts. */
class Left extends Error {
  override readonly name = 'AbortPromptError';
}

const COLUMNS = 80;
const CTRL_C = '\u0003';

/** The places (from 0) named by numbers from 1 with commas or spaces between; undefined when one is not on the list. */
function placesOf(answer: string, length: number): readonly number[] | undefined {
  const numbers = answer.split(/[\s,]+/).filter(Boolean);
  const places = numbers.map((text) => (/^\d{1,4}$/.test(text) ? Number(text) - 1 : -1));
  return places.every((place) => place >= 0 && place < length) ? places : undefined;
}

/** Asks on these streams without one escape sequence. A question that is interrupted rejects. */
export function linePrompter({ stdin, stdout, signal }: Streams): Prompter {
  const show = (line: string) => void stdout.write(`${line}\n`);

  /** One line of input; the terminal itself echoes and edits it, but for a secret, which is not to be seen. */
  const ask = (prompt: string, secret = false): Promise<string> => {
    stdout.write(prompt);
    const raw = (on: boolean) => secret && stdin.isTTY && stdin.setRawMode?.(on);
    raw(true);
    const lines = createInterface({ input: stdin, terminal: false });
    return new Promise<string>((resolve, reject) => {
      const end = (act: () => void) => {
        lines.removeAllListeners();
        lines.close();
        raw(false);
        if (secret) stdout.write('\n');
        stdin.removeListener('data', watch);
        process.removeListener('SIGINT', left);
        signal.removeEventListener('abort', left);
        act();
      };
      const left = () => end(() => reject(new Left()));
      const watch = (data: unknown) => secret && String(data).includes(CTRL_C) && left();
      stdin.on('data', watch);
      process.once('SIGINT', left);
      signal.addEventListener('abort', left);
      lines.once('line', (line) => end(() => resolve(secret ? typedSecret(line) : plainText(line).trim())));
      lines.once('close', left);
      if (signal.aborted) left();
    });
  };

  const list = (message: string, choices: readonly PromptChoice<unknown>[], box = (_: boolean) => '') => {
    show(`? ${message}`);
    for (const [at, { name, checked = false }] of choices.entries())
      show(`  ${at + 1}. ${box(checked)}${name}`);
  };

  /** Asks until the numbers are on the list. */
  const pick = async (prompt: string, length: number, most: number): Promise<readonly number[]> => {
    for (;;) {
      const places = placesOf(await ask(prompt), length);
      if (places && places.length <= most) return places;
      show(`Type a number from 1 to ${length}.`);
    }
  };

  return {
    say: (sentence) => indented(sentence, stdout.columns || COLUMNS).forEach(show),
    show,
    choose: async (message, choices) => {
      list(message, choices);
      const [place = 0] = await pick('Number (Enter: 1): ', choices.length, 1);
      const chosen = choices[place];
      if (!chosen) throw new Left();
      return chosen.value;
    },
    checkbox: async (message, choices) => {
      const none: PromptChoice<undefined> = { name: 'none', value: undefined };
      list(message, [...choices, none], (checked) => (checked ? '[x] ' : '[ ] '));
      const prompt = 'Numbers separated by commas (Enter keeps those marked x): ';
      const places = await pick(prompt, choices.length + 1, choices.length + 1);
      const kept = ({ checked }: PromptChoice<unknown>, at: number) =>
        places.length > 0 ? places.includes(at) : checked;
      return choices.filter(kept).map(({ value }) => value);
    },
    text: async ({ message, initial = '', validate }) => {
      for (;;) {
        const typed = await ask(`? ${message}${initial === '' ? '' : ` (Enter: ${initial})`}: `);
        const answer = typed === '' ? initial : typed;
        const verdict = validate?.(answer) ?? true;
        if (verdict === true) return answer;
        show(verdict);
      }
    },
    secret: (message) => ask(`? ${message} (not shown): `, true),
  };
}

/** What is left of a secret after its backspaces, which arrive as they are typed. */
function typedSecret(line: string): string {
  const kept: string[] = [];
  for (const sign of line) {
    if (sign === '\u007F' || sign === '\b') kept.pop();
    else if (sign === '\u0015') kept.length = 0;
    else kept.push(sign);
  }
  return plainText(kept.join(''));
}
