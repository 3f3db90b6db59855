// Time that passes only when a test says so, for what waits with timers and reads performance.now().
import { afterEach, beforeEach, vi } from 'vitest';

/** Every test of the file has a clock of its own, which stands still. */
export function installVirtualTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Resolves after so many ms of that time. */
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets time pass until the promise settles, and gives what it gives. Throws after an hour of that time. */
export async function settled<T>(promise: Promise<T>): Promise<T> {
  let open = true;
  const close = () => {
    open = false;
  };
  promise.then(close, close);
  for (let passed = 0; open; passed += 10) {
    if (passed > 3_600_000) throw new Error('nothing happened for an hour');
    await vi.advanceTimersByTimeAsync(10);
  }
  return promise;
}
