// The whole job in short form on the oldest release that is supported. `npm run matrix` tries the releases in between.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { doneOf, newPlace, type Place, runInto, runProgram } from '../../../helpers/program.ts';
import { javaFor, OLDEST, type RunningRelease, startRelease } from '../../../helpers/releases.ts';

const java = await javaFor(OLDEST);

let node: RunningRelease | undefined;
let place: Place;
beforeAll(async () => {
  place = newPlace();
  if (java) node = await startRelease(OLDEST, java);
});
afterAll(async () => {
  place.remove();
  await node?.stop();
});

// Without a Java of 11 to 21 it cannot run.
test.runIf(java)('OpenSearch 1.3: loads, checks, marks the incidents, and removes it all', async () => {
  const url = node?.url ?? '';
  const words = ['--days', '1', '--sample', '1500', '--mark-incidents'];
  const done = doneOf(await runProgram(place, ...runInto(url, 'oldest'), ...words));
  expect(done.error).toBeUndefined();
  expect(done.exit).toBe(0);
  expect(done.documents.found).toBe(done.documents.planned);
  expect(done.checks.map(({ id }) => id)).toContain('index-health');
  const { exit } = await runProgram(place, 'clean', '--url', url, '--index', 'oldest', '--yes');
  expect(exit).toBe(0);
  const left = await fetch(`${url}/_cat/indices/oldest*?h=index`);
  expect(await left.text()).toBe('');
});
