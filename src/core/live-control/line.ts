// One line from a socket, of bounded length, within a bounded time.
import type { Socket } from 'node:net';

export interface LineLimits {
  readonly bytes: number;
  readonly ms: number;
}

/**
 * The first line that arrives, without its end. Rejects when the other side leaves before it is whole, when it is longer
 * than `bytes`, and when it takes longer than `ms`.
 */
export function readLine(socket: Socket, { bytes, ms }: LineLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    let held = Buffer.alloc(0);
    const timer = setTimeout(() => fail('it takes too long'), ms);
    const end = () => {
      clearTimeout(timer);
      socket.off('data', take);
    };
    const fail = (reason: string) => {
      end();
      reject(new Error(reason));
    };
    const take = (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      const at = held.indexOf('\n');
      if (at > bytes || (at < 0 && held.length > bytes)) return fail('it is too long');
      if (at < 0) return;
      end();
      resolve(held.subarray(0, at).toString('utf8'));
    };
    socket.on('data', take);
    socket.once('error', ({ message }) => fail(message));
    socket.once('close', () => fail('the other side left'));
  });
}
