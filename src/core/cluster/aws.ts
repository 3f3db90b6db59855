// Requests signed with AWS keys (SigV4), for Amazon OpenSearch Service.

import type { ClientOptions } from '@opensearch-project/opensearch';
import { AppError } from '../../errors/app-error.ts';
import type { Environment } from '../directories.ts';
import type { Connection } from './types.ts';

type Signing = Required<Pick<ClientOptions, 'Connection' | 'Transport'>>;

/** AWS's reasons for a refused signature, as it words them itself. */
const REFUSED: readonly (readonly [words: RegExp, reason: string])[] = [
  [/security token.*expired|ExpiredToken/i, 'the session token has expired'],
  [
    /security token.*invalid|UnrecognizedClient|InvalidClientTokenId/i,
    'the access key or the session token is wrong',
  ],
  [/signature we calculated does not match/i, 'the secret key is wrong'],
];

/**
 * What AWS means with a refusal of a signed request: that the clock of this machine is off (its signatures hold for a few
 * minutes), or that the keys are wrong; undefined for what a role forbids.
 */
export function signatureProblem(
  { awsRegion }: Connection,
  address: string,
  reason: string,
): AppError | undefined {
  if (!awsRegion) return undefined;
  if (/signature expired|not yet current|RequestTimeTooSkewed|too large a difference|skew/i.test(reason))
    return new AppError('clock-skew', { address, reason });
  const wrong = REFUSED.find(([words]) => words.test(reason))?.[1];
  return wrong === undefined ? undefined : new AppError('aws-keys-refused', { address, reason: wrong });
}

/**
 * The classes that sign each request, or undefined when no region is given. Keys come from AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. Throws AppError `aws-keys-missing`.
 */
export async function awsSigning(
  { awsRegion: region, awsService: service = 'es' }: Connection,
  env: Environment,
): Promise<Signing | undefined> {
  if (region === undefined || region === '') return undefined;
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  const sessionToken = env['AWS_SESSION_TOKEN'];
  if (!accessKeyId || !secretAccessKey) throw new AppError('aws-keys-missing', { region });
  const { AwsSigv4Signer } = await import('@opensearch-project/opensearch/aws-v3');
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
  const { Connection: Signed, Transport } = AwsSigv4Signer({
    region,
    service,
    getCredentials: async () => credentials,
  });
  return { Connection: Signed, Transport };
}
