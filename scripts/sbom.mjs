// Writes dist/sbom.cdx.json, the bill of materials of the package (CycloneDX): what is bundled or installed with it, each
// with the checksum of the lock file. Two runs on one lock file write the same bytes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { status, stdout } = spawnSync(
  'npm',
  ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--loglevel=error'],
  {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
  },
);
if (status !== 0) process.exit(status ?? 1);
const { serialNumber, metadata, components, dependencies: graph, ...rest } = JSON.parse(stdout);

const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));

/** Where a package finds another: in its own folder, or in one further up. */
function placeOf(name, from) {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (path in packages || from === '') return path;
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
}

/** Packages that are installed with the one in this folder of the lock file; optional peers are not. */
function neededBy(from) {
  const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta } = packages[from];
  const peers = Object.keys(peerDependencies).filter((each) => !peerDependenciesMeta?.[each]?.optional);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]
    .map((each) => placeOf(each, from))
    .filter((place) => place in packages);
}

// npm's own --omit=dev leaves out valibot, too, since a tool asks for it as its peer.
const places = new Set(['']);
for (const place of places) for (const each of neededBy(place)) places.add(each);
const shipped = new Set(
  [...places].map((place) => `${place.split('node_modules/').at(-1)}@${packages[place].version}`),
);
const kept = components.filter(({ name, version }) => shipped.has(`${name}@${version}`));

const { timestamp, component, ...described } = metadata;
// npm takes the name of the folder for that of the package.
const { name } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const refs = new Set([component, ...kept].map((each) => each['bom-ref']));
const bill = {
  ...rest,
  metadata: { ...described, component: { ...component, name } },
  components: kept,
  dependencies: graph
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
};
mkdirSync(`${root}dist`, { recursive: true });
writeFileSync(`${root}dist/sbom.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`);
