// The README's table of releases, from what `npm run matrix -- --save` found.
import { readFileSync } from 'node:fs';
import type { Matrix, MatrixRow } from '../matrix/main.ts';

const whole = (value: number) => value.toLocaleString('en-US');

const endOf = ({ exit, error, documents, checks, seconds }: MatrixRow) =>
  error === undefined
    ? `${whole(documents)} documents, ${checks.passed} of ${checks.total} checks, ${Math.round(seconds)} s`
    : `refused before anything is written (exit code ${exit}, \`${error}\`)`;

/** The table, and what it was made by. */
export function matrixTable(): string {
  const saved = readFileSync(new URL('../../docs/matrix.json', import.meta.url), 'utf8');
  const { times, rows } = JSON.parse(saved) as Matrix;
  const lines = rows.map((row) => `| ${row.product} ${row.version} | ${row.java} | ${endOf(row)} |`);
  const often = times === 1 ? 'once' : `${times} times in a row with the same outcome`;
  return [
    '| release | Java | the default run |',
    '|---|---|---|',
    ...lines,
    '',
    `Made by \`npm run matrix\`, ${often}: the default job on a node with 1 GB of heap, two cores shared with other work.`,
  ].join('\n');
}
