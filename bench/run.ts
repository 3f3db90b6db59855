// `npm run bench`: a table, and the same as JSON with --json.
import { TASKS } from './generate.ts';
import { type Figure, measure } from './measure.ts';

const ROUNDS = 5;

const figures = measure(TASKS, ROUNDS);
const plain = figures.at(-1);

const row = (cells: readonly (string | number)[]) =>
  cells.map((cell, at) => (at === 0 ? String(cell).padEnd(26) : String(cell).padStart(14))).join('');

function line(figure: Figure): string {
  const { name, wallUs, cpuUs, documents, bytes } = figure;
  const perSecond = (us: number) => Math.round(1e6 / us).toLocaleString('en-US');
  const times = (plain?.cpuUs ?? Number.NaN) / cpuUs;
  const megabytes = bytes === 0 ? '-' : (bytes / documents / wallUs).toFixed(0);
  return row([name, perSecond(wallUs), perSecond(cpuUs), cpuUs.toFixed(2), megabytes, times.toFixed(2)]);
}

if (process.argv.includes('--json')) console.log(JSON.stringify({ node: process.version, figures }, null, 2));
else {
  console.log(`${ROUNDS} rounds, medians; one thread, Node ${process.version}`);
  console.log(row(['', 'docs/s', 'docs/CPU s', 'CPU us/doc', 'MB/s', 'times plain']));
  for (const figure of figures) console.log(line(figure));
}
