// Settings become the request of a run, for every front.

import { renderCommand } from '../command-line/render.ts';
import type { Connection } from '../core/cluster/types.ts';
import type { SignIn } from '../core/dashboards/server.ts';
import type { Directories, Environment } from '../core/directories.ts';
import { runId } from '../core/history/runs.ts';
import type { Preset } from '../core/plan/preset.ts';
import type { RunRequest } from '../core/run/request.ts';
import type { FixedSettings } from '../options/resolve.ts';
import { parametersOf } from '../options/resolve.ts';
import { threadsFor } from '../options/thread-count.ts';

export interface RequestParts {
  readonly settings: FixedSettings;
  readonly connection: Connection;
  /** Credentials for Dashboards alone. */
  readonly dashboardsSignIn: SignIn | undefined;
  readonly presets: readonly Preset[];
  readonly directories: Directories;
  readonly environment: Environment;
  readonly program: string;
  readonly version: string;
  readonly replaceConfirmed?: boolean;
  /** The run to resume; left out, it is a new one. */
  readonly id?: string;
}

/** Everything the pipeline needs, from answers in which nothing is open any more. */
export function runRequest(parts: RequestParts): RunRequest {
  const { settings, program } = parts;
  const nowMs = Date.parse(settings.now);
  const id = parts.id ?? runId(Date.now(), Math.random());
  return {
    id,
    connection: parts.connection,
    local: settings.local,
    index: settings.index,
    onConflict: settings.onConflict,
    replaceConfirmed: parts.replaceConfirmed ?? false,
    parameters: parametersOf(settings),
    presets: parts.presets,
    nowMs,
    part: settings.part,
    markIncidents: settings.markIncidents,
    deep: settings.deep,
    dashboards: settings.dashboards,
    dashboardsSignIn: parts.dashboardsSignIn,
    outputDir: settings.outputDir,
    splitMb: settings.splitMb,
    threads: (documents) => threadsFor(documents, 'load'),
    directories: parts.directories,
    environment: parts.environment,
    toolVersion: parts.version,
    settings: { ...settings },
    command: renderCommand(program, 'run', settings),
    resumeCommand: () => `${program} run --resume ${id}`,
    random: Math.random,
  };
}
