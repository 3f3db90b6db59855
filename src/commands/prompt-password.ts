// Asks a person at the terminal for a password.
import { prompted } from './prompt.ts';

export interface PasswordPrompt {
  /** `Password of admin`. */
  readonly message: string;
  readonly signal: AbortSignal;
  /** Where it asks; left out, on standard output. */
  readonly output?: NodeJS.WriteStream;
}

/** What is typed, which the screen does not show. Throws AppError `cancelled` or `terminated` when it is left. */
export async function promptedPassword({ message, signal, output }: PasswordPrompt): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  const ask = () => password({ message, mask: '*' }, { signal, ...(output ? { output } : {}) });
  return prompted(ask, { signal, untouched: 'nothing was changed' });
}
