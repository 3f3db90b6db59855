// A small HTTP proxy that knows CONNECT, and one host that nobody else knows.
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { close, listen } from './proxy.ts';

/** A name that no name server knows: whoever reaches it came through the proxy. */
export const HIDDEN_HOST = 'opensearch.behind-the-proxy.invalid';

export interface ConnectProxyOptions {
  /** Where HIDDEN_HOST really is. */
  readonly target: string;
  /** What `proxy-authorization` must be. */
  readonly signIn?: string;
}

export interface ConnectProxy {
  readonly url: string;
  /** What was asked for, as `host:port`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startConnectProxy({ target, signIn }: ConnectProxyOptions): Promise<ConnectProxy> {
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const upstreams = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
    if (
      signIn &&
      request.headers['proxy-authorization'] !== `Basic ${Buffer.from(signIn).toString('base64')}`
    )
      return refuse('407 Proxy Authentication Required');
    asked.push(request.url ?? '');
    if (!request.url?.startsWith(HIDDEN_HOST)) return refuse('403 Forbidden');
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstreams.add(upstream);
    upstream.on('error', () => socket.destroy());
    return undefined;
  });
  const listening = await listen(server);
  return {
    url: `http://127.0.0.1:${listening}`,
    asked,
    close: async () => {
      for (const upstream of upstreams) upstream.destroy();
      await close(server);
    },
  };
}
