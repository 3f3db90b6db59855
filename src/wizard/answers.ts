// What the person said, and what the program makes of it: the connection, and the settings of the run.
import { signsIn } from '../core/cluster/credentials.ts';
import type { Connection } from '../core/cluster/types.ts';
import { bearerToken, connectionOf, type Secrets } from '../options/connection.ts';
import type { Settings } from '../options/settings.ts';
import { defaultSettings } from '../options/table.ts';

/** What the person said. Going back changes none of it. */
export interface Answers extends Secrets {
  /** As typed; `settings.url` follows it as long as it can be read. */
  readonly address: string;
  /** `seed` is always set. */
  readonly settings: Settings;
  /** The name of the index that may be replaced, typed by the person. */
  readonly replace: string | undefined;
}

/** What the cluster is reached with. The local node listens on this machine only and knows no sign-in. */
export function wizardConnection({ settings, password, token, keyPassphrase }: Answers): Connection {
  if (settings.local) return { url: settings.url };
  return connectionOf(settings, {
    keyPassphrase,
    token: token === undefined ? undefined : bearerToken(token),
    password: settings.username ? password : undefined,
  });
}

/** True when what is known so far would be shown to the cluster as credentials. */
export const hasCredentials = (answers: Answers): boolean => signsIn(wizardConnection(answers));

/** The settings of the run: the local node is found again by itself, whatever port it has then. */
export function runSettings({ settings }: Answers): Settings {
  return settings.local ? { ...settings, url: defaultSettings().url } : settings;
}
