// A Dashboards for the local node in a container of its own, by the Docker of this machine.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '../../errors/app-error.ts';
import { plainWords } from '../../text/plain-text.ts';
import type { Environment } from '../directories.ts';
import { CONTAINER, dashboardsDockerLine, dashboardsDockerParts } from './release.ts';

const run = promisify(execFile);

/** A Docker whose daemon is stopped answers at once, one that hangs does not. */
const ANSWER_MS = 5000;

export interface DockerPlace {
  readonly environment: Environment;
  readonly signal?: AbortSignal;
}

/** True when a Docker is installed here and its daemon answers. Never rejects. */
export async function dockerAnswers({ environment, signal }: DockerPlace): Promise<boolean> {
  const options = { env: environment, timeout: ANSWER_MS, ...(signal ? { signal } : {}) };
  return run('docker', ['version', '--format', '{{.Server.Version}}'], options).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
}

export interface StartContainer extends DockerPlace {
  readonly nodeUrl: string;
  /** Of the machine, as Node names it. */
  readonly platform: string;
}

/**
 * Starts the container in the background, in place of one of an earlier start; the image is downloaded the first time.
 * It needs some more seconds until it answers. Throws AppError `dashboards-docker`.
 */
export async function startContainer(request: StartContainer): Promise<void> {
  const { nodeUrl, platform, environment, signal } = request;
  const options = { env: environment, ...(signal ? { signal } : {}) };
  // The one of an earlier start may look at another port.
  await run('docker', ['rm', '--force', CONTAINER], options).catch(() => {});
  signal?.throwIfAborted();
  const [, ...parts] = dashboardsDockerParts(nodeUrl, platform);
  const words = parts.flatMap((part) => part.split(' '));
  try {
    await run('docker', ['run', '--rm', '--detach', '--name', CONTAINER, ...words], options);
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr } = error as { readonly stderr?: string };
    const reason = plainWords(stderr?.trim() || (error as Error).message);
    throw new AppError('dashboards-docker', { reason, docker: dashboardsDockerLine(nodeUrl, platform) });
  }
}
