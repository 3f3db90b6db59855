// Which version this is, and which Node it needs: both from package.json.
import manifest from '../../package.json' with { type: 'json' };
import { AppError } from '../errors/app-error.ts';

export const VERSION: string = manifest.version;

/**
 * An error when this Node is outside `engines` (`^22.22.2 || ^24.15.0 || >=26.0.0`), else undefined; a nightly counts
 * as its release. By hand: the semver package takes 5 ms of every start.
 */
export function nodeProblem(found: string): AppError | undefined {
  const wanted = manifest.engines.node;
  const fits = wanted.split(' || ').some((range) => satisfies(found, range));
  return fits ? undefined : new AppError('node-version', { found, wanted });
}

const numbersIn = (text: string) => (text.match(/\d+\.\d+\.\d+/)?.[0] ?? '').split('.').map(Number);

function satisfies(version: string, range: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbersIn(version);
  const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = numbersIn(range);
  if (major !== wantedMajor) return range.startsWith('>=') && major > wantedMajor;
  return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch);
}
