// Bulk requests are compressed where the way is the bottleneck: to clusters that are not on this machine.
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { addressOf } from './address.ts';
import type { Connection } from './types.ts';

const zipped = promisify(gzip);

/** The quickest level: the documents shrink to a tenth. */
const LEVEL = { level: constants.Z_BEST_SPEED };

/** True for an address of this machine. */
export function isLoopback(url: string): boolean {
  const { host } = addressOf({ url });
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host);
}

/** True when bulk requests go out compressed. Amazon's domains take such only after a setting, so they never do there. */
export const compresses = ({ url, awsRegion, compress }: Connection): boolean =>
  compress ?? (awsRegion === undefined && !isLoopback(url));

/** Compresses a body, off the main thread. */
export const compressed = (body: Buffer): Promise<Buffer> => zipped(body, LEVEL);
