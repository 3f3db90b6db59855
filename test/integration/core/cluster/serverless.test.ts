// The whole job against a server that answers as Amazon OpenSearch Serverless does.
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { NOT_REPORTED } from '../../../../src/core/cluster/ladder/ladder.ts';
import { type FakeServerless, KEYS, REGION, startFakeServerless } from '../../../helpers/fake-serverless.ts';
import { doneOf, newPlace, type Place, runProgram } from '../../../helpers/program.ts';
import { expectProof } from '../../../helpers/proof.ts';
import { SMALL_DAY } from '../../../helpers/small-run.ts';

const target = inject('openSearchUrl');
const index = `serverless-test-${process.pid}`;
let service: FakeServerless;
let place: Place;
beforeAll(async () => {
  service = await startFakeServerless(target);
  place = newPlace(KEYS);
});
afterAll(async () => {
  await fetch(`${target}/${index}`, { method: 'DELETE' });
  await service.close();
  place.remove();
});
const where = () => ['--url', service.url, '--aws-region', REGION, '--aws-service', 'aoss', '--index', index];

test('run, validate, doctor and clean, each request signed and known to the service', async () => {
  const ran = await runProgram(place, 'run', ...where(), '--yes', '--json', ...SMALL_DAY, '--sample', '600');
  expect(doneOf(ran).error).toBeUndefined();
  const { documents, checks } = doneOf(ran);
  expect(documents.found).toBe(documents.planned);
  expectProof(doneOf(ran), { without: ['index-health'] });
  expect(checks.map(({ id }) => id)).not.toContain('index-health');

  const again = await runProgram(place, 'run', ...where(), '--yes', '--json', ...SMALL_DAY);
  expect(again.exit).toBe(6);
  expect((await runProgram(place, 'validate', ...where(), '--json')).exit).toBe(0);
  const doctor = await runProgram(place, 'doctor', ...where());
  expect(doctor.exit).toBe(0);
  expect(doctor.stdout).toContain(NOT_REPORTED);
  expect((await runProgram(place, 'clean', ...where(), '--yes')).exit).toBe(0);
  expect((await fetch(`${target}/${index}`)).status).toBe(404);
  expect(service.unknown).toEqual([]);
  expect(service.unsigned).toEqual([]);
});

test('a wrong secret is a sign-in that is refused, and is not shown', async () => {
  const wrong = newPlace({ ...KEYS, AWS_SECRET_ACCESS_KEY: 'sssh-wrong' });
  const finished = await runProgram(wrong, 'run', ...where(), '--yes', '--json', ...SMALL_DAY);
  wrong.remove();
  expect(finished.exit).toBe(4);
  expect(doneOf(finished).error?.message).toContain('these AWS credentials');
  expect(finished.stdout + finished.stderr).not.toContain('sssh');
});
