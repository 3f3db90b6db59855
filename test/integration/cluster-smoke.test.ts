import { expect, inject, test } from 'vitest';

test('a real OpenSearch is there', async () => {
  const answer = (await (await fetch(inject('openSearchUrl'))).json()) as {
    version: { distribution: string };
  };
  expect(answer.version.distribution).toBe('opensearch');
});
