// Programs that hold a port, closed after the test that asked for them.
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Holds a port until the test ends. */
export async function listen(port: number, host: string): Promise<void> {
  const server = createServer();
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
}
