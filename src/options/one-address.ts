// What is meant for one address, and is not taken along to another.
import type { Settings } from './settings.ts';

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
