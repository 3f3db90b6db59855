// Bundles src into dist: the program, its threads and the library share chunks that load on demand, so that the first screen
// comes at once. The library's types lie in dist/types.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from './declarations.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });

/** Bundled CommonJS packages call require for Node's own modules. */
const REQUIRE =
  "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);";

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
  // Names are kept, since errors show them; without its blanks and comments the program starts sooner.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  // Ink asks for the developer tools of React only when DEV is set; the bundle has no use for them.
  alias: { 'react-devtools-core': './scripts/no-devtools.mjs' },
  // CommonJS with many entry points: it stays a dependency and is loaded when a cluster is first spoken to.
  external: ['@opensearch-project/opensearch'],
  banner: { js: REQUIRE },
});

// Most files need no require, and making one in each of sixty takes a tenth of the time to the first screen.
for (const name of readdirSync(`${root}dist`).filter((file) => file.endsWith('.js'))) {
  const text = readFileSync(`${root}dist/${name}`, 'utf8');
  const rest = text.replace(REQUIRE, '');
  if (!/\brequire\b/.test(rest)) writeFileSync(`${root}dist/${name}`, rest.trimStart());
}

writeDeclarations(root, `${root}dist/types`);
