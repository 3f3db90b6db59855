import { expect, it } from 'vitest';
import { Slab, type Slot } from '../../../../../src/core/generate/encode/buffers.ts';

const textOf = (round: number, place: number) => 'x'.repeat(200 + ((round * 7 + place * 13) % 50));

it('texts that take the place of others need no more memory however often that happens', () => {
  const arena = new Slab();
  const places: (Slot | undefined)[] = new Array(100).fill(undefined);
  const buffers = new Set<ArrayBufferLike>();
  for (let round = 0; round < 500; round++)
    for (let place = 0; place < places.length; place++) {
      const text = textOf(round, place);
      const kept = arena.store(text, places[place]);
      expect(kept.bytes.length).toBe(text.length);
      places[place] = kept;
      buffers.add(kept.bytes.buffer);
    }
  expect(buffers.size).toBe(1);
  places.forEach((kept, place) => {
    expect(Buffer.from(kept?.bytes ?? []).toString()).toBe(textOf(499, place));
  });
});
