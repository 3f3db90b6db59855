// Where to start: a link to all of the data, and one to each of its last seven days.
import { expect, it } from 'vitest';
import { dashboardPath } from '../../../../src/core/dashboards/links.ts';
import { objectId } from '../../../../src/core/dashboards/saved-object.ts';
import { startText } from '../../../../src/core/dashboards/texts.ts';

const DAY_MS = 86_400_000;
const words = (text: string) => [...text.matchAll(/\[([^\]]+)\]/g)].map(([, word]) => word);

it('names the month of the first day, and of the first in another month', () => {
  const startMs = Date.parse('2026-11-26T00:00:00Z');
  const text = startText({ plan: { startMs, endMs: startMs + 7 * DAY_MS, incidents: [] }, index: 'shop' });
  expect(words(text)).toEqual([
    'All of the data',
    ...['Nov\u00A026', '27', '28', '29', '30', 'Dec\u00A01', '2'],
  ]);
  const second = { fromMs: startMs + DAY_MS, toMs: startMs + 2 * DAY_MS };
  expect(text).toContain(`[27](${dashboardPath(objectId('shop', 'incident-room'), second)})`);
});

it('has no more than the last seven days of longer data', () => {
  const startMs = Date.parse('2026-11-01T00:00:00Z');
  const text = startText({ plan: { startMs, endMs: startMs + 20 * DAY_MS, incidents: [] }, index: 'shop' });
  expect(words(text)).toEqual(['All of the data', 'Nov\u00A014', ...['15', '16', '17', '18', '19', '20']]);
});
