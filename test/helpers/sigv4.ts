// AWS Signature Version 4 after its published description, written for tests: what a server does to check a request.
import { createHash, createHmac } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as they are sent. */
  readonly path: string;
  /** Names in small letters; the values of a header that comes several times in their order. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: Buffer | string;
}

export interface Scope {
  /** `20150830T123600Z` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

/** Every byte but letters, digits, `-`, `.`, `_` and `~` as %XX. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('=', 2).map((part) => encode(decodeURIComponent(part.replaceAll('+', ' ')))))
    .map(([name = '', value = '']) => `${name}=${value}`)
    .sort()
    .join('&');
}

/** The signature, over the headers named. */
export function signatureOf(
  { method, path, headers, body = '' }: SignedRequest,
  signed: readonly string[],
  secret: string,
  { date, region, service }: Scope,
): string {
  const [where = '/', query = ''] = path.split('?', 2);
  const textOf = (name: string) =>
    [headers[name] ?? '']
      .flat()
      .map((value) => value.trim().replace(/ +/g, ' '))
      .join(',');
  const canonical = [
    method,
    where
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    canonicalQuery(query),
    ...signed.map((name) => `${name}:${textOf(name)}`),
    '',
    signed.join(';'),
    sha256(body),
  ].join('\n');
  const day = date.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  return hmac(key, text).toString('hex');
}
