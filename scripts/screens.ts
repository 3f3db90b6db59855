// Takes the pictures in docs/screens afresh from the built program, on a real OpenSearch started for it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bringUp } from '../test/helpers/real-node.ts';
import { masked, SCREENS, takeScreens } from '../test/helpers/screens.ts';

const folder = new URL('../docs/screens/', import.meta.url);
mkdirSync(folder, { recursive: true });
const node = bringUp();
try {
  const pictures = await takeScreens(await node.url);
  for (const name of SCREENS) {
    const file = new URL(`${name}.txt`, folder);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // Numbers that differ from run to run alone are no reason for a new picture.
    const same = masked(name, before) === masked(name, pictures[name]);
    if (!same) writeFileSync(file, pictures[name]);
    console.log(`${same ? 'as before' : 'new      '}  docs/screens/${name}.txt`);
  }
} finally {
  await node.stop();
}
