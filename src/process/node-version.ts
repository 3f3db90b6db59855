// Which version this is, and which Node it needs: both from package.json.
import coerce from 'semver/functions/coerce.js';
import satisfies from 'semver/functions/satisfies.js';
import manifest from '../../package.json' with { type: 'json' };
import { AppError } from '../errors/app-error.ts';

export const VERSION: string = manifest.version;

/** An error when this Node is outside `engines` of package.json, else undefined; a nightly counts as its release. */
export function nodeProblem(found: string): AppError | undefined {
  const wanted = manifest.engines.node;
  return satisfies(coerce(found) ?? found, wanted)
    ? undefined
    : new AppError('node-version', { found, wanted });
}
