// The README's table of speeds, from what `npm run bench -- … --save` measured.
import { readFileSync } from 'node:fs';
import type { EndFigure } from '../../bench/end-to-end.ts';
import type { LoadFigures } from '../../bench/load.ts';
import type { Figure } from '../../bench/measure.ts';
import type { PipeFigures } from '../../bench/pipe.ts';
import type { ScaleFigures } from '../../bench/scale.ts';
import type { TerminalFigures } from '../../bench/terminal.ts';

interface Saved {
  readonly machine: string;
  readonly node: string;
  readonly rounds: string;
  readonly generate: readonly Figure[];
  readonly load: LoadFigures;
  readonly end: EndFigure;
  readonly linear: { readonly generated: ScaleFigures; readonly loaded: ScaleFigures };
  readonly pipe: PipeFigures;
  readonly terminal: TerminalFigures;
  readonly memory: readonly { readonly days: number; readonly megabytes: number }[];
}

const whole = (value: number) => Math.round(value).toLocaleString('en-US');
/** To the nearest thousand: more figures would say more than was measured. */
const rounded = (value: number) => whole(Math.round(value / 1000) * 1000);
const times = (value: number) => `${value < 10 ? value.toFixed(2) : whole(value)} ×`;

/** From the least to the most. */
function spread(figures: readonly { readonly ofFirst: number }[]): string {
  const ratios = figures.map(({ ofFirst }) => ofFirst);
  return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
}

/** Rows of `what | here | against`. */
function rowsOf({ generate, load, end, linear, memory, pipe, terminal }: Saved): string[][] {
  const cpuOf = (name: string) =>
    generate.find((figure) => figure.name.startsWith(name))?.cpuUs ?? Number.NaN;
  const own = cpuOf('drawn, counted, encoded');
  const [ours, prepared, helper] = load.figures;
  const against = (speed = Number.NaN) => times((ours?.documentsPerSecond ?? Number.NaN) / speed);
  const { generated, loaded } = linear;
  const finest = generated.samples.at(-1)?.ofFirst ?? Number.NaN;
  const last = memory.at(-1);
  return [
    [
      'generate, count and encode, one thread',
      `${(1 / own).toFixed(2)} million docs per second of processor time`,
      `${times(cpuOf('objects') / own)} an object literal and \`JSON.stringify\` for each document, ${times(cpuOf('faker') / own)} faker for each field`,
    ],
    [
      'every transaction of a day into `wc -l`, as a whole process',
      `${pipe.seconds.program.toFixed(1)} s, ${rounded(pipe.documents / pipe.seconds.program)} docs/s`,
      `${times(pipe.timesPlain)} a process that writes objects with \`JSON.stringify\``,
    ],
    [
      'generate and load into a local node',
      `${rounded(ours?.documentsPerSecond ?? Number.NaN)} docs/s`,
      `${times(ours?.ofPrepared ?? Number.NaN)} the same bytes ${prepared?.name.replace('prepared bytes,', 'prepared beforehand and sent')}, ${against(helper?.documentsPerSecond)} objects through the client's \`helpers.bulk\``,
    ],
    [
      'the default run, node already up',
      `${end.seconds.process.toFixed(0)} s until the demo is ready`,
      `${whole(end.documents)} documents, ${end.checks} checks`,
    ],
    [
      'a document at 1, 2, 4 and 8 days; at 1 session in 60, 30 and 15',
      `${spread(loaded.days)}; ${spread(loaded.samples)}`,
      `of the time at the first, generated and loaded; processor time to generate alone: ${spread(generated.days)} for the days, but at 1 in 60 ${times(1 / finest)} that at 1 in 15, since fewer documents share what a server reports`,
    ],
    [
      'memory while every transaction is written',
      memory
        .map(({ days, megabytes }) => `${megabytes} MB at ${days} ${days === 1 ? 'day' : 'days'}`)
        .join(', '),
      `the largest the process was in three runs; ${last?.days} days are ${whole((last?.days ?? 0) * 2.34)} million documents`,
    ],
    [
      'a key while the wizard loads',
      `${terminal.keyMs.median} ms until the screen shows it, ${terminal.keyMs.worst} ms at worst`,
      `${terminal.keys} keys in a pseudo-terminal, ${(terminal.bytesPerSecond / 1000).toFixed(1)} kB a second written to it; the first frame comes after ${terminal.firstFrameMs.median} ms`,
    ],
  ];
}

/** The table and a line on where it was measured. */
export function speedTable(): string {
  const text = readFileSync(new URL('../../docs/bench.json', import.meta.url), 'utf8');
  const saved = JSON.parse(text) as Saved;
  const rows = rowsOf(saved).map((cells) => `| ${cells.join(' | ')} |`);
  return [
    '| what | here | against |',
    '|---|---|---|',
    ...rows,
    '',
    `Measured by \`npm run bench\`: ${saved.machine}; Node ${saved.node}; medians of ${saved.rounds} rounds in turn.`,
  ].join('\n');
}
