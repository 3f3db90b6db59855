// Bundles src into dist: the program, its threads and the library share chunks that load on demand, so that the first screen
// comes at once. The library's types lie in dist/types.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: {
    cli: 'src/cli.ts',
    'generate-thread': 'src/core/generate/threads/worker.ts',
    index: 'src/core/index.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  minifySyntax: true,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  // Ink asks for the developer tools of React only when DEV is set; the bundle has no use for them.
  alias: { 'react-devtools-core': './scripts/no-devtools.mjs' },
  // CommonJS with many entry points: it stays a dependency and is loaded when a cluster is first spoken to.
  external: ['@opensearch-project/opensearch'],
  // Bundled CommonJS packages call require for Node's own modules.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
});

/** The declarations that one file needs, itself among them. */
function declarationsFrom(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)\.ts'/g))
    declarationsFrom(`${resolve(dirname(file), specifier)}.d.ts`, found);
  return found;
}

const declared = mkdtempSync(join(tmpdir(), 'incident-demo-types-'));
try {
  const compiler = fileURLToPath(import.meta.resolve('typescript/package.json'));
  const { bin } = JSON.parse(readFileSync(compiler, 'utf8'));
  const project = ['--project', join(root, 'tsconfig.types.json'), '--outDir', declared];
  execFileSync(process.execPath, [join(dirname(compiler), bin.tsc), ...project], { stdio: 'inherit' });
  const source = join(declared, 'src');
  for (const file of declarationsFrom(join(source, 'core/index.d.ts')))
    cpSync(file, join(root, 'dist/types', relative(source, file)));
} finally {
  rmSync(declared, { recursive: true });
}
