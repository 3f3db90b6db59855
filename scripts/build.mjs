// Bundles src into dist: one start file and chunks that load on demand, so that the first screen comes at once.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  // The second is where a thread that generates starts.
  entryPoints: { cli: 'src/cli.ts', 'generate-thread': 'src/core/generate/threads/worker.ts' },
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
