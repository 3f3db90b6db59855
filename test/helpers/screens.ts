// Pictures of the screens in text, taken from the built program in a pseudo-terminal on a real OpenSearch.
import { KEYS } from './ink-keys.ts';
import { newPlace, type Place, runProgram } from './program.ts';
import { Terminal } from './pty.ts';

/** The pictures in `docs/screens`, in the order a person meets them. */
export const SCREENS = [
  'refused',
  'connect',
  'scenario',
  'tune',
  'review',
  'load',
  'check',
  'next',
  'index-exists',
  'live',
] as const;
export type ScreenName = (typeof SCREENS)[number];

/** What chance, the clock and the machine would decide. */
const FIXED = ['--seed', '7', '--now', '2026-11-24T16:15:00Z', '--time-zone', 'UTC'];
/** Little enough to be loaded in some seconds. */
const LITTLE = ['--days', '3', '--sample', '240'];
const INDEX = 'ecommerce_performance_demo';
/** A morning with a session in 20, loaded in seconds: no incident but the one that is started. */
const MORNING = [
  ...['--days', '1', '--demo-day', '2026-11-24', '--sample', '20'],
  ...['--preset', 'none', '--incidents-per-day', '0', '--seed', '7', '--time-zone', 'UTC'],
];
const HALF_AN_HOUR_BEFORE = ['--now', '2026-11-24T09:15:00Z'];
const LIVE_NOW = ['--now', '2026-11-24T09:45:00Z', '--gap', 'backfill', '--speed', '60'];
/** Nothing listens there. */
const REFUSED = 'http://localhost:9';
const LOAD_MS = 90_000;

/** An index name of our own that takes as much room on the screen as the usual one. */
function ownIndex(): string {
  return `screens_${process.pid}_${performance.now().toFixed(0)}`
    .padEnd(INDEX.length, '_x')
    .slice(0, INDEX.length);
}

interface Camera {
  readonly url: string;
  readonly place: Place;
  readonly index: string;
}

/** The screen with the address, the index and the home of this run under their usual names. */
function picture(terminal: Terminal, { url, place, index }: Camera): string {
  return `${terminal
    .text()
    .replaceAll(index, INDEX)
    .replaceAll(place.folder, '/home/you')
    .replaceAll(/localhost:\d+/g, 'localhost:9200')
    .replaceAll(`${new URL(url).port} is open`, '9200 is open')
    .replaceAll(/ +$/gm, '')
    .trimEnd()}\n`;
}

async function withTerminal(
  camera: Camera,
  args: readonly string[],
  walk: (terminal: Terminal) => Promise<void>,
) {
  const all = ['--index', camera.index, ...FIXED, ...args];
  const terminal = new Terminal(camera.place, { args: all });
  try {
    await walk(terminal);
  } finally {
    terminal.kill('SIGKILL');
    await terminal.ended;
  }
}

/** A live shop that has filled half an hour, five minutes after key 1; a busy machine may show a later one. */
async function takeLive(camera: Camera): Promise<string> {
  const at = ['--url', camera.url, '--index', camera.index, ...MORNING];
  const loaded = await runProgram(camera.place, 'run', ...at, ...HALF_AN_HOUR_BEFORE, '--yes', '--quiet');
  if (loaded.exit !== 0) throw new Error(loaded.stderr);
  const terminal = new Terminal(camera.place, { args: ['live', ...at, ...LIVE_NOW] });
  try {
    await terminal.until(/index \d+(\.\d)? s behind/);
    await terminal.press('1');
    await terminal.until(/since \d\d:\d\d \([5-8] min/);
    return picture(terminal, camera);
  } finally {
    terminal.kill('SIGKILL');
    await terminal.ended;
  }
}

/** With folders and an index of its own, which is removed again. @param url of an OpenSearch without a sign-in */
async function withCamera<T>(url: string, take: (camera: Camera) => Promise<T>): Promise<T> {
  const camera: Camera = { url: url.replace('127.0.0.1', 'localhost'), place: newPlace(), index: ownIndex() };
  try {
    return await take(camera);
  } finally {
    camera.place.remove();
    await fetch(`${url}/${camera.index}`, { method: 'DELETE' });
  }
}

/**
 * Each screen as text at 80x24, without trailing spaces.
 * @param url of an OpenSearch without a sign-in.
 */
export async function takeScreens(url: string): Promise<Readonly<Record<ScreenName, string>>> {
  const [walked, live] = await Promise.all([withCamera(url, takeWalk), withCamera(url, takeLive)]);
  return { ...walked, live };
}

/** Walks through the wizard and returns each of its screens. */
async function takeWalk(camera: Camera): Promise<Readonly<Record<Exclude<ScreenName, 'live'>, string>>> {
  const taken: Partial<Record<ScreenName, string>> = {};
  const shoot = async (
    terminal: Terminal,
    name: ScreenName,
    wanted: string | RegExp,
    patienceMs?: number,
  ) => {
    await terminal.until(wanted, patienceMs);
    taken[name] = picture(terminal, camera);
  };
  await withTerminal(camera, ['--url', REFUSED], async (terminal) => {
    await shoot(terminal, 'refused', 'What you can do now');
  });
  await withTerminal(camera, ['--url', camera.url], async (terminal) => {
    await shoot(terminal, 'connect', 'Connected and ready');
    await terminal.press(KEYS.enter);
    await terminal.until('14:25-14:35');
    await shoot(terminal, 'scenario', 'PPPPPP');
    await terminal.press(KEYS.enter);
    await shoot(terminal, 'tune', /docs\/s (here|measured on)/);
    await terminal.press(KEYS.enter);
    await shoot(terminal, 'review', 'It will be created');
  });
  await withTerminal(camera, ['--url', camera.url, ...LITTLE], async (terminal) => {
    for (const wanted of ['Connected and ready', '14:25-14:35', 'docs/s', 'It will be created']) {
      await terminal.until(wanted);
      await terminal.press(KEYS.enter);
    }
    await shoot(terminal, 'load', /[1-9][\d,]* of ≈ [\s\S]*Documents per second/, LOAD_MS);
    await shoot(terminal, 'check', /All \d+ checks passed/, LOAD_MS);
    await terminal.press(KEYS.enter);
    await shoot(terminal, 'next', 'Your demo is ready');
  });
  await withTerminal(camera, ['--url', camera.url, ...LITTLE], async (terminal) => {
    for (const wanted of ['Connected and ready', '14:25-14:35', 'docs/s']) {
      await terminal.until(wanted);
      await terminal.press(KEYS.enter);
    }
    await shoot(terminal, 'index-exists', 'already exists');
  });
  return taken as Record<Exclude<ScreenName, 'live'>, string>;
}

type Mask = readonly [pattern: RegExp, instead: string];
/** How long it takes, and how fast this cluster is. */
const SPEED: Mask = [/about \d[^·\n]* docs\/s.*$/gm, '#'];
const FREE: Mask = [/\d+ GB free/g, '# GB free'];
const VERSION: Mask = [/OpenSearch [\d.]+/g, 'OpenSearch #'];
const DURATION: Mask = [/(\b\d+ min )?\b\d[\d.,]* (ms|s|min)\b/g, '# s'];

/** Speeds, sizes, times and versions of one machine at one moment; every word and what the seed fixes stays. */
const VARIES: Partial<Record<ScreenName, readonly Mask[]>> = {
  connect: [
    FREE,
    VERSION,
    [/cluster \S+/g, 'cluster #'],
    [/127\.0\.0\.1, ::1|::1, 127\.0\.0\.1|127\.0\.0\.1|::1/g, '#'],
  ],
  tune: [SPEED],
  review: [SPEED, FREE, VERSION, [/cluster \S+;/g, 'cluster #;']],
  load: [
    // What is left of a load is told only after some seconds.
    [/about [^·\n]* left · /g, ''],
    // A curve has as many rows, whatever it shows, and the bar is as wide; so has the time that has passed.
    [/^ *(?:[\d.]+[kM]?)?[┼┤].*$/gm, '#┤'],
    [/^ +\d+ s(?: +\d+ s)+ *$/gm, '# s'],
    [/█/g, '░'],
    [/\b\d+ %/g, '# %'],
    [/[\d,]+(?= of ≈)/g, '#'],
    [/[\d,.]+[kM]?(?= docs\/s)/g, '#'],
    [/[\d,.]+ [kM]?B(?=\/s)/g, '# MB'],
    DURATION,
    [/[\d,]+(?= (batch|bulk|sent|retried|sender|worker))/g, '#'],
    [/\b(batch|request|sender|worker)(es|s)?\b/g, '$1s'],
  ],
  check: [DURATION],
  'index-exists': [[/[\d.]+ [kM]B/g, '# kB']],
  live: [
    // When the key is pressed, and how late the index is.
    [/\b\d\d:\d\d(:\d\d)?/g, '#'],
    [/^.*[┼┤].*$/gm, '#┤'],
    [/^ *#(?: +#)+$/gm, '#'],
    [/^ # {2}[A-Z].*$/gm, '# ERROR'],
    [/[\d,]+(?= documents)/g, '#'],
    DURATION,
  ],
};

/** The same picture without what no flag can fix; two pictures of one screen are compared so. */
export function masked(name: ScreenName, text: string): string {
  const hidden = (VARIES[name] ?? []).reduce(
    (left, [pattern, instead]) => left.replace(pattern, instead),
    text,
  );
  return hidden.replace(/ +$/gm, '').replace(/ {2,}/g, '  ');
}
