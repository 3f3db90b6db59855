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
