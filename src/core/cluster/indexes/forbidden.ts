// What a role does not allow is left out where a load can do without it.
import { AppError } from '../../../errors/app-error.ts';

/** True for the refusal of one request to a user who is signed in. */
export const isForbidden = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'forbidden';

/** What the work gives, or undefined when this user may not do it. Throws any other error. */
export async function unlessForbidden<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}
