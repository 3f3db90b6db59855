// `npm run fuzz`: 100,000 cases for each reader of what comes from outside; `-- --cases N --seed N` for others.
import { parseArgs } from 'node:util';
import { TARGETS } from './targets.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const cases = Number(values.cases);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));

for (const { name, fuzz } of TARGETS) {
  const start = performance.now();
  fuzz(cases, seed);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${name.padEnd(20)} ${cases} cases without an unhandled error, seed ${seed}, ${seconds} s`);
}
