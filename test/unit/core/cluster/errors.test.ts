import { expect, test } from 'vitest';
import { answerError, reasonIn } from '../../../../src/core/cluster/answer-errors.ts';
import { connectionError } from '../../../../src/core/cluster/connection-errors.ts';

const connection = { url: 'https://search.test:9200', username: 'anna', password: 'the-secret' };

const failed = (code: string, message = code) => Object.assign(new Error(message), { code });

test.each([
  ['ECONNREFUSED', 'connection-refused'],
  ['ENOTFOUND', 'name-unknown'],
  ['EAI_AGAIN', 'dns-failed'],
  ['EHOSTUNREACH', 'unreachable'],
  ['TIMEOUT', 'port-silent'],
  ['ECONNRESET', 'connection-dropped'],
  ['HPE_INVALID_CONSTANT', 'not-http'],
  ['HPE_INVALID_HEADER_TOKEN', 'not-http'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-failed'],
])('%s is %s', (code, expected) => {
  expect(connectionError(failed(code), connection).code).toBe(expected);
});

test('"wrong version number" means plain http, other protocol errors do not', () => {
  const wrong = failed(
    'EPROTO',
    'write EPROTO 40:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../x.c:77:',
  );
  const other = failed(
    'EPROTO',
    'write EPROTO 40:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../x.c:1:',
  );
  expect(connectionError(wrong, connection)).toMatchObject({
    code: 'speaks-http',
    values: { otherUrl: 'http://search.test:9200' },
  });
  expect(connectionError(other, connection).message).toContain('sslv3 alert handshake failure');
  expect(connectionError(other, connection).code).toBe('tls-failed');
});

test('an error names the address, without credentials, also in its cause', () => {
  const error = connectionError(failed('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9200'), connection);
  expect(error.message).toBe('Nothing is listening on search.test:9200');
  expect(JSON.stringify([error.values, String(error.cause)])).not.toContain('the-secret');
});

test.each([
  [401, 'Unauthorized', 'sign-in-refused'],
  [
    403,
    { error: { type: 'security_exception', reason: 'no permissions for [indices:admin/create]' } },
    'forbidden',
  ],
  [
    403,
    { error: { type: 'cluster_block_exception', reason: 'blocked by: [FORBIDDEN/8/index write (api)];' } },
    'writes-blocked',
  ],
  [403, { error: { type: 'index_create_block_exception', reason: 'FORBIDDEN/10' } }, 'writes-blocked'],
  [
    429,
    { error: { type: 'cluster_block_exception', reason: 'disk usage exceeded flood-stage watermark' } },
    'writes-blocked',
  ],
  [404, { error: { type: 'index_not_found_exception', reason: 'no such index [demo]' } }, 'index-missing'],
  [400, { error: { type: 'invalid_index_name_exception', reason: 'must be lowercase' } }, 'index-name'],
  [400, { error: { type: 'resource_already_exists_exception', reason: 'exists' } }, 'index-exists'],
  [503, '<html>Service Unavailable</html>', 'cluster-starting'],
  [504, '', 'cluster-starting'],
  [429, 'Too Many Requests', 'cluster-starting'],
  [400, { error: { type: 'parsing_exception', reason: 'unknown query' } }, 'request-failed'],
])('HTTP %i with %j is %s', (status, body, expected) => {
  expect(answerError({ connection, status, body, method: 'GET', path: '/demo/_search' }).code).toBe(expected);
});

test('401 without a sign-in asks for one', () => {
  const error = answerError({
    connection: { url: connection.url },
    status: 401,
    body: '',
    method: 'GET',
    path: '/',
  });
  expect(error.code).toBe('sign-in-missing');
});

test('an error says which index and what the cluster answered', () => {
  const body = { error: { root_cause: [{ type: 'x', reason: 'the root' }], type: 'y', reason: 'the outer' } };
  const error = answerError({ connection, status: 400, body, method: 'POST', path: '/demo/_search?size=0' });
  expect(error.message).toBe('OpenSearch rejected POST /demo/_search: the root');
});

test('reasons from a cluster or proxy carry no control characters and no markup', () => {
  const { reason } = reasonIn('<html>\u001b]52;c;ZXZpbA==\u0007<h1>Bad\r\nGateway</h1></html>');
  expect(reason).toBe(']52;c;ZXZpbA== Bad Gateway');
  expect(reasonIn({ message: 'User: x is not authorized' }).reason).toBe('User: x is not authorized');
});
