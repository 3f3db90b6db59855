// Amazon OpenSearch Serverless: no `GET /`, no cluster, no statistics, no refresh on demand. What is written becomes
// visible by itself after some seconds. (From its documentation and issues of its users; no account was at hand.)
import type { Connection } from './types.ts';

/** What is known of a Serverless collection while a program speaks to it. */
export interface Serverless {
  /** True when documents were sent that may not be visible yet. */
  written: boolean;
}

/** What is known of the service at the beginning; undefined when it is none of these. */
export function serverlessOf({ awsRegion, awsService }: Connection): Serverless | undefined {
  return awsRegion && awsService === 'aoss' ? { written: false } : undefined;
}
