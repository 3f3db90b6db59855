// However an index was loaded, in parts, with labels or with a run before it, `validate` is content with it and finds a
// document that was changed; what calls itself a document of a run and is none is named.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunDone } from '../../../../src/core/events.ts';
import { validateIndex } from '../../../../src/core/run/validate-index.ts';
import { ask } from '../../../helpers/ask.ts';
import { doneOf, newPlace, type Place, runInto, runProgram } from '../../../helpers/program.ts';
import { SMALL_DAY, withFlags } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const named = (what: string) => `otherwise-${what}-${process.pid}`;
const SMALL = withFlags(SMALL_DAY, '--sample', '600', '--preset', 'payment-gateway-timeout');

type Source = Readonly<Record<string, unknown>>;

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(async () => {
  for (const what of ['parts', 'appended']) await fetch(`${url}/${named(what)}*`, { method: 'DELETE' });
  place.remove();
});

async function load(index: string, ...flags: readonly string[]) {
  expect(doneOf(await runProgram(place, ...runInto(url, index), ...flags))).toMatchObject({ exit: 0 });
}

async function validated(index: string): Promise<RunDone> {
  const folder = (name: string) => join(place.folder, name);
  const directories = { cache: folder('cache'), state: folder('state'), config: folder('config') };
  const request = { connection: { url }, index, environment: {}, directories, command: '' };
  for await (const event of validateIndex(request, new AbortController().signal))
    if (event.type === 'done') return event;
  throw new Error('validate told no end');
}

/** What the comparison of documents found: '' where nothing was wrong. */
async function foundIn(index: string): Promise<string> {
  const { checks } = await validated(index);
  return checks.find(({ id, ok }) => id === 'documents' && !ok)?.found ?? '';
}

const put = (index: string, id: string, source: Source) =>
  ask(`${url}/${index}/_doc/${id}?refresh=true`, { method: 'PUT', body: source });

/** A cart of the run that made an index, or of another one. */
async function cartOf(index: string, whose: 'own' | 'other') {
  const mapping = await ask<Record<string, { mappings: { _meta: { key: string } } }>>(
    `${url}/${index}/_mapping`,
  );
  const own = { prefix: { transaction_id: `txn_${mapping[index]?.mappings._meta.key}_` } };
  const cart = { term: { step: 'cart_review' } };
  const query = { bool: whose === 'own' ? { filter: [cart, own] } : { filter: [cart], must_not: [own] } };
  const { hits } = await ask<{ hits: { hits: { _id: string; _source: Source }[] } }>(
    `${url}/${index}/_search`,
    {
      body: { size: 1, query, sort: ['transaction_id'] },
    },
  );
  const [hit] = hits.hits;
  if (!hit) throw new Error(`${index} has no such cart`);
  return hit;
}

/** A document of the run that made an index, changed, looked for and restored. */
async function afterChange(index: string): Promise<{ readonly id: string; readonly found: string }> {
  const hit = await cartOf(index, 'own');
  await put(index, hit._id, { ...hit._source, user_agent: 'another one' });
  const found = await foundIn(index);
  await put(index, hit._id, hit._source);
  return { id: hit._id, found };
}

describe('an index loaded in parts, with labels', () => {
  it('is as planned, and a changed document is named', { timeout: 60_000 }, async () => {
    const index = named('parts');
    for (const part of ['1/2', '2/2']) await load(index, ...SMALL, '--label-documents', '--part', part);
    expect((await validated(index)).exit).toBe(0);
    const { id, found } = await afterChange(index);
    expect(found).toContain(`${id}: user_agent "another one" instead of`);
  });
});

describe('an index with a run before this one', () => {
  const index = named('appended');
  const time = '2026-03-14T12:00:00.000Z';
  beforeAll(async () => {
    await load(index, ...SMALL);
    await load(index, ...withFlags(SMALL, '--seed', '8'), '--on-conflict', 'append');
  }, 60_000);

  it('is as planned, and a changed document is named', async () => {
    expect((await validated(index)).exit).toBe(0);
    const { id, found } = await afterChange(index);
    expect(found).toContain(`${id}: user_agent "another one" instead of`);
  });

  it.each([
    ['calls itself a marker', () => ({ event_type: 'deployment', message: 'ours?' })],
    [
      'has the prefix of the other run',
      (other: string) => ({ transaction_id: `${other.slice(0, 12)}0a1b2c3d1` }),
    ],
    ['has a prefix of nobody', () => ({ transaction_id: 'txn_mine_1' })],
  ])('names a document that %s', async (_, fields) => {
    const other = String((await cartOf(index, 'other'))._source['transaction_id']);
    await put(index, 'foreign', { '@timestamp': time, ...fields(other) });
    const { exit, checks } = await validated(index);
    await ask(`${url}/${index}/_doc/foreign?refresh=true`, { method: 'DELETE' });
    expect(exit).toBe(5);
    expect(checks.find(({ ok }) => !ok)?.found).toContain('foreign is of no run');
  });
});
