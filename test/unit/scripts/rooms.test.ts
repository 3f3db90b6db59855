// The rule that an import never goes to a higher room, and the page that draws the rooms.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importsIn, ROOMS, roomProblems } from '../../../scripts/rooms.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = join(ROOT, 'src');
const page = (name: string) => readFileSync(join(ROOT, name), 'utf8');

describe('an import to a higher room', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'incident-demo-rooms-'));
    cpSync(SOURCE, copy, { recursive: true });
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  /** What is wrong while this file is among the sources. */
  function problemsWith(path: string, text: string): readonly string[] {
    const file = join(copy, path);
    writeFileSync(file, text);
    const problems = roomProblems(copy);
    rmSync(file);
    return problems;
  }

  it('does not occur in the sources', () => {
    expect(roomProblems(SOURCE)).toEqual([]);
    expect(roomProblems(copy)).toEqual([]);
  });

  it.each([
    ['of a value', "import { validate } from '../validate/index.ts';\nexport const planted = validate;\n"],
    ['of a type', "import type { Check } from '../validate/check.ts';\nexport type Planted = Check;\n"],
    ['that passes on', "export { validate } from '../validate/index.ts';\n"],
    ['when it is needed', "export const planted = () => import('../validate/index.ts');\n"],
  ])('is found: one %s', (_, text) => {
    expect(problemsWith('core/plan/planted.ts', text)).toEqual([
      expect.stringMatching(
        /^src\/core\/plan\/planted\.ts imports src\/core\/validate\/\w+\.ts: core\/plan stands below core\/validate$/,
      ),
    ]);
  });

  it('is found from a file that stands in no room, too', () => {
    expect(problemsWith('planted.ts', 'export const planted = 1;\n')).toEqual([
      expect.stringContaining('src/planted.ts lies in no room'),
    ]);
  });
});

/** The diagram of the architecture page: its boxes and groups by name, and its arrows. */
function diagram() {
  const [, text = ''] = /```mermaid\n([\s\S]*?)```/.exec(page('docs/architecture.md')) ?? [];
  const rooms = new Map<string, string>();
  const groups = new Map<string, string[]>();
  const arrows: { from: string; to: string }[] = [];
  let group: string[] | undefined;
  for (const line of text.split('\n').map((row) => row.trim())) {
    const [, name] = /^subgraph (\w+)/.exec(line) ?? [];
    const [, id, label] = /^(\w+)\["([^"<]+)/.exec(line) ?? [];
    const [, from, to] = /^(\w+) --> ([\w &]+)$/.exec(line) ?? [];
    if (name) {
      group = [];
      groups.set(name, group);
    } else if (line === 'end') group = undefined;
    else if (id && label) {
      rooms.set(id, label);
      group?.push(label);
    } else if (from && to) for (const one of to.split(' & ')) arrows.push({ from, to: one });
  }
  return { rooms, groups, arrows };
}

describe('the architecture page', () => {
  const { rooms, groups, arrows } = diagram();
  /** The rooms that a name in an arrow stands for: one, or those of a group. */
  const roomsOf = (name: string) => groups.get(name) ?? [rooms.get(name) ?? `no box ${name}`];
  const drawn = arrows.flatMap(({ from, to }) =>
    roomsOf(from).flatMap((room) => roomsOf(to).map((target) => ({ room, target }))),
  );
  const imports = importsIn(SOURCE).filter(({ from, to }) => from !== to);
  const imported = new Set(imports.map(({ from, to }) => `${from} → ${to}`));

  it('draws every room, and nothing that is no room', () => {
    expect([...rooms.values()].sort()).toEqual([...ROOMS].sort());
  });

  it('draws an arrow only where one imports the other', () => {
    expect(arrows.length).toBeGreaterThan(20);
    for (const { from, to } of arrows) {
      const pairs = roomsOf(from).flatMap((room) => roomsOf(to).map((target) => `${room} → ${target}`));
      expect(
        pairs.some((pair) => imported.has(pair)),
        `${from} --> ${to}`,
      ).toBe(true);
    }
  });

  it('has a way along its arrows for every import', () => {
    const reached = (room: string, seen = new Set<string>()): Set<string> => {
      for (const { target } of drawn.filter((arrow) => arrow.room === room)) {
        if (seen.has(target)) continue;
        seen.add(target);
        reached(target, seen);
      }
      return seen;
    };
    const ways = new Map(ROOMS.map((room) => [room, reached(room)]));
    const missing = imports.filter(({ from = '', to = '' }) => !ways.get(from)?.has(to));
    expect(missing.map(({ path, target }) => `${path} → ${target}`)).toEqual([]);
  });

  it('never has an arrow to a higher room', () => {
    for (const { room, target } of drawn)
      expect(ROOMS.indexOf(target), `${room} → ${target}`).toBeLessThan(ROOMS.indexOf(room));
  });
});

describe('the table of CONTRIBUTING.md', () => {
  const rows = [...page('CONTRIBUTING.md').matchAll(/^\| `src\/([^`]+)` \|/gm)].map(([, room = '']) => room);

  it('names every room in the order in which they import', () => {
    expect(rows).toEqual([...ROOMS]);
  });
});

describe('the dependencies in CONTRIBUTING.md', () => {
  const [, section = ''] =
    /\n## Dependencies\n([\s\S]*?)\n\nWhat we keep/.exec(page('CONTRIBUTING.md')) ?? [];
  const cells = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].map(([, cell = '']) => cell);
  const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

  it('are those of package.json, each with its reason', () => {
    const { dependencies, devDependencies } = JSON.parse(page('package.json'));
    const all = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !name.startsWith('@types/'),
    );
    expect(named.sort()).toEqual(all.sort());
  });
});
