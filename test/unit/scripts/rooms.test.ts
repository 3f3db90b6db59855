// The rule that an import never goes to a higher room, and the page that draws the rooms.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importsIn, ROOMS, roomProblems } from '../../../scripts/rooms.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCE = join(ROOT, 'src');
const page = (name: string) => readFileSync(join(ROOT, name), 'utf8');

describe('an import to a higher room', () => {
  /** What is wrong with this file, alone in a folder of sources. */
  function problemsWith(path: string, text: string): readonly string[] {
    const folder = mkdtempSync(join(tmpdir(), 'incident-demo-rooms-'));
    try {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      return roomProblems(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('does not occur in the sources', () => {
    expect(roomProblems(SOURCE)).toEqual([]);
  });

  const UPWARD =
    /^src\/core\/plan\/planted\.\w+ imports src\/core\/validate\/\w+\.ts: core\/plan stands below core\/validate$/;

  it.each([
    ['of a value', "import { validate } from '../validate/index.ts';"],
    ['of a type', "import type { Check } from '../validate/check.ts';"],
    ['for its effects', "import '../validate/index.ts';"],
    ['that passes on', "export { validate } from '../validate/index.ts';"],
    ['that passes on all', "export * from '../validate/index.ts';"],
    ['when it is needed', "export const planted = () => import('../validate/index.ts');"],
    ['when it is needed, after a comment', "await import(/* now */ '../validate/index.ts');"],
    ['in the midst of a type', "export type Planted = import('../validate/check.ts').Check;"],
    ['of the type of a module', "export type Planted = typeof import('../validate/check.ts');"],
    ['that adds to a module', "declare module '../validate/check.ts' {}"],
    ['after a comment', "import { validate } from /* c */ '../validate/index.ts';"],
    ['without a space', "import{validate}from'../validate/index.ts';"],
    ['over several lines', "import {\n  validate,\n}\nfrom\n'../validate/index.ts';"],
    ['in double quotes', 'import { validate } from "../validate/index.ts";'],
    ['with escapes', "import { validate } from '../%76alidate/index.ts';"],
    ['with escapes of the language', "import { validate } from '../\\u0076alidate/index.ts';"],
    ['in the way of CommonJS', "import validate = require('../validate/index.ts');"],
    ['by require', "const validate = require('../validate/index.ts');"],
    ['by what createRequire gives', "createRequire(import.meta.url)('../validate/index.ts');"],
    ['by createRequire of its module', "module.createRequire(import.meta.url)('../validate/index.ts');"],
    ['by a name for it', "const load = createRequire(import.meta.url);\nload('../validate/index.ts');"],
    [
      'by a name given later',
      "let load;\nload = createRequire(import.meta.url);\nload('../validate/index.ts');",
    ],
    [
      'by a name for createRequire',
      "import { createRequire as make } from 'node:module';\nmake(import.meta.url)('../validate/index.ts');",
    ],
  ])('is found: one %s', (_, text) => {
    expect(problemsWith('core/plan/planted.ts', text)).toEqual([expect.stringMatching(UPWARD)]);
  });

  it.each(['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs'])(
    'is found in a file that ends in .%s',
    (ending) => {
      const text = "const planted = () => import('../validate/index.ts');";
      expect(problemsWith(`core/plan/planted.${ending}`, text)).toEqual([expect.stringMatching(UPWARD)]);
      expect(problemsWith(`planted.${ending}`, '')).toEqual([
        expect.stringContaining(`src/planted.${ending} lies in no room`),
      ]);
    },
  );

  it.each([
    ['a template', 'await import(`../validate/index.ts`);', '`../validate/index.ts`'],
    ['a sum', "await import('../validate' + '/index.ts');", "'../validate' + '/index.ts'"],
    ['a name', 'await import(somewhere);', 'somewhere'],
    ['a name for require', 'require(somewhere);', 'somewhere'],
  ])('cannot hide in an expression: %s', (_, text, expression) => {
    expect(problemsWith('core/plan/planted.ts', text)).toEqual([
      `src/core/plan/planted.ts imports ${expression}: write the module as a plain string`,
    ]);
  });

  it.each([
    ['opensearch-incident-demo', 'opensearch-incident-demo, its own package: import the file itself'],
    ['opensearch-incident-demo/x', 'opensearch-incident-demo/x, its own package: import the file itself'],
    ['..', 'src/core, which lies in no room'],
    ['../index', 'src/core/index, which lies in no room'],
    ['../..', 'src, which lies in no room'],
    ['../../..', '., which is outside src'],
    ['../../../dist/index.js', 'dist/index.js, which is outside src'],
    ['../../../test/helpers/built.ts', 'test/helpers/built.ts, which is outside src'],
    ['../../../presets/preset.ts', 'presets/preset.ts, which is outside src'],
    ['../../../package-lock.json', 'package-lock.json, which is outside src'],
  ])('cannot make a detour: %s', (specifier, problem) => {
    expect(problemsWith('core/plan/planted.ts', `export * from '${specifier}';\n`)).toEqual([
      `src/core/plan/planted.ts imports ${problem}`,
    ]);
  });

  it.each([
    ['a string', 'export const text = "import { validate } from \'../validate/index.ts\'";'],
    ['a template', "export const text = `await import('../validate/index.ts')`;"],
    ['a comment', "// import { validate } from '../validate/index.ts';"],
    ['a comment of a function', "/** @example import { validate } from '../validate/index.ts' */"],
    ['a regular expression', 'export const text = /from "..\\/validate"/;'],
  ])('is none when it stands in %s', (_, text) => {
    expect(problemsWith('core/plan/planted.ts', text)).toEqual([]);
  });

  it.each(['mapping.json', 'package.json', 'presets/memory-pressure.json'])(
    'is none to the data in %s',
    (name) => {
      const text = `import data from '../../../${name}' with { type: 'json' };\n`;
      expect(problemsWith('core/plan/planted.ts', text)).toEqual([]);
    },
  );

  it('is none when it goes to a lower room, or stays in its own', () => {
    const text = "export * from '../../text/numbers.ts';\nexport * from './models/index.ts';\n";
    expect(problemsWith('core/plan/planted.ts', text)).toEqual([]);
  });

  it('may not go unread: a file that cannot be parsed is an error', () => {
    expect(() => problemsWith('core/plan/planted.ts', 'import {')).toThrow('planted.ts cannot be parsed');
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
