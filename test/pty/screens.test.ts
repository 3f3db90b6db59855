// The pictures in docs/screens are what the program shows; `npm run screens` takes them afresh.
import { readFileSync } from 'node:fs';
import { beforeAll, expect, inject, it } from 'vitest';
import { masked, SCREENS, type ScreenName, takeScreens } from '../helpers/screens.ts';

let pictures: Readonly<Record<ScreenName, string>>;
beforeAll(async () => {
  pictures = await takeScreens(inject('openSearchUrl'));
}, 150_000);

it.each(SCREENS)('docs/screens/%s.txt is what the program shows', (name) => {
  const kept = readFileSync(new URL(`../../docs/screens/${name}.txt`, import.meta.url), 'utf8');
  expect(masked(name, pictures[name])).toBe(masked(name, kept));
});

it('a picture of the load is another one when a row, a word or a number of the plan differs', () => {
  const kept = readFileSync(new URL('../../docs/screens/load.txt', import.meta.url), 'utf8');
  const later = kept
    .replace(/\b\d+ %/, '48 %')
    .replace(/[\d,]+ of ≈/, '12,278 of ≈')
    .replace('░', '█');
  expect(masked('load', later)).toBe(masked('load', kept));
  const [, planned = ''] = /of ≈ ([\d,]+)/.exec(kept) ?? [];
  const rows = kept.split('\n').filter((row) => row !== '');
  for (const row of rows)
    expect(masked('load', kept.replace(`${row}\n`, '')), row).not.toBe(masked('load', kept));
  for (const word of [planned, ...(kept.match(/[A-Za-z]{3,}/g) ?? [])])
    expect(masked('load', kept.replace(word, '')), word).not.toBe(masked('load', kept));
});
