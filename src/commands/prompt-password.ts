// Asks a person at the terminal for a password.
import { stoppedBy } from '../core/run/finish.ts';

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
  try {
    return await password({ message, mask: '*' }, { signal, ...(output ? { output } : {}) });
  } catch (error) {
    const left = error instanceof Error && error.name === 'ExitPromptError';
    if (!left && !signal.aborted) throw error;
    throw stoppedBy(signal, 'nothing was changed');
  }
}
