// The default run on a running node, from the command to "demo ready", checks included.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLI } from '../test/helpers/program.ts';
import { INDEX } from './into-index.ts';
import { median } from './measure.ts';

export interface EndFigure {
  readonly documents: number;
  readonly checks: number;
  /** Medians: of the whole process, and of its parts as `done` tells them. */
  readonly seconds: Readonly<Record<'process' | 'plan' | 'load' | 'validate', number>>;
}

interface Done {
  readonly ok: boolean;
  readonly error?: { readonly message: string };
  readonly documents: { readonly found: number };
  readonly checks: readonly unknown[];
  readonly seconds: Readonly<Record<'plan' | 'load' | 'validate', number>>;
}

function runOnce(url: string, home: string): { process: number; done: Done } {
  const start = performance.now();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, 'run', '--url', url, '--index', INDEX, '--on-conflict', 'replace', '--yes', '--json'],
    { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, XDG_STATE_HOME: home, HOME: home } },
  );
  const seconds = (performance.now() - start) / 1000;
  const done = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') as Done;
  if (!done.ok) throw new Error(`the run failed: ${stderr}${done.error?.message ?? ''}`);
  return { process: seconds, done };
}

/** Runs the built program some times. Throws when a run fails, also when one of its checks does. */
export function measureEnd(url: string, rounds: number): EndFigure {
  const home = mkdtempSync(join(tmpdir(), 'incident-demo-bench-'));
  try {
    const runs = Array.from({ length: rounds }, () => runOnce(url, home));
    const middle = (of: (run: (typeof runs)[number]) => number) => Number(median(runs.map(of)).toFixed(2));
    return {
      documents: middle(({ done }) => done.documents.found),
      checks: middle(({ done }) => done.checks.length),
      seconds: {
        process: middle((run) => run.process),
        plan: middle(({ done }) => done.seconds.plan),
        load: middle(({ done }) => done.seconds.load),
        validate: middle(({ done }) => done.seconds.validate),
      },
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
