// What a command says that was stopped from outside.
import { AppError } from '../errors/app-error.ts';

/** The error of a command that Ctrl+C or SIGTERM ended, by the reason of its signal. @param kept what is left behind. */
export function stoppedBy(signal: AbortSignal, kept: string, resume = ''): AppError {
  return new AppError(signal.reason === 'SIGTERM' ? 'terminated' : 'cancelled', { kept, resume });
}
