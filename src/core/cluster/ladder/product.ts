// What answers: OpenSearch, or something else that speaks HTTP.

import { AppError } from '../../../errors/app-error.ts';
import { plainWords, wordsOf } from '../../../text/plain-text.ts';
import { type Address, addressOf } from '../address.ts';
import { answerError, reasonIn } from '../answer-errors.ts';
import { fieldsOf, textOf } from '../answer-shape.ts';
import { isRedirect, redirectError } from '../redirect.ts';
import type { ClusterAnswer } from '../request.ts';
import type { ClusterInfo, Connection } from '../types.ts';

/** So much of a page is looked at. */
const PAGE = 20_000;

/** Where OpenSearch usually listens on a host whose Dashboards was found. */
const OPENSEARCH_PORT = 9200;

/** What OpenSearch says of itself also in compatibility mode, where it calls itself 7.10.2 and names no distribution. */
const TAGLINE = /^The OpenSearch Project/;

/** The one right that `GET /` needs; a role that only loads data may lack it. */
const MAIN_RIGHT = 'cluster:monitor/main';

/**
 * Judges the answer to `GET /`; name and version are empty where this user may not see them. Throws AppError
 * `sign-in-missing`, `sign-in-refused`, `forbidden`, `redirected`, `cluster-starting`, `elasticsearch`, `dashboards-port`
 * or `not-opensearch`.
 */
export function recognize(answer: ClusterAnswer, connection: Connection): ClusterInfo {
  const { status, body, headers } = answer;
  const address = addressOf(connection);
  const { url } = connection;
  if (isDashboards(answer)) {
    const { hostname, protocol } = new URL(url);
    const otherUrl = `${protocol}//${hostname}:${OPENSEARCH_PORT}`;
    throw new AppError('dashboards-port', { address: address.address, otherUrl });
  }
  if (isRedirect(status)) throw redirectError(connection, status, headers['location']);
  if (status === 403 && reasonIn(body).reason.includes(MAIN_RIGHT)) return { url, name: '', version: '' };
  if (isTelling(status)) throw answerError({ connection, status, body, method: 'GET', path: '/' });
  const { version, tagline, cluster_name: name } = fieldsOf(body);
  const { number, distribution } = fieldsOf(version);
  const known = wordsOf(number, 40) || 'unknown';
  if (distribution === 'opensearch') return { url, name: wordsOf(name), version: known };
  if (TAGLINE.test(textOf(tagline)))
    return { url, name: wordsOf(name), version: `${known} (compatibility mode)` };
  if (tagline === 'You Know, for Search' || 'x-elastic-product' in headers) {
    throw new AppError('elasticsearch', { address: address.address, version: known });
  }
  throw new AppError('not-opensearch', { address: address.address, found: described(answer, address) });
}

/** Statuses that say more than which product it is. */
const isTelling = (status: number) => [401, 403, 408, 429, 502, 503, 504].includes(status) || status >= 520;

function isDashboards({ body, headers }: ClusterAnswer): boolean {
  if ('osd-name' in headers || 'kbn-name' in headers) return true;
  return typeof body === 'string' && /OpenSearch Dashboards|osd-injected-metadata/.test(body.slice(0, PAGE));
}

/** "HTTP 200 from nginx, a page titled “Welcome”". */
function described({ status, body, headers }: ClusterAnswer, { secure }: Address): string {
  const server = typeof headers['server'] === 'string' ? ` from ${plainWords(headers['server'], 60)}` : '';
  const page = typeof body === 'string' ? body.slice(0, PAGE) : '';
  const title = /<title[^<>]*>([^<]*)</i.exec(page)?.[1];
  const titled = title === undefined ? '' : `, a page titled "${plainWords(title, 80)}"`;
  return `${secure ? 'HTTPS' : 'HTTP'} ${status}${server}${titled}`;
}
