// Waiting that ends: at a stop, or when the time is up.

/** What `within` rejects with when the time is up: `code` is `TIMEOUT`. */
const timedOut = () => Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' });

/**
 * Does work for at most `ms`. The work gets a signal that fires at a stop and when the time is up; whether or not it
 * listens, the promise settles then: it rejects with the reason of `signal`, or with an error whose `code` is `TIMEOUT`.
 * A later failure of the work is dropped, and no listener stays on `signal`.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const ended = Promise.withResolvers<never>();
  end.signal.addEventListener('abort', () => ended.reject(end.signal.reason));
  const onAbort = () => end.abort(signal?.reason);
  const timer = setTimeout(() => end.abort(timedOut()), ms);
  signal?.addEventListener('abort', onAbort);
  try {
    return await Promise.race([ended.promise, work(end.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/**
 * What the promise gives, or undefined as soon as the signal fires. A later failure of it is dropped, and no listener
 * stays on the signal.
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
