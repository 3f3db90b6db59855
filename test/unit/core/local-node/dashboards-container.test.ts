// A Docker that only writes down what it is asked, in place of a real one.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { dockerAnswers, startContainer } from '../../../../src/core/local-node/dashboards-container.ts';
import { dashboardsDockerLine } from '../../../../src/core/local-node/release.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

/** The environment of a machine with this `docker`, a shell script; what it was asked is in `asked`. */
function machine(script: string) {
  const folder = mkdtempSync(join(tmpdir(), 'docker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = join(folder, 'asked');
  writeFileSync(join(folder, 'docker'), `#!/bin/sh\necho "$@" >> '${log}'\n${script}\n`);
  chmodSync(join(folder, 'docker'), 0o755);
  const asked = () => readFileSync(log, 'utf8').trim().split('\n');
  return { environment: { PATH: `${folder}:/usr/bin:/bin` }, asked };
}

const nodeUrl = 'http://localhost:9201';

it('answers when its daemon does', async () => {
  expect(await dockerAnswers(machine('echo 27.1.1'))).toBe(true);
  expect(await dockerAnswers(machine('echo "Cannot connect to the Docker daemon" >&2; exit 1'))).toBe(false);
  expect(await dockerAnswers({ environment: { PATH: '/nowhere' } })).toBe(false);
});

it('starts the container of the line that is shown, under its name and in the background', async () => {
  const { environment, asked } = machine('');
  await startContainer({ environment, nodeUrl, platform: 'linux' });
  const line = dashboardsDockerLine(nodeUrl, 'linux').replace(
    'docker run --rm ',
    'run --rm --detach --name incident-demo-dashboards ',
  );
  expect(asked()).toEqual(['rm --force incident-demo-dashboards', line]);
});

it('says what Docker says when it does not start', async () => {
  const { environment } = machine('echo "no space left on device" >&2; exit 125');
  const failure = await startContainer({ environment, nodeUrl, platform: 'linux' }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AppError);
  expect((failure as AppError).message).toContain('no space left on device');
  expect((failure as AppError).explain().actions.join(' ')).toContain(dashboardsDockerLine(nodeUrl, 'linux'));
});
