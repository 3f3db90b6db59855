// Bulk requests are compressed when the cluster is remote, since the network is then the bottleneck.
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { addressOf, isLoopback } from './address.ts';
import type { Connection } from './types.ts';

const zipped = promisify(gzip);

/** The fastest level: it shrinks the documents to a tenth. */
const LEVEL = { level: constants.Z_BEST_SPEED };

/** True when bulk requests go out compressed. Not to Amazon's domains, which accept it only after a setting. */
export const compresses = ({ url, awsRegion, compress }: Connection): boolean =>
  compress ?? (awsRegion === undefined && !isLoopback(addressOf({ url }).host));

/** Compresses a body, off the main thread. */
export const compressed = (body: Buffer): Promise<Buffer> => zipped(body, LEVEL);
