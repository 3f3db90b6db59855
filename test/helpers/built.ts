// Tests of the built program need it built: say so once, at the beginning.
import { existsSync } from 'node:fs';
import { CLI } from './program.ts';

export function setup(): void {
  if (!existsSync(CLI)) throw new Error('These tests run the built program. Build it first: npm run build');
}
