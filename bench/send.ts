// Sends prepared bytes with as little else as can be.
import { Agent, request } from 'node:http';

/** Sends each body to `/index/_bulk`, some at once. Rejects when an answer is not 200. */
export async function blast(
  url: string,
  index: string,
  bodies: readonly Buffer[],
  concurrency: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const target = `${url}/${index}/_bulk?filter_path=errors`;
  const headers = { 'content-type': 'application/x-ndjson' };
  const send = (body: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const options = { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } };
      const sending = request(target, options, (answer) => {
        answer.resume();
        answer.once('end', resolve);
        if (answer.statusCode !== 200) reject(new Error(`HTTP ${answer.statusCode}`));
      });
      sending.once('error', reject);
      sending.end(body);
    });
  const left = [...bodies];
  const sender = async () => {
    for (let body = left.shift(); body; body = left.shift()) await send(body);
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  agent.destroy();
}
