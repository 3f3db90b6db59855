// Waiting for something that may come after a stop.

/**
 * What the promise gives, or undefined as soon as the signal fires; a rejection that comes later goes nowhere. Leaves no
 * listener on the signal.
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: stopped, resolve } = Promise.withResolvers<undefined>();
  const onAbort = () => resolve(undefined);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([stopped, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
