import { describe, expect, test } from 'vitest';
import mapping from '../../../../../mapping.json' with { type: 'json' };
import {
  createIndex,
  deleteIndex,
  inspectIndex,
  updateMeta,
} from '../../../../../src/core/cluster/indexes/admin.ts';
import { loadingSettings } from '../../../../../src/core/cluster/indexes/load-settings.ts';
import { freeIndexName } from '../../../../../src/core/cluster/indexes/names.ts';
import { STORED_TRANSACTIONS } from '../../../../../src/core/documents/transactions.ts';
import { AppError } from '../../../../../src/errors/app-error.ts';
import { batchOfDocuments, testDocument } from '../../../../helpers/batches.ts';
import { testIndexes } from '../../../../helpers/indexes.ts';
import { testMeta } from '../../../../helpers/run-meta.ts';

const { cluster, name, create } = await testIndexes();

async function put(index: string, body: object): Promise<void> {
  await cluster.request({ method: 'PUT', path: `/${index}`, body });
}

async function exists(index: string): Promise<boolean> {
  return (await cluster.request({ method: 'HEAD', path: `/${index}`, accept: [404] })).status === 200;
}

async function settings(index: string): Promise<Record<string, string>> {
  const { body } = await cluster.request({
    method: 'GET',
    path: `/${index}/_settings`,
    query: { flat_settings: true },
  });
  return (body as Record<string, { settings: Record<string, string> }>)[index]?.settings ?? {};
}

async function write(index: string, number: number): Promise<void> {
  const { data } = batchOfDocuments([testDocument(number)]);
  await cluster.request({ method: 'POST', path: `/${index}/_bulk`, body: data });
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

describe('looking', () => {
  test('an index that is not there', async () => {
    expect(await inspectIndex(cluster, STORED_TRANSACTIONS, name())).toMatchObject({
      exists: false,
      documents: 0,
      bytes: 0,
    });
  });

  test('one of ours tells who made it, and has exactly the fields of mapping.json', async () => {
    const index = await create();
    await write(index, 1);
    await cluster.request({ method: 'POST', path: `/${index}/_refresh` });
    const state = await inspectIndex(cluster, STORED_TRANSACTIONS, index);
    expect(state).toMatchObject({ exists: true, documents: 1, meta: testMeta, mappingDifferences: [] });
    expect(state.bytes).toBeGreaterThan(0);
    const { body } = await cluster.request({ method: 'GET', path: `/${index}/_mapping` });
    const { mappings } = (body as Record<string, { mappings: { properties: object } }>)[index] ?? {};
    expect(mappings?.properties).toEqual(mapping.mappings.properties);
  });

  test('a foreign one says where its fields differ', async () => {
    const index = name();
    const { amount: _, ...others } = mapping.mappings.properties;
    const properties = { ...others, status: { type: 'text' }, geo_location: { properties: {} } };
    await put(index, { mappings: { properties } });
    const { meta, mappingDifferences } = await inspectIndex(cluster, STORED_TRANSACTIONS, index);
    expect(meta).toBeUndefined();
    expect(mappingDifferences.toSorted()).toEqual([
      'amount is missing',
      'geo_location.city is missing',
      'geo_location.country is missing',
      'geo_location.state is missing',
      'status is text, not keyword',
    ]);
  });

  test('an alias is not an index', async () => {
    const index = name();
    const alias = `${index}_alias`;
    await put(index, { aliases: { [alias]: {} } });
    expect(await codeOf(inspectIndex(cluster, STORED_TRANSACTIONS, alias))).toBe('index-name');
  });

  test('what an index remembers can be replaced', async () => {
    const index = await create();
    await updateMeta(cluster, index, { ...testMeta, now: '2026-11-25T00:00:00.000Z' });
    expect((await inspectIndex(cluster, STORED_TRANSACTIONS, index)).meta?.now).toBe(
      '2026-11-25T00:00:00.000Z',
    );
  });
});

describe('creating', () => {
  test('a second one of the same name is refused', async () => {
    const index = await create();
    expect(
      await codeOf(createIndex(cluster, STORED_TRANSACTIONS, index, { meta: testMeta, labels: false })),
    ).toBe('index-exists');
  });

  test.each([
    [270_000, '1'],
    [100_000_000, '1'],
    [1_000_000_000, '10'],
  ])('for %d documents it has %s shards', async (documents, shards) => {
    const index = name();
    await createIndex(cluster, STORED_TRANSACTIONS, index, { meta: testMeta, labels: false, documents });
    const { body } = await cluster.request({
      method: 'GET',
      path: `/${index}/_settings`,
      query: { flat_settings: true },
    });
    const { settings } = (body as Record<string, { settings: Record<string, string> }>)[index] ?? {};
    expect(settings?.['index.number_of_shards']).toBe(shards);
  });

  test('label fields exist only when asked for', async () => {
    const [plain, labeled] = [name(), name()];
    await createIndex(cluster, STORED_TRANSACTIONS, plain, { meta: testMeta, labels: false });
    await createIndex(cluster, STORED_TRANSACTIONS, labeled, { meta: testMeta, labels: true });
    const fields = async (index: string) => {
      const { body } = await cluster.request({ method: 'GET', path: `/${index}/_mapping` });
      return Object.keys(
        (body as Record<string, { mappings: { properties: object } }>)[index]?.mappings.properties ?? {},
      );
    };
    expect(await fields(plain)).not.toContain('incident_id');
    expect(await fields(labeled)).toEqual(expect.arrayContaining(['incident_id', 'phase']));
  });

  test('a free name is the next number that neither an index nor an alias has', async () => {
    const index = await create();
    const second = `${index}-2`;
    await put(second, { aliases: { [`${index}-3`]: {} } });
    try {
      expect(await freeIndexName(cluster, index)).toBe(`${index}-4`);
    } finally {
      await cluster.request({ method: 'DELETE', path: `/${second}` });
    }
  });
});

describe('deleting', () => {
  test('one of ours', async () => {
    const index = await create();
    await deleteIndex(cluster, index);
    expect(await exists(index)).toBe(false);
  });

  test('a foreign one only when its name was confirmed', async () => {
    const index = name();
    await put(index, {});
    expect(await codeOf(deleteIndex(cluster, index))).toBe('index-not-ours');
    expect(await exists(index)).toBe(true);
    await deleteIndex(cluster, index, { confirmed: true });
    expect(await exists(index)).toBe(false);
  });

  test('nothing that could mean several indices, and no alias', async () => {
    const index = await create();
    const alias = `${index}_alias`;
    await cluster.request({ method: 'PUT', path: `/${index}/_alias/${alias}` });
    for (const pattern of [
      '*',
      '_all',
      `${index}*`,
      `${index},${index}`,
      `-${index}`,
      '.kibana',
      '',
      '..',
      alias,
      '%2a',
    ]) {
      expect(await codeOf(deleteIndex(cluster, pattern, { confirmed: true })), pattern).not.toBe('no error');
    }
    expect(await exists(index)).toBe(true);
  });

  test('one that is not there', async () => {
    expect(await codeOf(deleteIndex(cluster, name()))).toBe('index-missing');
  });
});

describe('settings while loading', () => {
  test('refreshing is off, and back to the default afterwards, with every document visible', async () => {
    const index = await create();
    const { restore } = await loadingSettings(cluster, index);
    expect(await settings(index)).toMatchObject({
      'index.refresh_interval': '-1',
      'index.number_of_replicas': '0',
    });
    await write(index, 1);
    await restore();
    expect(await settings(index)).not.toHaveProperty(['index.refresh_interval']);
    expect((await inspectIndex(cluster, STORED_TRANSACTIONS, index)).documents).toBe(1);
  });

  test("a person's own interval and replicas come back", async () => {
    const index = name();
    await put(index, { settings: { 'index.refresh_interval': '7s', 'index.number_of_replicas': 2 } });
    const { restore } = await loadingSettings(cluster, index);
    expect(await settings(index)).toMatchObject({
      'index.refresh_interval': '-1',
      'index.number_of_replicas': '0',
    });
    await restore();
    expect(await settings(index)).toMatchObject({
      'index.refresh_interval': '7s',
      'index.number_of_replicas': '2',
    });
  });

  test('replicas of an index with data are left alone', async () => {
    const index = name();
    await put(index, { settings: { 'index.number_of_replicas': 1 } });
    await write(index, 1);
    await cluster.request({ method: 'POST', path: `/${index}/_refresh` });
    await loadingSettings(cluster, index);
    expect(await settings(index)).toMatchObject({ 'index.number_of_replicas': '1' });
  });

  test('what an interrupted load left is mended by the next one', async () => {
    const index = await create();
    await loadingSettings(cluster, index);
    const { restore } = await loadingSettings(cluster, index);
    await restore();
    expect(await settings(index)).not.toHaveProperty(['index.refresh_interval']);
  });
});
