// What is read from outside, given nonsense and near sense: no reader may fail in any way but its own.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readBulkAnswer } from '../../src/core/load/bulk-answer.ts';
import { journalLine, readJournal } from '../../src/core/load/journal-lines.ts';
import { readPreset } from '../../src/core/plan/presets.ts';
import { AppError } from '../../src/errors/app-error.ts';

export interface Target {
  readonly name: string;
  /** Tries so many cases; throws with the smallest one that fails. */
  readonly fuzz: (cases: number, seed: number) => void;
}

const PRESET: unknown = JSON.parse(
  readFileSync(new URL('../../presets/payment-gateway-timeout.json', import.meta.url), 'utf8'),
);

/** Values that readers stumble over. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    -0,
    2 ** 53,
    '',
    '\u001b[2J',
    '../x',
    [],
    {},
    [[]],
    '__proto__',
  ),
  fc.jsonValue(),
);

/** A copy of a JSON value in which the places chosen by the numbers hold something else, or nothing, or one more. */
function bent(value: unknown, where: readonly number[], what: unknown): unknown {
  const [turn = 0, ...rest] = where;
  if (Array.isArray(value)) {
    const at = value.length === 0 ? 0 : turn % (value.length + 1);
    if (at === value.length) return [...value, what];
    return value.map((held, index) => (index === at ? bent(held, rest, what) : held));
  }
  if (typeof value !== 'object' || value === null || rest.length === 0) return what;
  const names = Object.keys(value);
  const at = turn % (names.length + 2);
  const name = names[at];
  if (name === undefined) return { ...value, [at === names.length ? 'constructor' : 'extra']: what };
  const held = (value as Record<string, unknown>)[name];
  if (turn % 7 === 0) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  return { ...value, [name]: bent(held, rest, what) };
}

const near = (value: unknown) =>
  fc
    .tuple(fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }), odd)
    .map(([where, what]) => bent(value, where, what));

/** A text with some characters changed, cut out or doubled. */
const damaged = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 10 }))
    .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));

const presetTexts = fc.oneof(
  fc.string(),
  fc.json(),
  near(PRESET).map((value) => JSON.stringify(value)),
  damaged(JSON.stringify(PRESET)),
  fc.tuple(fc.constantFrom('[', '{"a":', '"'), fc.nat(20_000)).map(([text, times]) => text.repeat(times)),
);

const HEAD = { run: 'r', key: 'k', uuid: 'u' };
const id = fc.nat(36 ** 5).map((number) => number.toString(36).padStart(24, '0'));
const lines = fc
  .array(
    fc.tuple(id, id).map(([first, last]) => journalLine({ first, last })),
    { maxLength: 8 },
  )
  .map((spans) => Buffer.from(journalLine(HEAD) + spans.join('')));
const journals = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  lines,
  fc.tuple(lines, fc.nat(800), fc.uint8Array({ maxLength: 8 })).map(([bytes, at, put]) => {
    const copy = Buffer.from(bytes);
    copy.set(put.subarray(0, Math.max(0, copy.length - at)), Math.min(at, copy.length));
    return copy;
  }),
  fc.tuple(lines, fc.nat(800)).map(([bytes, cut]) => bytes.subarray(0, cut)),
  near(HEAD).map((value) => Buffer.from(journalLine(value as never))),
);

const item = fc.oneof(
  fc.constantFrom<unknown>(
    { create: { status: 201 } },
    { create: { status: 409, error: { type: 'version_conflict_engine_exception', reason: 'exists' } } },
    { create: { status: 429, error: { type: 'rejected_execution_exception', reason: 'full' } } },
    { create: { status: 400, error: { type: 'mapper_parsing_exception', reason: 'no' } } },
    { create: { status: 404, error: { type: 'index_not_found_exception', reason: 'no such index' } } },
  ),
  near({ create: { status: 503, error: { type: 'x', reason: 'y' } } }),
);
const answers = fc.oneof(
  odd,
  fc.record({ errors: fc.oneof(fc.boolean(), odd), items: fc.oneof(fc.array(item, { maxLength: 6 }), odd) }),
  near({ errors: true, items: [{ create: { status: 201 } }, { create: { status: 429 } }] }),
);

/** True when it says itself, in its own words, why it refuses. */
function refuses(action: () => void, code: string): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === code) return true;
    throw error;
  }
}

function assert(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function tryPreset(text: string): void {
  refuses(() => void readPreset(text, 'mine.json'), 'preset');
  assert(({} as { polluted?: unknown }).polluted === undefined, 'every object has a new field');
}

function tryJournal(bytes: Buffer): void {
  const { head, ranges: spans, trusted } = readJournal(bytes);
  assert(trusted >= 0 && trusted <= bytes.length, 'more is trusted than there is');
  assert(head !== undefined || spans.length === 0, 'lines without a first line');
  for (const { first, last } of spans)
    assert(/^[0-9a-z]{48}$/.test(first + last) && first <= last, 'no span');
  const again = readJournal(bytes.subarray(0, trusted));
  assert(again.ranges.length === spans.length, 'what is trusted reads differently alone');
}

function tryAnswer(body: unknown, documents: number): void {
  const where = { url: 'http://127.0.0.1:9200', index: 'x' };
  refuses(() => {
    const outcome = readBulkAnswer(body, documents, where);
    if (outcome.type !== 'answered') return;
    const { created, alreadyThere, refused, again } = outcome;
    assert(
      created + alreadyThere + refused.length + again.length === documents,
      'a document is missing or doubled',
    );
    const numbers = [...again, ...refused.map(({ index }) => index)];
    assert(
      new Set(numbers).size === numbers.length && numbers.every((at) => at < documents),
      'no such document',
    );
    const said = (body as { items?: { create?: { status?: unknown } }[] } | null)?.items;
    const written = Array.isArray(said)
      ? said.filter((line) => Object.values(line ?? {})[0]?.status === 201).length
      : 0;
    const whole = (body as { errors?: unknown } | null)?.errors === false;
    assert(whole || created >= written, 'a written document is not counted');
    for (const { reason } of refused)
      assert(!/[\u0000-\u001f\u007f-\u009f]/.test(reason), 'a reason that steers');
  }, 'index-missing');
}

export const TARGETS: readonly Target[] = [
  {
    name: 'preset parser',
    fuzz: (numRuns, seed) => fc.assert(fc.property(presetTexts, tryPreset), { numRuns, seed }),
  },
  {
    name: 'journal reader',
    fuzz: (numRuns, seed) => fc.assert(fc.property(journals, tryJournal), { numRuns, seed }),
  },
  {
    name: '_bulk answer reader',
    fuzz: (numRuns, seed) => fc.assert(fc.property(answers, fc.nat(6), tryAnswer), { numRuns, seed }),
  },
];
