// Which version this is, and which Node it needs: both from package.json.
import manifest from '../../package.json' with { type: 'json' };
import { AppError } from '../errors/app-error.ts';

export const VERSION: string = manifest.version;

/** An error when this Node is outside `engines` (`^22.22.2 || ^24.15.0 || >=26.0.0`), else undefined. */
export function nodeProblem(found: string): AppError | undefined {
  const wanted = manifest.engines.node;
  const fits = wanted.split(' || ').some((range) => satisfies(found, range));
  return fits ? undefined : new AppError('node-version', { found, wanted });
}

function satisfies(version: string, range: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = range
    .replace(/^(\^|>=)/, '')
    .split('.')
    .map(Number);
  if (major !== wantedMajor) return range.startsWith('>=') && major > wantedMajor;
  return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch);
}
