// Where this tool keeps things, after the XDG base directory specification.
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Directories, Environment } from '../core/directories.ts';

/** The tool's folders; a relative XDG path is ignored, as the specification says. */
export function directoriesOf(environment: Environment): Directories {
  const home = environment['HOME'] || homedir();
  const folder = (variable: string, usual: string) => {
    const base = environment[variable];
    return join(base && isAbsolute(base) ? base : join(home, usual), 'incident-demo');
  };
  return {
    cache: folder('XDG_CACHE_HOME', '.cache'),
    state: folder('XDG_STATE_HOME', '.local/state'),
    config: folder('XDG_CONFIG_HOME', '.config'),
  };
}
