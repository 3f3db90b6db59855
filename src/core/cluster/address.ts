// The parts of a cluster's address, in the words that errors use.

import { isIP } from 'node:net';
import type { Connection } from './types.ts';

export interface Address {
  /** Host and port, as errors name it. */
  readonly address: string;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** The same with https instead of http, or http instead of https. */
  readonly otherUrl: string;
  /** The proxy in between, if any. */
  readonly via?: URL | undefined;
}

export function addressOf({ url }: Pick<Connection, 'url'>): Address {
  const parsed = new URL(url);
  const secure = parsed.protocol === 'https:';
  const port = Number(parsed.port || (secure ? 443 : 80));
  const other = `${secure ? 'http' : 'https'}://${parsed.hostname}:${port}`;
  return {
    address: `${parsed.hostname}:${port}`,
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port,
    secure,
    otherUrl: other,
  };
}

/**
 * True for a host name or address that is this machine everywhere. Names below localhost are not: many systems ask a name
 * server for them. @param host in lower case, without the brackets of IPv6.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

/** True when the host is written as a number and no name needs to be looked up. */
export function isNumeric(host: string): boolean {
  return isIP(host) !== 0;
}
