// The address of Dashboards: base path and tenant are kept, a password is refused and never repeated.
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../src/command-line/parse.ts';
import { renderCommand } from '../../../src/command-line/render.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { parseDashboardsUrl } from '../../../src/options/values.ts';

test.each([
  ['localhost', 'http://localhost:5601'],
  ['localhost:5601', 'http://localhost:5601'],
  ['http://localhost', 'http://localhost:5601'],
  ['http://localhost:80', 'http://localhost'],
  ['https://search.example.com', 'https://search.example.com'],
  ['https://search.example.com/_dashboards', 'https://search.example.com/_dashboards'],
  ['https://search.example.com/_dashboards/app/home#/', 'https://search.example.com/_dashboards'],
  ['http://h:5601/w/team1/app/dashboards#/view/x?_g=(a:b)', 'http://h:5601/w/team1'],
  ['http://h:5601/?security_tenant=my team', undefined],
  ['http://h:5601/?security_tenant=my%20team&x=1', 'http://h:5601?security_tenant=my%20team'],
  ['http://[::1]:5601/', 'http://[::1]:5601'],
])('%s', (text, expected) => {
  if (expected === undefined) expect(() => parseDashboardsUrl(text)).toThrow(AppError);
  else expect(parseDashboardsUrl(text)).toBe(expected);
});

describe('a mistake is one sentence that repeats no part of the text', () => {
  test.each([
    'http://admin:s3cret@localhost:5601',
    'admin:s3cret@localhost:5601',
    'http://admin:s3cret@[localhost',
    'http://admin:s3cret@localhost:99999999',
    'ftp://admin:s3cret@localhost',
    'http://admin s3cret@localhost',
  ])('%s', (text) => {
    for (const { argv, environment } of [
      { argv: ['run', '--dashboards', text], environment: {} },
      { argv: ['run'], environment: { OPENSEARCH_DASHBOARDS_URL: text } },
    ]) {
      let error: unknown;
      try {
        parseArguments(argv, environment);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(AppError);
      const { sentence, why, actions } = (error as AppError).explain();
      expect([sentence, why, ...actions].join('\n')).not.toMatch(/s3cret|admin/);
      expect((error as AppError).exit).toBe(2);
    }
  });
});

test('the environment gives the address, a flag goes first, and the line that repeats a run has it', () => {
  const environment = { OPENSEARCH_DASHBOARDS_URL: 'http://from-env:5601' };
  expect(parseArguments(['run'], environment).settings.dashboards).toBe('http://from-env:5601');
  const { settings } = parseArguments(
    ['run', '--dashboards', 'http://h:5601/dash', '--mark-incidents'],
    environment,
  );
  expect(settings).toMatchObject({ dashboards: 'http://h:5601/dash', markIncidents: true });
  const line = renderCommand('incident-demo', 'run', settings);
  expect(line).toContain(' --dashboards http://h:5601/dash');
  expect(line).toContain(' --mark-incidents');
});
