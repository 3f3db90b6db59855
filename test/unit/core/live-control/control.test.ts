// The control channel of a live shop: who may reach it, what it answers, and what it makes of hostile input.
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askLive } from '../../../../src/core/live-control/client.ts';
import {
  type ControlReply,
  type ControlRequest,
  type LiveState,
  readReply,
  readRequest,
} from '../../../../src/core/live-control/protocol.ts';
import { type ControlServer, openControl } from '../../../../src/core/live-control/server.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

const STATE: LiveState = {
  ...{ index: 'shop', url: 'http://localhost:9200', simulated: '2026-11-27T12:00:00.000Z', lagMs: 800 },
  ...{ documents: 12, speed: 1, running: [], started: [] },
};

let folder: string;
let asked: ControlRequest[];
let open: ControlServer[];
const directories = () => ({ cache: folder, config: folder, state: join(folder, 'state') });
const runsFolder = () => join(folder, 'state', 'runs');

async function channel(
  id = 'r1',
  index = 'shop',
  answer?: () => Promise<ControlReply>,
): Promise<ControlServer> {
  const server = await openControl(directories(), { id, index, url: STATE.url }, async (request) => {
    asked.push(request);
    return answer ? answer() : { ok: true, ...STATE, index };
  });
  open.push(server);
  return server;
}

/** Everything that comes back for these bytes, until the other side closes. */
function spoken(path: string, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket: Socket = createConnection(path, () => void socket.write(bytes));
    socket.on('data', (data) => {
      heard += data;
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      ['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? resolve(heard) : reject(error),
    );
    socket.on('close', () => resolve(heard));
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'live-control-'));
  asked = [];
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

describe('the channel', () => {
  it('is a socket that only its owner can reach, and is gone once it is closed', async () => {
    const server = await channel();
    const { mode } = statSync(server.note.socket);
    expect(mode & 0o777).toBe(0o600);
    expect(statSync(join(runsFolder(), 'r1')).mode & 0o777).toBe(0o700);
    await server.close();
    expect(readdirSync(join(runsFolder(), 'r1'))).toEqual([]);
    await expect(askLive(directories(), { action: 'status' })).rejects.toMatchObject({
      code: 'live-not-running',
    });
  });

  it('has a place of its own where the path of the run is too long for a socket', async () => {
    folder = join(folder, 'a'.repeat(100));
    mkdirSync(folder);
    const { note } = await channel();
    expect(note.socket.startsWith(folder)).toBe(false);
    await expect(askLive(directories(), { action: 'status' })).resolves.toEqual({ ok: true, ...STATE });
    await open.pop()?.close();
    expect(existsSync(join(note.socket, '..'))).toBe(false);
  });

  it('says so where no path is short enough, and leaves nothing there', async () => {
    const before = process.env['TMPDIR'];
    const long = join(folder, 'b'.repeat(100));
    folder = join(folder, 'a'.repeat(100));
    for (const made of [folder, long]) mkdirSync(made);
    process.env['TMPDIR'] = long;
    try {
      await expect(channel()).rejects.toMatchObject({
        code: 'state-unwritable',
        message: expect.stringMatching(/its path is too long for a socket/),
      });
      expect(readdirSync(long)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  it.each([
    ['every user can write to', () => chmodSync(join(folder, 'state'), 0o777), true],
    // Only root can give a folder away.
    ['belongs to another user', () => chownSync(runsFolder(), 12_345, 12_345), userInfo().uid === 0],
  ] as const)('is not opened in a folder that %s', async (problem, spoil, canSpoil) => {
    if (!canSpoil) return;
    mkdirSync(runsFolder(), { recursive: true });
    spoil();
    await expect(channel()).rejects.toMatchObject({
      code: 'state-unwritable',
      message: expect.stringContaining(problem),
    });
    expect(readdirSync(runsFolder())).toEqual([]);
  });

  it('passes on what is asked, with what was left open left out', async () => {
    await channel();
    const full = { action: 'start', what: 'memory_pressure', severity: 'minor', minutes: 7 } as const;
    await askLive(directories(), full);
    await askLive(directories(), { action: 'stop' });
    expect(asked.filter(({ action }) => action !== 'status')).toEqual([full, { action: 'stop' }]);
  });

  it('is opened once for a run; what a killed process left is cleared away', async () => {
    const first = await channel();
    await expect(channel()).rejects.toMatchObject({ code: 'live-running', exit: 2 });
    await expect(askLive(directories(), { action: 'status' })).resolves.toMatchObject({ ok: true });
    await first.close();
    writeFileSync(join(runsFolder(), 'r1', 'live.json'), JSON.stringify(first.note), { mode: 0o600 });
    writeFileSync(first.note.socket, '');
    await expect(channel()).resolves.toBeDefined();
  });

  it('is found by its index where more than one is live', async () => {
    await channel('r1', 'one');
    await channel('r2', 'two');
    await expect(askLive(directories(), { action: 'status' })).rejects.toMatchObject({
      code: 'live-several',
    });
    await expect(askLive(directories(), { action: 'status' }, 'two')).resolves.toMatchObject({
      index: 'two',
    });
    await expect(askLive(directories(), { action: 'status' }, 'three')).rejects.toBeInstanceOf(AppError);
  });

  it('is not asked where others could have put it', async () => {
    const server = await channel();
    chmodSync(join(runsFolder(), 'r1'), 0o777);
    await expect(askLive(directories(), { action: 'status' })).rejects.toMatchObject({
      code: 'live-not-running',
    });
    chmodSync(join(runsFolder(), 'r1'), 0o700);
    await server.close();
  });
});

describe('hostile input', () => {
  it('is answered with a sentence or closed, and never reaches the shop', async () => {
    const { note } = await channel();
    const wrong = [
      '{}\n',
      '[]\n',
      'null\n',
      'GET / HTTP/1.1\r\n\r\n',
      '{"action":"start"}\n',
      '{"action":"start","what":"../../x"}\n',
      '{"action":"start","what":"a","minutes":0}\n',
      '{"action":"start","what":"a","minutes":1e9}\n',
      '{"action":"start","what":"a","severity":"worst"}\n',
      '{"action":"status","__proto__":{"x":1},"more":1}\n',
      `${'{'.repeat(1000)}\n`,
      '{"action":"\\u001b[2J"}\n',
    ];
    for (const line of wrong) {
      const reply = JSON.parse(await spoken(note.socket, line)) as ControlReply;
      expect(reply, line).toMatchObject({ ok: false });
      expect(JSON.stringify(reply).length).toBeLessThan(600);
    }
    expect(asked).toEqual([]);
  });

  it('that never ends a line is cut off after a kilobyte', async () => {
    const { note } = await channel();
    expect(await spoken(note.socket, 'x'.repeat(100_000))).toBe('');
    expect(await spoken(note.socket, Buffer.alloc(5000, 0xff))).toBe('');
    await expect(askLive(directories(), { action: 'status' })).resolves.toMatchObject({ ok: true });
  });

  it('that says nothing is cut off after two seconds, and others are served meanwhile', async () => {
    const { note } = await channel();
    const silent = spoken(note.socket, '');
    const sinceMs = performance.now();
    await expect(askLive(directories(), { action: 'status' })).resolves.toMatchObject({ ok: true });
    expect(await silent).toBe('');
    expect(performance.now() - sinceMs).toBeLessThan(6000);
  });

  it('any line is a request or a sentence', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        const read = readRequest(line);
        return typeof read === 'string' ? read.length > 0 : ['start', 'stop', 'status'].includes(read.action);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('a reply', () => {
  it('of something else that listens there is none', async () => {
    const server = await channel();
    await server.close();
    const path = join(runsFolder(), 'r1', 'live.sock');
    writeFileSync(join(runsFolder(), 'r1', 'live.json'), JSON.stringify(server.note), { mode: 0o600 });
    const other = createServer((socket) => void socket.end(`${'y'.repeat(70_000)}\n`));
    await new Promise<void>((resolve) => other.listen(path, () => resolve()));
    await expect(askLive(directories(), { action: 'status' })).rejects.toMatchObject({
      code: 'live-not-running',
    });
    other.close();
    await sleep(0);
  });

  it.each(['', '{}', '{"ok":true}', '{"ok":false}', '{"ok":"yes"}', '{"ok":false,"error":"\\u001b[2J"}'])(
    '%s is none',
    (line) => expect(readReply(line)).toBeUndefined(),
  );
});
