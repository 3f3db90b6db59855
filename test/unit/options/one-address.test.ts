// A password in the environment belongs to the address beside it.
import { expect, it } from 'vitest';
import { readConnection } from '../../../src/options/connection.ts';
import { environmentAt } from '../../../src/options/one-address.ts';
import { defaultSettings } from '../../../src/options/table.ts';

const SECRETS = { OPENSEARCH_PASSWORD: 'sesame', OPENSEARCH_TOKEN: 'abc', HTTPS_PROXY: 'http://proxy:1' };

it.each([
  ['https://a.example:9200', 'https://b.example:9200'],
  ['https://a.example:9200', 'https://a.example:9201'],
  ['https://a.example:9200', 'http://a.example:9200'],
  ['https://a.example:9200', 'https://a.example:9200,https://b.example:9200'],
])('password and token beside %s do not go to %s', (meant, url) => {
  const environment = { ...SECRETS, OPENSEARCH_URL: meant };
  const {
    OPENSEARCH_PASSWORD: password,
    OPENSEARCH_TOKEN: token,
    HTTPS_PROXY: proxy,
  } = environmentAt(url, environment);
  expect([password, token, proxy]).toEqual([undefined, undefined, 'http://proxy:1']);
});

it.each([
  ['https://a.example:9200', 'https://a.example:9200/'],
  ['localhost:9200', 'http://localhost:9200'],
  [undefined, 'https://b.example:9200'],
])('beside %s they go to %s', (meant, url) => {
  const environment = { ...SECRETS, OPENSEARCH_URL: meant };
  expect(environmentAt(url, environment)).toBe(environment);
});

it('a run that is resumed elsewhere signs in with nothing', () => {
  const settings = { ...defaultSettings(), url: 'https://b.example:9200', username: 'anna' };
  const environment = { OPENSEARCH_URL: 'https://a.example:9200', OPENSEARCH_PASSWORD: 'sesame' };
  const known = environmentAt(settings.url, environment);
  expect(readConnection(settings, known)).toMatchObject({ username: 'anna', password: undefined });
});
