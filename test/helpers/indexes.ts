// An index of its own for each test, removed afterwards whatever happened.

import { randomBytes } from 'node:crypto';
import { afterEach, inject } from 'vitest';
import { type Cluster, openCluster } from '../../src/core/cluster/client.ts';
import { createIndex } from '../../src/core/cluster/indexes/admin.ts';
import { refreshIndex } from '../../src/core/cluster/indexes/refresh.ts';
import { STORED_TRANSACTIONS } from '../../src/core/documents/transactions.ts';
import { testMeta } from './run-meta.ts';

export interface TestIndexes {
  readonly cluster: Cluster;
  /** A name that nobody else uses; the index is deleted after the test. */
  name(): string;
  /** The same, created from mapping.json. */
  create(): Promise<string>;
  /** Documents in an index that a search can see. */
  count(index: string): Promise<number>;
}

/** Call it once in a test file. */
export async function testIndexes(): Promise<TestIndexes> {
  const url = inject('openSearchUrl');
  const cluster = await openCluster({ url }, {});
  const names: string[] = [];
  const name = () => {
    const fresh = `test_${randomBytes(6).toString('hex')}`;
    names.push(fresh);
    return fresh;
  };
  afterEach(async () => {
    for (const index of names.splice(0)) {
      await fetch(`${url}/${index}`, { method: 'DELETE' });
    }
  });
  return {
    cluster,
    name,
    create: async () => {
      const index = name();
      await createIndex(cluster, STORED_TRANSACTIONS, index, { meta: testMeta, labels: false });
      return index;
    },
    count: async (index) => {
      await refreshIndex(cluster, index);
      const { body } = await cluster.request({ method: 'GET', path: `/${index}/_count` });
      return (body as { count: number }).count;
    },
  };
}
