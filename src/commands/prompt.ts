// A question that a command asks while it runs.
import { stoppedBy } from '../core/run/finish.ts';

/**
 * What was answered. The prompt handles Ctrl+C itself: throws AppError `cancelled` or `terminated` when it is left.
 * @param untouched what leaving it means: "nothing was removed".
 */
export async function prompted<T>(
  ask: () => Promise<T>,
  { signal, untouched }: { readonly signal: AbortSignal; readonly untouched: string },
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const left = error instanceof Error && error.name === 'ExitPromptError';
    if (!left && !signal.aborted) throw error;
    throw stoppedBy(signal, untouched);
  }
}
