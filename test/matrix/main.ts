// `npm run matrix`: the default job on every release, one node at a time. --times repeats it, --only picks a release by how
// its version begins, --save keeps the result in docs/matrix.json, from which `npm run docs` makes the README's table.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { doneOf, newPlace, runInto, runProgram } from '../helpers/program.ts';
import { javaFor, RELEASES, type Release, startRelease, versionOf } from '../helpers/releases.ts';

/** What a run of one release came to. */
export interface MatrixRow {
  readonly product: Release['product'];
  readonly version: string;
  /** The feature release of the Java it ran on. */
  readonly java: number;
  readonly exit: number;
  readonly documents: number;
  readonly checks: { readonly passed: number; readonly total: number };
  readonly seconds: number;
  /** The code of the error that ended it. */
  readonly error?: string;
}

export interface Matrix {
  /** How often each release was tried, with the same end each time; the rows are those of the last time. */
  readonly times: number;
  readonly rows: readonly MatrixRow[];
}

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    save: { type: 'boolean', default: false },
  },
});

const INDEX = 'ecommerce_performance_demo';

/** A product that is not OpenSearch must be refused, with nothing written. */
const isRight = ({ product, exit, error }: MatrixRow) =>
  product === 'OpenSearch' ? exit === 0 : exit === 3 && error === 'elasticsearch';

async function tryRelease(release: Release): Promise<MatrixRow> {
  const java = await javaFor(release);
  if (java === undefined) throw new Error(`no Java for ${release.product} ${release.runner}`);
  const node = await startRelease(release, java);
  const place = newPlace();
  try {
    const done = doneOf(await runProgram(place, ...runInto(node.url, INDEX), '--seed', '7'));
    const { exit, documents, checks, seconds, error } = done;
    const passed = checks.filter(({ ok }) => ok).length;
    return {
      product: release.product,
      version: versionOf(release),
      java: java.major,
      exit,
      documents: documents.found,
      checks: { passed, total: checks.length },
      seconds: seconds.total,
      ...(error ? { error: error.code } : {}),
    };
  } finally {
    place.remove();
    await node.stop();
  }
}

const wanted = RELEASES.filter((release) => versionOf(release).startsWith(values.only));
const times = Number(values.times);
let rows: MatrixRow[] = [];
let right = true;
for (let time = 1; time <= times; time++) {
  rows = [];
  for (const release of wanted) {
    const row = await tryRelease(release);
    const { product, version, java, exit, documents, checks, seconds, error = '' } = row;
    const ok = isRight(row);
    right &&= ok;
    rows.push(row);
    console.log(
      `${ok ? 'ok    ' : 'FAILED'} ${product} ${version.padEnd(7)} Java ${java}  exit ${exit} ${error}  ` +
        `${documents} documents, ${checks.passed} of ${checks.total} checks, ${seconds} s`,
    );
  }
}
if (values.save && right && rows.length === RELEASES.length) {
  const file = new URL('../../docs/matrix.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify({ times, rows } satisfies Matrix, null, 2)}\n`);
  console.log(`saved ${readFileSync(file, 'utf8').length} bytes in docs/matrix.json`);
}
process.exitCode = right ? 0 : 1;
