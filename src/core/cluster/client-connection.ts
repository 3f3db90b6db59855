// A connection of the OpenSearch client that keeps Node's error code and writes nothing to the console.

import type { Connection } from '@opensearch-project/opensearch';

type ConnectionClass = typeof Connection;

/**
 * The client turns every connection failure into a text without its code, and logs errors that come after an answer
 * with console.log (a server that answers before it has read the whole request causes one). Both are corrected here.
 */
export function careful(Base: ConnectionClass): ConnectionClass {
  return class extends Base {
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
