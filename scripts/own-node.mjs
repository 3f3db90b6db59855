// The Node that runs this repository's commands: the package of scripts/node/package.json that fits this system, whose
// checksum is in package-lock.json. npm 10 removes its link from node_modules/.bin together with those of the packages for
// other systems; `npm ci` and scripts/prepare.mjs put it back here.
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const { optionalDependencies } = JSON.parse(
  readFileSync(new URL('node/package.json', import.meta.url), 'utf8'),
);

/** The path of the installed Node; undefined where npm has none for this system. */
function installedNode() {
  const name = Object.keys(optionalDependencies).find((each) => existsSync(join(modules, each)));
  if (!name) return undefined;
  const { bin } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
  return join(modules, name, bin.node);
}

/** Puts the installed Node on the path of npm's scripts, if it is not; returns its path, or that of the Node running this. */
export function ownNode() {
  const node = installedNode();
  const link = join(modules, '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // A link to a package that is gone does not exist either, but is in the way.
  if (existsSync(link)) return link;
  if (!node) return process.execPath;
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  // Windows links files of one disk without rights of an administrator only in this way.
  if (process.platform === 'win32') linkSync(node, link);
  else symlinkSync(relative(dirname(link), node), link);
  return link;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ownNode();
