// What is meant for one address, and is not taken along to another.
import type { Environment } from '../core/directories.ts';
import type { Settings } from './settings.ts';
import { parseUrls } from './values.ts';

const originsOf = (urls: string) => urls.split(',').map((url) => new URL(url).origin);

/** True when requests would go to another scheme, host or port. */
export const isElsewhere = (urls: string, others: string): boolean =>
  originsOf(urls).join() !== originsOf(others).join();

/** Who was trusted there, and with which secret, as if nothing of it had been given. */
export const OF_ONE_ADDRESS = {
  passwordFile: undefined,
  tokenFile: undefined,
  fingerprint: undefined,
  insecure: false,
  allowHttp: false,
} as const satisfies Partial<Settings>;

/** The environment for a run at this address: password and token beside an OPENSEARCH_URL are meant for that one. */
export function environmentAt(url: string, environment: Environment): Environment {
  const { OPENSEARCH_URL: meant, OPENSEARCH_PASSWORD: _, OPENSEARCH_TOKEN: __, ...others } = environment;
  return meant && isElsewhere(url, parseUrls(meant)) ? { ...others, OPENSEARCH_URL: meant } : environment;
}
