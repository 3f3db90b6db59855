import { expect, test } from 'vitest';
import { deniedAction } from '../../../../src/core/cluster/missing-permission.ts';

const USER = 'and User [name=writer, backend_roles=[], requestedTenant=null]';

test.each([
  [`no permissions for [indices:admin/create] ${USER}`, 'the permission indices:admin/create is missing'],
  [
    `no permissions for [indices:data/write/bulk[s]] ${USER}`,
    'the permission indices:data/write/bulk[s] is missing',
  ],
  [
    'no permissions for [indices:admin/get] and associated roles [own_index]',
    'the permission indices:admin/get is missing',
  ],
  // ruflin/Elastica#2063
  [`no permissions for [] ${USER}`, undefined],
  ['User: anonymous is not authorized to perform: es:ESHttpGet', undefined],
  ['', 'GET /demo'],
])('%s', (reason, words) => {
  expect(deniedAction(reason, 'GET /demo')).toBe(words ?? reason);
});
