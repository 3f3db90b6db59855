// Which credentials a connection carries, and to whom they may be sent.
import { describe, expect, it } from 'vitest';
import { answerError } from '../../../../src/core/cluster/answer-errors.ts';
import { openCluster } from '../../../../src/core/cluster/client.ts';
import type { Connection } from '../../../../src/core/cluster/types.ts';

const PASSWORD = { username: 'anna', password: 'sesame' };

describe('a secret over plain http', () => {
  it.each<[string, Connection]>([
    ['a password', { url: 'http://search.example:9200', ...PASSWORD }],
    ['a token', { url: 'http://search.example:9200', token: 'abc' }],
    [
      'a password to one node of several',
      { url: 'http://localhost:9200', nodes: ['http://b:9200'], ...PASSWORD },
    ],
    ...[
      // Many systems ask a name server for names below localhost, and for one with a dot at its end (c-ares/c-ares#477,
      // Kong/insomnia#8160).
      ...['127.0.0.1.example', 'localhost.example', 'search.localhost', 'localhost.', '0.0.0.0', '0'],
      ...['[::]', '[::ffff:10.0.0.5]', '128.0.0.1', 'localhost%2eexample'],
    ].map((host): [string, Connection] => [
      `a password to ${host}, which is not this machine everywhere,`,
      { url: `http://${host}:9200`, ...PASSWORD },
    ]),
  ])('%s stays here', async (_, connection) => {
    await expect(openCluster(connection, {})).rejects.toMatchObject({ code: 'secret-over-http', exit: 2 });
    const allowed = await openCluster({ ...connection, allowHttp: true }, {});
    await allowed.close();
  });

  it.each<[string, Connection]>([
    ['this machine', { url: 'http://localhost:9200', ...PASSWORD }],
    ['this machine by number', { url: 'http://[::1]:9200', ...PASSWORD }],
    ['this machine by a short number', { url: 'http://127.1:9200', ...PASSWORD }],
    ['this machine in capitals', { url: 'http://LOCALHOST:9200', ...PASSWORD }],
    ['https', { url: 'https://search.example:9200', ...PASSWORD }],
    ['no secret', { url: 'http://search.example:9200', username: 'anna' }],
  ])('%s needs no permission', async (_, connection) => {
    await (await openCluster(connection, {})).close();
  });
});

describe('what a refused request says', () => {
  const at = (connection: Partial<Connection>, status: number, body: unknown) =>
    answerError({
      connection: { url: 'https://h:9200', ...connection },
      status,
      body,
      method: 'GET',
      path: '/',
    });

  it.each([
    ['Signature expired: 20260101T000000Z is now earlier than 20260101T001500Z', 'clock-skew'],
    ['Signature not yet current: 20260101T003000Z is still later than 20260101T002000Z', 'clock-skew'],
    ['The security token included in the request is expired', 'aws-keys-refused'],
    ['The security token included in the request is invalid.', 'aws-keys-refused'],
    ['The request signature we calculated does not match the signature you provided.', 'aws-keys-refused'],
    ['User: arn:aws:iam::1:user/x is not authorized to perform: es:ESHttpGet', 'forbidden'],
  ])('of AWS: %s', (message, code) => {
    const error = at({ awsRegion: 'eu-central-1' }, 403, { message });
    expect(error).toMatchObject({ code, exit: 4 });
  });

  it('of a token is about the token', () => {
    const error = at({ token: 'abc' }, 401, 'Unauthorized');
    expect(error.code).toBe('sign-in-refused');
    expect(error.message).toContain('the bearer token');
    expect(error.explain().actions.join()).not.toContain('--username');
    expect(at({}, 401, '').code).toBe('sign-in-missing');
  });
});
