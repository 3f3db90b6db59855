// The questions on a real terminal, through @inquirer/prompts.
import { checkbox, input, password, select } from '@inquirer/prompts';
import { indented } from '../text/wrap.ts';
import type { Prompter } from './prompter.ts';

interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WriteStream;
  /** Ends the question that is open. */
  readonly signal: AbortSignal;
}

const PAGE = 12;

/** Where the terminal does not say how wide it is. */
const COLUMNS = 80;

/** Asks on these streams. A question that is interrupted rejects. */
export function inquirerPrompter({ stdin, stdout, signal }: Streams): Prompter {
  const columns = () => stdout.columns || COLUMNS;
  const context = { input: stdin, output: stdout, signal };
  return {
    say: (sentence) => {
      for (const row of indented(sentence, columns())) stdout.write(`${row}\n`);
    },
    show: (line) => void stdout.write(`${line}\n`),
    choose: (message, choices) =>
      select({ message, choices: [...choices], pageSize: PAGE, loop: false }, context),
    checkbox: (message, choices) =>
      checkbox({ message, choices: [...choices], pageSize: PAGE, loop: false }, context),
    text: ({ message, initial, shown, validate }) =>
      input(
        {
          message,
          ...(initial === undefined ? {} : { default: initial, prefill: 'editable' }),
          ...(shown ? { transformer: shown } : {}),
          ...(validate ? { validate } : {}),
        },
        context,
      ),
    secret: (message) => password({ message, mask: '*' }, context),
  };
}
