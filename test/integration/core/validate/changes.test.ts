// Whatever is changed in the index, `validate` fails, and names the document where one was changed.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RunDone } from '../../../../src/core/events.ts';
import { validateIndex } from '../../../../src/core/run/validate-index.ts';
import { ask } from '../../../helpers/ask.ts';
import { doneOf, newPlace, type Place, runInto, runProgram } from '../../../helpers/program.ts';
import { SMALL_DAY, withFlags } from '../../../helpers/small-run.ts';

const url = inject('openSearchUrl');
const index = `changes-test-${process.pid}`;
const INCIDENT_CODES = ['PAYMENT_TIMEOUT', 'DB_CONN_EXHAUSTED', 'MEMORY_EXHAUSTED'];

type Source = Readonly<Record<string, unknown>>;
interface Document {
  readonly _id: string;
  readonly _source: Source;
}

let place: Place;
/** Documents of one hour, in the order of their ids, then some of an incident. */
let documents: readonly Document[];

const search = async (body: object): Promise<readonly Document[]> =>
  (await ask<{ hits: { hits: Document[] } }>(`${url}/${index}/_search`, { body })).hits.hits;
const put = (id: string, source: Source) =>
  ask(`${url}/${index}/_doc/${encodeURIComponent(id)}?refresh=true`, { method: 'PUT', body: source });
const remove = (id: string) =>
  ask(`${url}/${index}/_doc/${encodeURIComponent(id)}?refresh=true`, { method: 'DELETE', accept: [404] });

/** What `validate` ends with, in this process: most of a process of its own would be spent starting. */
async function validated(): Promise<RunDone> {
  const folder = (name: string) => join(place.folder, name);
  const directories = { cache: folder('cache'), state: folder('state'), config: folder('config') };
  const request = { connection: { url }, index, environment: {}, directories, command: '' };
  for await (const event of validateIndex(request, new AbortController().signal))
    if (event.type === 'done') return event;
  throw new Error('validate told no end');
}

/** Makes a change, lets `validate` look at it, and takes the change back. */
async function whatFollows(change: () => Promise<unknown>, restore: () => Promise<unknown>) {
  await change();
  try {
    const { exit, checks } = await validated();
    const failed = checks.filter(({ ok }) => !ok);
    return {
      exit,
      failed: failed.map(({ id }) => id),
      found: failed.find(({ id }) => id === 'documents')?.found ?? '',
    };
  } finally {
    await restore();
  }
}

/** What `validate` says where some documents are replaced by others of the same ids. */
const afterChanging = (...changed: readonly Document[]) =>
  whatFollows(
    async () => {
      for (const { _id, _source } of changed) await put(_id, _source);
    },
    async () => {
      for (const { _id } of changed) {
        const original = documents.find((document) => document._id === _id);
        if (original) await put(_id, original._source);
      }
    },
  );

/** A successful document of a session, one after the other. */
const normal = (at = 0): Document =>
  documents.filter(({ _source }) => _source['status'] === 'success')[at] as Document;
const failing = (): Document =>
  documents.find(({ _source }) => INCIDENT_CODES.includes(String(_source['error_code']))) as Document;
const paying = (): Document =>
  documents.find(
    ({ _source }) => _source['status'] === 'success' && _source['payment_gateway'] !== undefined,
  ) as Document;
const withAmount = (): Document => documents.find(({ _source }) => Number(_source['amount']) > 0) as Document;

const set = ({ _id, _source }: Document, field: string, value: unknown): Document => ({
  _id,
  _source: { ..._source, [field]: value },
});
const without = ({ _id, _source }: Document, field: string): Document => {
  const { [field]: _, ...rest } = _source;
  return { _id, _source: rest };
};
const later = (document: Document, ms: number): Document =>
  set(
    document,
    '@timestamp',
    new Date(Date.parse(String(document._source['@timestamp'])) + ms).toISOString(),
  );
const more = (document: Document, field: string, by: number): Document =>
  set(document, field, Number(document._source[field]) + by);

beforeAll(async () => {
  place = newPlace();
  const flags = withFlags(SMALL_DAY, '--sample', '600', '--preset', 'payment-gateway-timeout');
  const run = await runProgram(place, ...runInto(url, index), ...flags);
  expect(doneOf(run)).toMatchObject({ exit: 0 });
  const hour = { range: { '@timestamp': { gte: '2026-03-14T12:00:00Z', lt: '2026-03-14T13:00:00Z' } } };
  const transactions = { exists: { field: 'transaction_id' } };
  const sort = ['@timestamp', 'transaction_id'];
  documents = [
    ...(await search({ size: 2000, sort, query: { bool: { filter: [hour, transactions] } } })),
    ...(await search({ size: 5, sort, query: { terms: { error_code: INCIDENT_CODES } } })),
    ...(await search({ size: 5, query: { terms: { event_type: ['deployment', 'restart'] } } })),
  ];
  expect((await validated()).exit).toBe(0);
});
afterAll(async () => {
  expect((await validated()).exit).toBe(0);
  await fetch(`${url}/${index}`, { method: 'DELETE' });
  place.remove();
});

/** A change of one document, and the field that is named. */
const OF_ONE: readonly (readonly [what: string, field: string, change: () => Document])[] = [
  ['one ms more of response time', 'response_time_ms', () => more(normal(), 'response_time_ms', 1)],
  ['one cent more', 'amount', () => more(withAmount(), 'amount', 0.01)],
  ['less than half a cent more', 'amount', () => more(withAmount(), 'amount', 0.004)],
  [
    'a number as a text',
    'response_time_ms',
    () => set(normal(), 'response_time_ms', String(normal()._source['response_time_ms'])),
  ],
  ['another user agent', 'user_agent', () => set(normal(), 'user_agent', 'curl/8.5.0')],
  ['another error message', 'error_message', () => set(failing(), 'error_message', 'something else')],
  ['no error message', 'error_message', () => without(failing(), 'error_message')],
  ['an hour later', '@timestamp', () => later(normal(), 3_600_000)],
  ['a second later', '@timestamp', () => later(normal(), 1000)],
  ['one ms later', '@timestamp', () => later(normal(), 1)],
  ['another payment gateway', 'payment_gateway', () => set(paying(), 'payment_gateway', 'other')],
  ['another gateway of an incident', 'payment_gateway', () => set(failing(), 'payment_gateway', 'other')],
  ['another weight', 'sample_weight', () => set(normal(), 'sample_weight', 30)],
  ['another session', 'session_id', () => set(normal(), 'session_id', 'sess_other')],
  [
    'another city',
    'geo_location.city',
    () =>
      set(normal(), 'geo_location', { ...(normal()._source['geo_location'] as object), city: 'Elsewhere' }),
  ],
  [
    'another transaction of this run',
    'transaction_id',
    () => set(normal(), 'transaction_id', normal(1)._source['transaction_id']),
  ],
  ['a transaction of no run', 'transaction_id', () => set(normal(), 'transaction_id', 'other')],
  ['another address', 'ip_address', () => set(normal(), 'ip_address', '192.0.2.1')],
  ['another server', 'server_instance', () => set(normal(), 'server_instance', 'checkout-service-09')],
  ['another step', 'step', () => set(normal(), 'step', 'other')],
  [
    'another cache hit',
    'cache_hit',
    () => set(normal(), 'cache_hit', normal()._source['cache_hit'] !== true),
  ],
  ['another currency', 'currency', () => set(normal(), 'currency', 'XXX')],
  ['a field that is not planned', 'error_code', () => set(normal(), 'error_code', 'OTHER')],
  ['a field less', 'user_id', () => without(normal(), 'user_id')],
  ['a value as a list of itself', 'user_id', () => set(normal(), 'user_id', [normal()._source['user_id']])],
  ['null for a value', 'product_id', () => set(normal(), 'product_id', null)],
  [
    'another case',
    'currency',
    () => set(normal(), 'currency', String(normal()._source['currency']).toLowerCase()),
  ],
  ['a space behind', 'user_id', () => set(normal(), 'user_id', `${normal()._source['user_id']} `)],
  ['the message of a deployment', 'message', () => set(documents.at(-1) as Document, 'message', 'nothing')],
  ['no time at all', '@timestamp', () => without(normal(), '@timestamp')],
];

describe('a change of one document fails the check of documents, which names it and its field', () => {
  it.each(OF_ONE)('%s', async (_, field, change) => {
    const changed = change();
    expect(changed._source).not.toEqual(documents.find(({ _id }) => _id === changed._id)?._source);
    const { exit, failed, found } = await afterChanging(changed);
    expect(exit).toBe(5);
    expect(failed).toContain('documents');
    expect(found).toContain(changed._id);
    expect(found).toContain(field);
  });
});

it.each([
  ['totals', () => more(normal(), 'gc_pause_ms', 1)],
  ['totals', () => more(withAmount(), 'amount', 0.01)],
  ['hours', () => later(normal(), 1)],
])('a number or a time fails the check %s too', async (check, change) => {
  expect((await afterChanging(change())).failed).toContain(check);
});

describe('changes that cancel each other out', () => {
  it.each([
    [
      '7 ms more in one, 7 ms less in another',
      () => [more(normal(), 'response_time_ms', 7), more(normal(1), 'response_time_ms', -7)],
    ],
    ['a second later in one, earlier in another', () => [later(normal(), 1000), later(normal(1), -1000)]],
    [
      'sessions swapped between two',
      () => {
        const [a, b] = [
          normal(),
          documents.find(
            ({ _source }) => _source['session_id'] !== normal()._source['session_id'],
          ) as Document,
        ];
        return [set(a, 'session_id', b._source['session_id']), set(b, 'session_id', a._source['session_id'])];
      },
    ],
    [
      'everything but the id swapped between two',
      () => [
        { _id: normal()._id, _source: normal(1)._source },
        { _id: normal(1)._id, _source: normal()._source },
      ],
    ],
  ])('%s', async (_, change) => {
    const changed = change();
    const { exit, found } = await afterChanging(...changed);
    expect(exit).toBe(5);
    for (const { _id } of changed) expect(found).toContain(_id);
  });
});

describe('documents that are missing or too many', () => {
  it('one is deleted', async () => {
    const { _id, _source } = normal();
    const { exit, failed, found } = await whatFollows(
      () => remove(_id),
      () => put(_id, _source),
    );
    expect(exit).toBe(5);
    expect(failed).toContain('count');
    expect(found).toContain(`${_id} is missing`);
  });

  it('a whole minute is deleted', async () => {
    const minute = documents.filter(({ _source }) =>
      String(_source['@timestamp']).startsWith('2026-03-14T12:30'),
    );
    expect(minute.length).toBeGreaterThan(1);
    const { exit, failed, found } = await whatFollows(
      async () => {
        for (const { _id } of minute) await remove(_id);
      },
      async () => {
        for (const { _id, _source } of minute) await put(_id, _source);
      },
    );
    expect(exit).toBe(5);
    expect(failed).toContain('count');
    expect(found).toContain(`${minute.length} `);
  });

  it.each([
    ['a copy under another id', () => normal()._source],
    [
      'one with the name of a transaction of this run',
      () => set(normal(), 'transaction_id', `${normal()._source['transaction_id']}x`)._source,
    ],
    ['one that no run made', () => set(normal(), 'transaction_id', 'other')._source],
    ['one that has nothing in common with ours', () => ({ event_type: 'hello' })],
  ])('%s is added', async (_, source) => {
    const { exit, found } = await whatFollows(
      () => put('foreign-document', source()),
      () => remove('foreign-document'),
    );
    expect(exit).toBe(5);
    expect(found).toContain('foreign-document');
  });

  it('one is replaced by a copy of another', async () => {
    const { exit, found } = await afterChanging({ _id: normal()._id, _source: normal(1)._source });
    expect(exit).toBe(5);
    expect(found).toContain(normal()._id);
  });
});

it('texts of every document of some hours are rewritten', async () => {
  const early = { range: { '@timestamp': { lt: '2026-03-14T06:00:00Z' } } };
  const before = await search({
    size: 10_000,
    query: { bool: { filter: [early, { exists: { field: 'user_agent' } }] } },
  });
  const script = {
    source: "ctx._source.user_agent = 'a'; ctx._source.user_id = 'b'; ctx._source.product_id = 'c'",
  };
  const { exit, failed, found } = await whatFollows(
    () => ask(`${url}/${index}/_update_by_query?refresh=true`, { body: { query: early, script } }),
    async () => {
      const lines = before.flatMap(({ _id, _source }) => [{ index: { _id } }, _source]);
      const answer = await fetch(`${url}/${index}/_bulk?refresh=true`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
      });
      expect(((await answer.json()) as { errors: boolean }).errors).toBe(false);
      const events = await search({
        size: 100,
        query: { bool: { filter: [early], must_not: [{ exists: { field: 'transaction_id' } }] } },
      });
      for (const { _id, _source } of events) {
        const { user_agent: _a, user_id: _b, product_id: _c, ...rest } = _source;
        await put(_id, rest);
      }
    },
  );
  expect(exit).toBe(5);
  expect(failed).toContain('documents');
  expect(found).toContain('user_agent');
});

it('the index itself does not tell what is in it', async () => {
  const told = JSON.stringify(await ask(`${url}/${index}`)).toLowerCase();
  expect(told).toContain('incident-demo');
  for (const word of [
    'stripe',
    'exhaustion',
    'pressure',
    'gateway timeout',
    'gateway-timeout',
    'root_cause',
    'leak',
  ])
    expect(told).not.toContain(word);
});

it('the command ends with 5, and its output names the check and the document', async () => {
  const changed = set(normal(), 'currency', 'XXX');
  await put(changed._id, changed._source);
  try {
    const { exit, stderr } = await runProgram(place, 'validate', '--url', url, '--index', index);
    expect(exit).toBe(5);
    expect(stderr).toMatch(new RegExp(`FAILED +Documents that differ from the plan.*${changed._id}`, 's'));
  } finally {
    await put(normal()._id, normal()._source);
  }
});
