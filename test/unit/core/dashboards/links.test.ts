// Links as Dashboards was seen to take them, character by character, by its version.
import { decode } from 'rison-node';
import { describe, expect, test } from 'vitest';
import {
  dashboardLink,
  dashboardPath,
  discoverLink,
  savedSearchLink,
  spanAround,
} from '../../../../src/core/dashboards/links.ts';

const VERSIONS = ['2.8.0', '2.9.0', '2.10.0', '2.12.0', '2.14.1', '2.15.0', '2.19.1', '3.5.0'];
const span = { fromMs: Date.UTC(2026, 10, 24, 14, 15), toMs: Date.UTC(2026, 10, 24, 14, 50) };
const base = 'http://localhost:5601/dash';
const place = (version: string) => ({ base, version });
const ISO_TIME = "time:(from:'2026-11-24T14:15:00.000Z',to:'2026-11-24T14:50:00.000Z')";
const STATE = `(filters:!(),refreshInterval:(pause:!t,value:0),${ISO_TIME})`;

/** The parts of a link's page, each decoded from rison as Dashboards decodes it. */
function statesOf(link: string): Record<string, unknown> {
  const query = decodeURI(new URL(link).hash).split('?')[1] ?? '';
  return Object.fromEntries(
    query.split('&').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at), decode(part.slice(at + 1))];
    }),
  );
}
const time = { from: '2026-11-24T14:15:00.000Z', to: '2026-11-24T14:50:00.000Z' };

test('an incident is shown from ten minutes before its start to fifteen after its end', () => {
  const startMs = Date.UTC(2026, 10, 24, 14, 25);
  expect(spanAround({ startMs, endMs: startMs + 600_000 })).toEqual(span);
});

describe.each(VERSIONS)('in Dashboards %s', (version) => {
  test('a dashboard at a time', () => {
    const link = dashboardLink(place(version), 'ID', span);
    expect(link).toBe(`${base}/app/dashboards#/view/ID?_g=${STATE}`);
    expect(statesOf(link)).toEqual({ _g: { filters: [], refreshInterval: { pause: true, value: 0 }, time } });
  });

  test('a dashboard that reloads', () => {
    const link = dashboardLink(place(version), 'ID', span, 10);
    expect(statesOf(link)).toMatchObject({ _g: { refreshInterval: { pause: false, value: 10_000 }, time } });
  });

  test('the saved search at a time', () => {
    const link = savedSearchLink(place(version), 'ID', span);
    expect(link).toBe(`${base}/app/discover#/view/ID?_g=(${ISO_TIME})`);
    expect(statesOf(link)).toEqual({ _g: { time } });
  });

  test('Discover with a query, in a form that keeps the time', () => {
    const link = discoverLink(place(version), 'PATTERN', 'status:error', span);
    const older = `/app/discover#/?_g=(${ISO_TIME})&_a=(index:'PATTERN',query:(language:kuery,query:'status:error'),filters:!())`;
    const newer =
      "/app/data-explorer/discover#?_a=(discover:(columns:!(_source),isDirty:!f,sort:!()),metadata:(indexPattern:'PATTERN',view:discover))" +
      `&_g=${STATE}&_q=(filters:!(),query:(language:kuery,query:'status:error'))`;
    const between = ['2.10.0', '2.12.0', '2.14.1'].includes(version);
    expect(link).toBe(`${base}${between ? newer : older}`);
    const query = { language: 'kuery', query: 'status:error' };
    expect(statesOf(link)).toMatchObject({
      _g: { time },
      ...(between
        ? { _q: { query, filters: [] }, _a: { metadata: { indexPattern: 'PATTERN', view: 'discover' } } }
        : { _a: { index: 'PATTERN', query, filters: [] } }),
    });
  });

  test.each(["it's!", 'a > 5 and b:"x y"', 'status:error and response_time_ms > 5000', 'ä€ (1,2):!('])(
    'the query %s arrives as it is, in a link that a terminal takes whole',
    (query) => {
      const link = discoverLink(place(version), "o'pattern", query, span);
      expect(link).not.toMatch(/[\s"<>]/);
      const { _a, _q = _a } = statesOf(link) as Record<string, { query: { query: string } }>;
      expect(_q?.query.query).toBe(query);
    },
  );
});

test('the link inside a Markdown panel is the part after the page, so that it holds under every base path', () => {
  const path = dashboardPath('ID', span);
  expect(path).toBe(`#/view/ID?_g=${STATE}`);
  expect(dashboardLink(place('2.8.0'), 'ID', span).endsWith(path)).toBe(true);
});
