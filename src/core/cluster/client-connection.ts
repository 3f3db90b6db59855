// A connection of the OpenSearch client that keeps Node's error code and writes nothing to the console.

import type { ClientRequestArgs } from 'node:http';
import type { Connection } from '@opensearch-project/opensearch';
import { forwarding } from './http-proxy.ts';

type ConnectionClass = typeof Connection;

/**
 * The client turns every connection failure into a text without its code, and logs errors that come after an answer
 * with console.log (a server that answers before it has read the whole request causes one). Both are corrected here.
 * @param via the proxy in between, if any: a request that it forwards is addressed to it.
 */
export function careful(Base: ConnectionClass, via?: URL): ConnectionClass {
  return class extends Base {
    override buildRequestObject(params: unknown): ClientRequestArgs {
      const request = super.buildRequestObject(params);
      const forwarded = forwarding(via, this.url.href);
      if (!forwarded) return request;
      const { hostname, port, origin, headers } = forwarded;
      // A signature holds for the host that it was made with.
      const sent = { ...request.headers, ...headers };
      return { ...request, hostname, port, path: `${origin}${request.path}`, headers: sent };
    }

    override request(...[params, callback]: Parameters<Connection['request']>) {
      let seen: NodeJS.ErrnoException | undefined;
      const request = super.request(params, (error, response) => {
        if (error !== null && seen !== undefined) {
          Object.assign(error, { code: seen.code, cert: certOf(seen), reusedSocket: request.reusedSocket });
        }
        if (response !== null) request.removeAllListeners('error').on('error', () => {});
        callback(error, response);
      });
      request.prependListener('error', (error) => {
        seen = error;
      });
      return request;
    }
  };
}

function certOf(error: object): unknown {
  return 'cert' in error ? error.cert : undefined;
}

/**
 * True when a connection that had been idle was closed by the other side just as it was used again. The request was
 * not read: any proxy or server that closes idle connections causes this.
 */
export function wasIdleTooLong(error: unknown): boolean {
  const { code, reusedSocket } = error as { code?: string; reusedSocket?: boolean };
  return reusedSocket === true && (code === 'ECONNRESET' || code === 'EPIPE');
}
