import { expect, test } from 'vitest';
import { addressOf, isLoopback } from '../../../../src/core/cluster/address.ts';
import { compresses } from '../../../../src/core/cluster/compression.ts';

test.each(['http://localhost:9200', 'https://127.0.0.1:9200', 'http://127.9.0.1:9200', 'http://[::1]:9200'])(
  '%s is on this machine: nothing is compressed',
  (url) => {
    expect(isLoopback(addressOf({ url }).host)).toBe(true);
    expect(compresses({ url })).toBe(false);
  },
);

test.each(['http://search.example.org:9200', 'https://10.0.0.7:9200', 'http://[fe80::1]:9200'])(
  '%s is elsewhere: bulk requests are compressed',
  (url) => {
    expect(compresses({ url })).toBe(true);
  },
);

test('domains of Amazon take no compressed requests unless they are set up for it', () => {
  expect(compresses({ url: 'https://search-a.eu-west-1.es.amazonaws.com', awsRegion: 'eu-west-1' })).toBe(
    false,
  );
});
