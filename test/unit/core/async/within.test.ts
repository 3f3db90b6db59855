import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SYSTEM_CLOCK } from '../../../../src/core/async/clock.ts';
import { Condition } from '../../../../src/core/async/condition.ts';
import { unlessAborted, within } from '../../../../src/core/async/within.ts';

const never = <T>() => new Promise<T>(() => {});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('within', () => {
  it('gives what the work gives, and leaves neither a timer nor a listener behind', async () => {
    const { signal } = new AbortController();
    expect(await within(1000, async () => 7, signal)).toBe(7);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects with TIMEOUT when the time is up, and says so to the work', async () => {
    let heard: unknown;
    const late = within(1000, (signal) => {
      signal.addEventListener('abort', () => {
        heard = signal.reason;
      });
      return never();
    });
    const rejected = expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
    await vi.advanceTimersByTimeAsync(999);
    expect(heard).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    await rejected;
    expect(heard).toMatchObject({ code: 'TIMEOUT' });
  });

  it('rejects with the reason of a stop, before, during, and whatever the work says of it', async () => {
    const stop = new AbortController();
    const stopped = within(
      1000,
      (signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('socket closed'))),
        ),
      stop.signal,
    );
    const rejected = expect(stopped).rejects.toBe('SIGINT');
    stop.abort('SIGINT');
    await rejected;
    expect(vi.getTimerCount()).toBe(0);
    let begun = false;
    const begin = async () => {
      begun = true;
    };
    await expect(within(1000, begin, stop.signal)).rejects.toBe('SIGINT');
    expect(begun).toBe(false);
  });

  it('rejects with what the work rejects with', async () => {
    await expect(within(1000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('unlessAborted', () => {
  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve(7), signal)).toBe(7);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('the clock of this machine', () => {
  it('sleeps so long, or until a stop', async () => {
    const stop = new AbortController();
    let woken = 0;
    const wake = () => woken++;
    SYSTEM_CLOCK.sleep(1000).then(wake);
    SYSTEM_CLOCK.sleep(5000, stop.signal).then(wake);
    await vi.advanceTimersByTimeAsync(999);
    expect(woken).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toBe(1);
    stop.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
    await SYSTEM_CLOCK.sleep(5000, stop.signal);
  });
});

describe('a condition', () => {
  it('wakes all who wait, and none who come later', async () => {
    const condition = new Condition();
    let woken = 0;
    const wake = () => woken++;
    condition.wait().then(wake);
    condition.wait().then(wake);
    condition.notifyAll();
    condition.wait().then(wake);
    await vi.advanceTimersByTimeAsync(0);
    expect(woken).toBe(2);
  });
});
