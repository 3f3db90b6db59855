// `npm run bench [-- WHAT…] [--json] [--save]`: tables, or one JSON object; --save keeps it for the README.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Cluster, openCluster } from '../src/core/cluster/client.ts';
import { bringUp } from '../test/helpers/real-node.ts';
import { measureEnd } from './end-to-end.ts';
import { TASKS } from './generate.ts';
import { measureLoad } from './load.ts';
import { measure } from './measure.ts';
import { measurePipe } from './pipe.ts';
import { measureGenerating, measureLoading, memoryOf } from './scale.ts';
import { measureSettings } from './settings.ts';
import {
  endTable,
  generateTable,
  loadTable,
  memoryTable,
  pipeTable,
  scaleTable,
  settingsTable,
  terminalTable,
} from './tables.ts';
import { FIRST_FRAME_MS, measureTerminal } from './terminal.ts';

const ROUNDS = 5;
const FEW_ROUNDS = 3;
/** A node's speed differs by a tenth from one load to the next. */
const LOAD_ROUNDS = 15;
const SAVED = new URL('../docs/bench.json', import.meta.url);

async function withNode<T>(work: (url: string) => Promise<T> | T): Promise<T> {
  const node = bringUp();
  try {
    return await work(await node.url);
  } finally {
    await node.stop();
  }
}

async function withCluster<T>(url: string, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const cluster = await openCluster({ url }, process.env);
  try {
    return await work(cluster);
  } finally {
    await cluster.close();
  }
}

const PARTS = {
  generate: async () => {
    const figures = measure(TASKS, ROUNDS);
    return { figures, text: generateTable(figures) };
  },
  load: async () => {
    const figures = await withNode((url) => withCluster(url, (cluster) => measureLoad(cluster, LOAD_ROUNDS)));
    return { figures, text: loadTable(figures) };
  },
  settings: async () => {
    const figures = await withNode((url) =>
      withCluster(url, (cluster) => measureSettings(cluster, FEW_ROUNDS)),
    );
    return { figures, text: settingsTable(figures) };
  },
  end: async () => {
    const figures = await withNode((url) => measureEnd(url, FEW_ROUNDS));
    return { figures, text: endTable(figures) };
  },
  linear: async () => {
    const generated = await measureGenerating(FEW_ROUNDS);
    const loaded = await withNode((url) =>
      withCluster(url, (cluster) => measureLoading(cluster, FEW_ROUNDS)),
    );
    const text = [
      scaleTable('generated: CPU s', generated),
      scaleTable('generated and loaded: s', loaded),
    ].join('\n');
    return { figures: { generated, loaded }, text };
  },
  memory: async () => {
    const most = (days: number) => Math.max(...Array.from({ length: FEW_ROUNDS }, () => memoryOf(days)));
    const figures = [1, 7, 14].map((days) => ({ days, megabytes: most(days) }));
    return { figures, text: memoryTable(figures) };
  },
  pipe: async () => {
    const figures = await measurePipe(ROUNDS);
    return { figures, text: pipeTable(figures) };
  },
  terminal: async () => {
    const figures = await withNode((url) => measureTerminal(url, ROUNDS));
    if (figures.firstFrameMs.median > FIRST_FRAME_MS) process.exitCode = 1;
    return { figures, text: terminalTable(figures) };
  },
} as const;

type Name = keyof typeof PARTS;

const wanted = process.argv.slice(2).filter((word): word is Name => word in PARTS);
const names: readonly Name[] = wanted.length > 0 ? wanted : ['generate', 'load', 'end'];
const json = process.argv.includes('--json');
const result: Record<string, unknown> = {
  node: process.version,
  machine: `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, shared with other work`,
  rounds: `${FEW_ROUNDS} to ${LOAD_ROUNDS}`,
};
for (const name of names) {
  const { figures, text } = await PARTS[name]();
  result[name] = figures;
  if (!json) console.log(`\n${name}\n${text}`);
}
if (json) console.log(JSON.stringify(result, null, 2));
if (process.argv.includes('--save')) {
  const before = existsSync(SAVED) ? (JSON.parse(readFileSync(SAVED, 'utf8')) as object) : {};
  writeFileSync(SAVED, `${JSON.stringify({ ...before, ...result }, null, 2)}\n`);
}
