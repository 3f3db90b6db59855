// The lines on which the elements of a JSON list begin.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { elementLines } from '../../../../src/core/schema/json-elements.ts';

it.each([
  ['[]', []],
  ['[ ]', []],
  ['[1,2]', [1, 1]],
  ['[\n1,\n\n2\n]', [2, 4]],
  ['[\n{"a":\n[1,\n2]},\n"x, [\\" ",\nnull]', [2, 5, 6]],
])('of %j', (text, lines) => {
  expect(elementLines(text)).toEqual(lines);
});

it('of any list are as many as its elements, each where its text begins', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (list) => {
      const parts = list.map((value) => JSON.stringify(value, null, 2));
      let line = 1;
      const expected = parts.map((part) => {
        line++;
        const first = line;
        line += part.split('\n').length - 1;
        return first;
      });
      expect(elementLines(`[\n${parts.join(',\n')}\n]`)).toEqual(expected);
    }),
  );
});
