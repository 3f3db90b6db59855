// `generate`: files only, or the bulk text on standard output.

import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { renderCommand } from '../command-line/render.ts';
import { mappingFor } from '../core/cluster/indexes/mapping.ts';
import { assertOwnFolder } from '../core/dataset/own-folder.ts';
import { writeFiles } from '../core/dataset/write.ts';
import { STORED_TRANSACTIONS } from '../core/documents/transactions.ts';
import { writeAtomically } from '../core/files/atomic-file.ts';
import { makeFolder } from '../core/files/folder.ts';
import { writingTo } from '../core/files/output-file.ts';
import { emptyTally } from '../core/generate/count/tally.ts';
import { streamBatches } from '../core/generate/stream.ts';
import { estimate, makePlan } from '../core/plan/index.ts';
import { remarks } from '../core/plan/remarks.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { metaOf } from '../core/run/meta.ts';
import { fixSettings, parametersOf, presetsOf } from '../options/resolve.ts';
import { threadsFor } from '../options/thread-count.ts';
import { grouped } from '../text/numbers.ts';
import type { Command } from './context.ts';
import { endWith } from './context.ts';

const DEFAULT_FOLDER = './output';

function writeMapping(folder: string, labels: boolean): void {
  const text = `${JSON.stringify(mappingFor(STORED_TRANSACTIONS, labels), null, 2)}\n`;
  writingTo(folder, () => {
    makeFolder(folder);
    assertOwnFolder(folder);
    writeAtomically(folder, 'mapping.json', text);
  });
}

/** What a pipe holds on Linux: its reader works on one such piece while the next is made. */
const PIPE_BYTES = 1 << 16;

/** Writes to standard output; resolves when the memory may be written again. */
const writeOut = (data: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
  });

const KEPT = 'no file was left half-written';
const CUT = 'what was written to standard output is cut short';

export const generateCommand: Command = async (context) => {
  const { invocation, program, version, signal, say, log } = context;
  const folder = invocation.settings.outputDir ?? DEFAULT_FOLDER;
  if (invocation.settings.createMappingOnly) {
    writeMapping(folder, invocation.settings.labelDocuments);
    endWith(context, { files: ['mapping.json'] }, [`Wrote ${join(folder, 'mapping.json')}`]);
    return 0;
  }
  const settings = fixSettings(invocation.settings);
  const presets = presetsOf(settings);
  const nowMs = Date.parse(settings.now);
  const plan = makePlan({ parameters: parametersOf(settings), presets, nowMs });
  for (const text of remarks(plan)) {
    log({ type: 'notice', text });
    say(text);
  }

  // Else V8 gives short-lived numbers more and more room, up to 100 MB, the longer it runs.
  setFlagsFromString('--semi-space-growth-factor=1');
  const threads = threadsFor(estimate(plan).documents, 'generate');
  if (settings.stdout) {
    const tally = emptyTally();
    const options = { threads, maxBytes: PIPE_BYTES };
    for await (const { data, release } of streamBatches(plan, settings.part, tally, signal, options)) {
      await writeOut(data);
      release?.();
    }
    if (signal.aborted) throw stoppedBy(signal, CUT);
    log({ type: 'done', ok: true, documents: tally.documents, seed: settings.seed });
    return 0;
  }

  const command = renderCommand(program, 'generate', settings);
  const meta = metaOf({ plan, toolVersion: version, run: `files-${plan.key}` });
  const files = await writeFiles({
    plan,
    folder,
    part: settings.part,
    splitMb: settings.splitMb,
    threads,
    meta,
    index: settings.index,
    marked: false,
    command: renderCommand('incident-demo', 'generate', { ...settings, outputDir: undefined }),
    signal,
  });
  if (signal.aborted) throw stoppedBy(signal, KEPT);
  const documents = files[0]?.documents ?? 0;
  const done = { folder, files, documents, seed: settings.seed, command };
  endWith(context, done, writtenLines(folder, files, command));
  return 0;
};

function writtenLines(
  folder: string,
  files: readonly { name: string; documents: number; bytes: number }[],
  command: string,
): string[] {
  return [
    ...files.map(
      ({ name, documents, bytes }) =>
        `${join(folder, name)}: ${grouped(documents)} documents, ${(bytes / 1e6).toFixed(1)} MB`,
    ),
    `${join(folder, 'incidents.json')}, mapping.json, summary.json and dashboards.ndjson beside them`,
    `To repeat: ${command}`,
  ];
}
