// What answers: OpenSearch, or something else that speaks HTTP.

import { AppError } from '../../../errors/app-error.ts';
import { plainWords } from '../../../text/plain-text.ts';
import { type Address, addressOf } from '../address.ts';
import { answerError } from '../answer-errors.ts';
import type { ClusterAnswer } from '../client.ts';
import type { ClusterInfo, Connection } from '../types.ts';

interface Root {
  readonly cluster_name?: string;
  readonly tagline?: string;
  readonly version?: { readonly number?: string; readonly distribution?: string };
}

/** Where OpenSearch usually listens on a host whose Dashboards was found. */
const OPENSEARCH_PORT = 9200;

/**
 * Judges the answer to `GET /`. Throws AppError `sign-in-missing`, `sign-in-refused`, `forbidden`,
 * `cluster-starting`, `elasticsearch`, `dashboards-port` or `not-opensearch`.
 */
export function recognise(answer: ClusterAnswer, connection: Connection): ClusterInfo {
  const { status, body, headers } = answer;
  const address = addressOf(connection);
  if (isDashboards(answer)) {
    const { hostname, protocol } = new URL(connection.url);
    const otherUrl = `${protocol}//${hostname}:${OPENSEARCH_PORT}`;
    throw new AppError('dashboards-port', { address: address.address, otherUrl });
  }
  if ([401, 403, 429, 502, 503, 504].includes(status)) {
    throw answerError({ connection, status, body, method: 'GET', path: '/' });
  }
  const {
    version,
    tagline,
    cluster_name: name = '',
  } = (typeof body === 'object' && body !== null ? body : {}) as Root;
  const number = plainWords(version?.number ?? 'unknown');
  if (version?.distribution === 'opensearch')
    return { url: connection.url, name: plainWords(name), version: number };
  if (tagline === 'You Know, for Search' || 'x-elastic-product' in headers) {
    throw new AppError('elasticsearch', { address: address.address, version: number });
  }
  throw new AppError('not-opensearch', { address: address.address, found: described(answer, address) });
}

function isDashboards({ body, headers }: ClusterAnswer): boolean {
  if ('osd-name' in headers || 'kbn-name' in headers) return true;
  return typeof body === 'string' && /OpenSearch Dashboards|osd-injected-metadata/.test(body);
}

/** "HTTP 200 from nginx, a page titled “Welcome”". */
function described({ status, body, headers }: ClusterAnswer, { secure }: Address): string {
  const server = typeof headers['server'] === 'string' ? ` from ${plainWords(headers['server'], 60)}` : '';
  const title = typeof body === 'string' ? /<title[^>]*>([^<]*)</i.exec(body)?.[1] : undefined;
  const page = title === undefined ? '' : `, a page titled "${plainWords(title, 80)}"`;
  return `${secure ? 'HTTPS' : 'HTTP'} ${status}${server}${page}`;
}
