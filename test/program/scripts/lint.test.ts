// What lint refuses beside upward imports: circles, of types too, and exports that no file uses.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const COPIED = ['src', 'test', 'bench', 'scripts', 'presets', 'mapping.json', 'docs/bench.json'];
const CONFIGURED = [
  'package.json',
  'biome.json',
  'knip.json',
  'tsconfig.json',
  'vitest.config.ts',
  '.gitignore',
];

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'incident-demo-lint-'));
  for (const name of [...COPIED, ...CONFIGURED])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a tool in the copy while these files are in it. */
function runWith(files: Readonly<Record<string, string>>, tool: string, ...args: string[]) {
  const paths = Object.keys(files).map((name) => join(copy, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(copy, name), text);
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', tool), args, {
    cwd: copy,
    encoding: 'utf8',
  });
  for (const path of paths) rmSync(path);
  return { status, output: stdout + stderr };
}

const ONE = 'src/core/plan/planted-one.ts';
const OTHER = 'src/core/plan/planted-other.ts';

test.each([
  [
    'values',
    "import { other } from './planted-other.ts';\nexport const one = (): unknown => other;\n",
    "import { one } from './planted-one.ts';\nexport const other = (): unknown => one;\n",
  ],
  [
    'types',
    "import type { Other } from './planted-other.ts';\nexport type One = Other | 1;\n",
    "import type { One } from './planted-one.ts';\nexport type Other = One[];\n",
  ],
])('lint fails at a circle of %s, and only at that', { timeout: 60_000 }, (_, one, other) => {
  const lint = ['lint', '--error-on-warnings', ONE, OTHER];
  const circle = runWith({ [ONE]: one, [OTHER]: other }, 'biome', ...lint);
  expect(circle.output).toContain('noImportCycles');
  expect(circle.status).toBe(1);
  const open = runWith(
    { [ONE]: one, [OTHER]: 'export const other = 1;\nexport type Other = 1;\n' },
    'biome',
    ...lint,
  );
  expect(open.output).not.toContain('noImportCycles');
  expect(open.status).toBe(0);
});

test('lint fails at an export that no file uses, and only at that', { timeout: 120_000 }, () => {
  const planted = {
    [ONE]: 'export const plantedAndUsed = 1;\nexport const plantedAndUnused = 1;\n',
    'test/unit/planted.test.ts':
      "import { plantedAndUsed } from '../../src/core/plan/planted-one.ts';\nplantedAndUsed;\n",
  };
  expect(runWith({}, 'knip').output).not.toContain('planted');
  const { status, output } = runWith(planted, 'knip');
  expect(output).toContain('plantedAndUnused');
  expect(output).not.toContain('plantedAndUsed');
  expect(status).toBe(1);
});
