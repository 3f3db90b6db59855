import { expect, test } from 'vitest';
import { proxyFor, proxyName } from '../../../../src/core/cluster/http-proxy.ts';

const PROXY = 'http://proxy.corp:3128';
const proxyOf = (url: string, environment: Record<string, string>) => proxyFor({ url }, environment)?.origin;

test.each<[string, string, Record<string, string>, string | undefined]>([
  ['https by HTTPS_PROXY', 'https://search.corp:9200', { HTTPS_PROXY: PROXY }, PROXY],
  ['https by small letters', 'https://search.corp:9200', { https_proxy: PROXY }, PROXY],
  ['https not by HTTP_PROXY', 'https://search.corp:9200', { HTTP_PROXY: PROXY }, undefined],
  ['http by HTTP_PROXY', 'http://search.corp:9200', { HTTP_PROXY: PROXY }, PROXY],
  ['http not by HTTPS_PROXY', 'http://search.corp:9200', { HTTPS_PROXY: PROXY }, undefined],
  ['either by ALL_PROXY', 'http://search.corp:9200', { ALL_PROXY: PROXY }, PROXY],
  ['a proxy without a scheme', 'http://search.corp:9200', { HTTP_PROXY: 'proxy.corp:3128' }, PROXY],
  ['an empty variable', 'http://search.corp:9200', { HTTP_PROXY: '' }, undefined],
  ['localhost', 'http://localhost:9200', { HTTP_PROXY: PROXY }, undefined],
  ['a name under localhost', 'http://node.localhost:9200', { HTTP_PROXY: PROXY }, PROXY],
  ['127.0.0.1', 'http://127.0.0.1:9200', { HTTP_PROXY: PROXY }, undefined],
  ['127.9.9.9', 'http://127.9.9.9:9200', { HTTP_PROXY: PROXY }, undefined],
  ['::1', 'http://[::1]:9200', { HTTP_PROXY: PROXY }, undefined],
  ['a name that only begins like loopback', 'http://127.0.0.1.corp:9200', { HTTP_PROXY: PROXY }, PROXY],
  ['no_proxy *', 'http://search.corp:9200', { HTTP_PROXY: PROXY, NO_PROXY: '*' }, undefined],
  [
    'no_proxy with the host',
    'http://search.corp:9200',
    { HTTP_PROXY: PROXY, no_proxy: 'a, Search.corp' },
    undefined,
  ],
  [
    'no_proxy with its domain',
    'http://search.corp:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: '.corp' },
    undefined,
  ],
  ['no_proxy with *.domain', 'http://search.corp:9200', { HTTP_PROXY: PROXY, NO_PROXY: '*.corp' }, undefined],
  [
    'no_proxy with the port',
    'http://search.corp:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: 'search.corp:9200' },
    undefined,
  ],
  [
    'no_proxy with another port',
    'http://search.corp:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: 'search.corp:80' },
    PROXY,
  ],
  [
    'no_proxy with part of a name',
    'http://search.corp:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: 'rch.corp' },
    PROXY,
  ],
  [
    'no_proxy with an IPv6 address',
    'http://[fd00::7]:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: 'fd00::7' },
    undefined,
  ],
  [
    'no_proxy with its block',
    'http://10.2.3.4:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: '192.168.0.0/16,10.0.0.0/8' },
    undefined,
  ],
  ['no_proxy with 0.0.0.0/8', 'http://0.0.0.0:9250', { HTTP_PROXY: PROXY, NO_PROXY: '0.0.0.0/8' }, undefined],
  [
    'no_proxy with another block',
    'http://10.2.3.4:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: '10.3.0.0/16' },
    PROXY,
  ],
  [
    'no_proxy with a block of IPv6',
    'http://[fd00::7]:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: 'fd00::/8' },
    undefined,
  ],
  [
    'no_proxy with a block for a name',
    'http://search.corp:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: '0.0.0.0/0' },
    PROXY,
  ],
  [
    'no_proxy with no block',
    'http://10.2.3.4:9200',
    { HTTP_PROXY: PROXY, NO_PROXY: '10.0.0.0/99,10.2.3/8,/8' },
    PROXY,
  ],
])('%s', (_, url, environment, expected) => {
  expect(proxyOf(url, environment)).toBe(expected);
});

test.each(['socks5://me:sssh@proxy.corp:1080', 'http://', 'me:sssh@@@:x'])('%s is no http proxy', (text) => {
  const failure = () => proxyOf('http://search.corp:9200', { HTTP_PROXY: text });
  expect(failure).toThrow('it is no http address');
  expect(failure).not.toThrow('sssh');
});

test('a proxy is shown without its user and password', () => {
  expect(proxyName(new URL('http://me:sssh@proxy.corp'))).toBe('proxy.corp:80');
});
