// A small HTTP proxy that knows CONNECT and whole requests, and one host that nobody else knows.
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { close, listen } from './proxy.ts';

/** A name that no name server knows: whoever reaches it came through the proxy. */
export const HIDDEN_HOST = 'opensearch.behind-the-proxy.invalid';

export interface ConnectProxyOptions {
  /** Where HIDDEN_HOST really is. */
  readonly target: string;
  /** What `proxy-authorization` must be. */
  readonly signIn?: string;
  /** The only port that CONNECT may lead to, as Squid has it: 443. */
  readonly tunnelsTo?: number;
}

export interface ConnectProxy {
  readonly url: string;
  /** What was asked for, as `host:port`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const { target, signIn, tunnelsTo } = options;
  const { hostname, port } = new URL(target);
  const asked: string[] = [];
  const upstreams = new Set<Socket>();
  const isSignedIn = ({ headers }: IncomingMessage) =>
    !signIn || headers['proxy-authorization'] === `Basic ${Buffer.from(signIn).toString('base64')}`;
  const server = createServer((request, response) => {
    const whole = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
    if (!whole) return void response.writeHead(400).end();
    if (!isSignedIn(request)) return void response.writeHead(407).end();
    asked.push(whole.host);
    if (whole.hostname !== HIDDEN_HOST) return void response.writeHead(403).end('<html>Forbidden</html>');
    const { 'proxy-authorization': _, connection: __, ...headers } = request.headers;
    const { method } = request;
    const path = `${whole.pathname}${whole.search}`;
    const upstream = httpRequest({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  server.on('connect', (request, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`);
    if (!isSignedIn(request)) return refuse('407 Proxy Authentication Required');
    asked.push(request.url ?? '');
    if (tunnelsTo !== undefined && !request.url?.endsWith(`:${tunnelsTo}`)) return refuse('403 Forbidden');
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
