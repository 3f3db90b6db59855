// Keys: how they are read, what edits a line, and that keymap, footer and help are one.
import fc from 'fast-check';
import type { Key } from 'ink';
import { afterEach, describe, expect, it } from 'vitest';
import { FORM_OPTIONS } from '../../../../../src/options/table.ts';
import { footerHints } from '../../../../../src/ui/ink/keys/binding.ts';
import { helpRows } from '../../../../../src/ui/ink/keys/help-rows.ts';
import { type KeyPress, pasted, pressesOf } from '../../../../../src/ui/ink/keys/key-press.ts';
import { dispatch, keymap } from '../../../../../src/ui/ink/keys/keymap.ts';
import { stepValue } from '../../../../../src/ui/ink/keys/step-value.ts';
import { characters, draftOf, EDIT_KEYS, editText } from '../../../../../src/ui/ink/keys/text-edit.ts';
import type { UiContext } from '../../../../../src/ui/ink/ui-context.ts';
import { createUiStore } from '../../../../../src/ui/ink/ui-state.ts';
import type { OpenRun } from '../../../../../src/wizard/services.ts';
import { createSession } from '../../../../../src/wizard/session.ts';
import { STEPS } from '../../../../../src/wizard/state.ts';
import { fakeServices } from '../../../../helpers/fake-services.ts';
import { fakeCluster, INDEX, indexState, openRun, wizardSettings } from '../../../../helpers/fake-world.ts';
import { Walk } from '../../../../helpers/walk.ts';

const NO_KEY = {} as Key;
const press = (name: string): KeyPress => ({
  name,
  text: name.length === 1 ? name : name === 'space' ? ' ' : '',
});

describe('reading the keyboard', () => {
  it('finds the Enter in what was typed fast', () => {
    expect(pressesOf('hello\r', NO_KEY)).toEqual([
      { name: 'text', text: 'hello' },
      { name: 'enter', text: '' },
    ]);
  });
  it('names single keys by themselves', () => {
    expect(pressesOf('?', NO_KEY)).toEqual([{ name: '?', text: '?' }]);
    expect(pressesOf('c', { ctrl: true } as Key)).toEqual([{ name: 'ctrl+c', text: '' }]);
    expect(pressesOf('', { tab: true, shift: true } as Key)).toEqual([{ name: 'shift+tab', text: '' }]);
  });
  it('takes a key that came together with the Escape before it for both, but not in a text field', () => {
    expect(pressesOf('l', { meta: true } as Key)).toEqual([{ name: 'alt+l', text: '' }]);
    const walk = new Walk();
    walk.settle();
    for (const name of ['enter', 'd']) dispatch(walk.ui, press(name));
    expect(walk.ui.store.get().overlay?.kind).toBe('story');
    dispatch(walk.ui, { name: 'alt+a', text: '' });
    expect(walk.ui.store.get().overlay).toBeUndefined();
    expect(walk.state.step).toMatchObject({ name: 'scenario', view: 'file' });
    dispatch(walk.ui, { name: 'alt+b', text: '' });
    expect(walk.state.step).toMatchObject({ name: 'scenario', view: 'file' });
  });
  it('takes keys that came together one after the other, but never what was pasted', () => {
    const walk = new Walk();
    walk.settle();
    dispatch(walk.ui, press('enter'));
    for (const one of pressesOf(' 2j ', NO_KEY)) dispatch(walk.ui, one);
    // The space took the first away, the 2 the second, and the space after one step down the third.
    expect(walk.state.answers.settings.presets).toEqual(['none']);
    dispatch(walk.ui, press('enter'));
    walk.settle();
    for (const one of pressesOf('21', NO_KEY)) dispatch(walk.ui, one);
    expect(walk.state.answers.settings.days).toBe(21);
    for (const one of pasted('14')) dispatch(walk.ui, one);
    for (const one of pasted('zup')) dispatch(walk.ui, one);
    expect(walk.ui.store.get()).toMatchObject({ zoom: 0, number: { text: '2114' } });
    dispatch(walk.ui, press('escape'));
    for (const one of pasted('14')) dispatch(walk.ui, one);
    expect(walk.state.answers.settings.days).toBe(14);
  });
  it('takes control keys that came in one chunk with text for themselves, in order', () => {
    const walk = new Walk();
    walk.settle();
    const type = (chunk: string) => {
      for (const one of pressesOf(chunk, NO_KEY)) dispatch(walk.ui, one);
    };
    walk.ui.session.send({ type: 'address', text: 'localhost:9200' });
    type('\u0015newhost');
    expect(walk.state.answers.address).toBe('newhost');
    type('\u0001\u000B');
    expect(walk.state.answers.address).toBe('');
    type('one two\u0017three\u007F\b\u0001\u0004');
    expect(walk.state.answers.address).toBe('ne thr');
    type('\u0015\u000Babc\tdef');
    expect(walk.state.answers).toMatchObject({ address: 'abc', settings: { username: 'def' } });
  });
  it('presses no key for a control character that was pasted', () => {
    expect(pasted('a\u0015b\tc\u007F\u0003')).toEqual([{ name: 'paste', text: 'ab c' }]);
  });
  it('takes a paste as one line without pressing Enter', () => {
    expect(pasted(' http://a:9200\n')).toEqual([{ name: 'paste', text: 'http://a:9200' }]);
    expect(pasted('a\u001B[31mb\nc')).toEqual([{ name: 'paste', text: 'ab c' }]);
  });
});

describe('editing a line', () => {
  const edit = (text: string, ...names: string[]) =>
    names.reduce((draft, name) => editText(draft, press(name)), draftOf(text));
  it('knows the keys of a shell', () => {
    expect(edit('one two', 'ctrl+w').text).toBe('one ');
    expect(edit('one two', 'ctrl+a', 'ctrl+d').text).toBe('ne two');
    expect(edit('one two', 'home', 'right', 'ctrl+k').text).toBe('o');
    expect(edit('one two', 'left', 'left', 'left', 'ctrl+u').text).toBe('two');
    expect(edit('ac', 'left', 'b')).toEqual({ text: 'abc', caret: 2 });
  });
  it('never cuts a character in two', () => {
    expect(edit('a👨‍👩‍👧é', 'backspace', 'backspace').text).toBe('a');
  });
  it('keeps the caret inside, whatever is pressed', () => {
    const keys = fc.constantFrom(...EDIT_KEYS, 'x', 'é', 'space');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(keys), (text, names) => {
        const { text: end, caret } = edit(text, ...names);
        expect(caret).toBeGreaterThanOrEqual(0);
        expect(caret).toBeLessThanOrEqual(characters(end).length);
      }),
    );
  });
});

describe('stepping a number', () => {
  const option = (key: string) => {
    const found = FORM_OPTIONS.find((each) => each.key === key);
    if (!found) throw new Error(`no option ${key}`);
    return found;
  };
  it('goes to the next multiple and stays inside the limits', () => {
    expect(stepValue(option('sample'), 1, 1, false)).toBe(10);
    expect(stepValue(option('sample'), 60, 1, true)).toBe(120);
    expect(stepValue(option('days'), 1, -1, false)).toBe(1);
    expect(stepValue(option('peakMultiplier'), 2.5, 1, false)).toBe(2.6);
  });
  it('moves both ends of a range and keeps its width', () => {
    expect(stepValue(option('errorRateIncident'), { min: 25, max: 40 }, -1, true)).toEqual({
      min: 20,
      max: 35,
    });
    expect(stepValue(option('incidentsPerDay'), { min: 7, max: 8 }, 1, true)).toEqual({ min: 7, max: 8 });
  });
  it('only gives values that the option takes', () => {
    const numbers = FORM_OPTIONS.filter(({ kind }) => kind.type === 'integer' || kind.type === 'number');
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.array(fc.tuple(fc.constantFrom(-1, 1), fc.boolean())),
        (each, moves) => {
          let value = each.default ?? 7;
          for (const [by, big] of moves) value = stepValue(each, value, by, big) ?? value;
          expect(each.parse(String(value))).toBe(value);
        },
      ),
    );
  });
});

const open: UiContext[] = [];
afterEach(() => {
  for (const ui of open.splice(0)) ui.session.send({ type: 'terminate', exit: 0 });
});

function uiOn(down = false, unfinished: readonly OpenRun[] = []): UiContext {
  const cluster = fakeCluster({
    indexes: new Map([[INDEX, indexState(INDEX, 5)]]),
    ...(down ? { url: 'http://localhost:9999' } : {}),
  });
  const session = createSession({
    services: fakeServices(cluster),
    settings: wizardSettings(),
    password: undefined,
    random: 0,
    unfinished,
  });
  const ui: UiContext = {
    session,
    store: createUiStore(),
    terminal: { copy: () => {}, suspend: () => {}, redraw: () => {} },
  };
  session.subscribe(() => {});
  open.push(ui);
  return ui;
}

const NAMES = [
  'enter',
  'escape',
  'up',
  'down',
  'left',
  'right',
  'tab',
  'shift+tab',
  'pageup',
  'pagedown',
  'home',
  'end',
  'backspace',
  'space',
  '1',
  '2',
  '4',
  '5',
  '9',
  '+',
  '-',
  'a',
  'e',
  'p',
  'r',
  'u',
  'z',
  'd',
  'c',
  'l',
  '?',
  'j',
  'k',
  'x',
  'ctrl+u',
  'ctrl+t',
  'ctrl+l',
];

describe('the keymap', () => {
  it('keeps the wizard in a valid state under random keys, and always shows a way on', async () => {
    const runs = fc.asyncProperty(
      fc.boolean(),
      fc.constantFrom<readonly OpenRun[]>([], [], [openRun()], [openRun(), openRun({ id: 'r0' })]),
      fc.array(fc.constantFrom(...NAMES), { minLength: 5, maxLength: 40 }),
      async (down, unfinished, names) => {
        const ui = uiOn(down, unfinished);
        for (const name of names) {
          dispatch(ui, press(name));
          await new Promise((resolve) => setImmediate(resolve));
          const { step, run, ended } = ui.session.getSnapshot();
          expect(['start', ...STEPS]).toContain(step.name);
          if (step.name === 'load' || step.name === 'check' || step.name === 'next')
            expect(run).toBeDefined();
          if (ended) break;
          const bindings = keymap(ui);
          expect(bindings.some(({ keys }) => keys.includes('ctrl+c'))).toBe(true);
          const labels = bindings.map(({ label }) => label);
          expect(new Set(labels).size, `two hints for one key: ${labels}`).toBe(labels.length);
          expect(helpRows(ui).length).toBeGreaterThanOrEqual(3);
        }
        ui.session.send({ type: 'terminate', exit: 0 });
      },
    );
    await fc.assert(runs, { numRuns: 1000 });
  });

  it('explains every key of the footer in the help', async () => {
    const ui = uiOn();
    const footer = footerHints(keymap(ui), 200).filter(({ keys }) => !keys.includes('?'));
    const help = helpRows(ui);
    for (const { label, does } of footer)
      expect(help.some((row) => row.startsWith(label) && row.endsWith(does))).toBe(true);
  });

  it('gives letters to the text field while one is typed in', () => {
    const ui = uiOn();
    for (const name of ['q', '?', 'r', 'd']) dispatch(ui, press(name));
    expect(ui.session.getSnapshot().answers.address).toBe('http://localhost:9200q?rd');
    expect(ui.store.get().overlay).toBeUndefined();
  });

  it('takes keys that come together one after the other, each with what the one before did', () => {
    const ui = uiOn();
    for (const name of ['ctrl+u', 'a', 'b', 'home', 'x', 'tab', 'm', 'e']) dispatch(ui, press(name));
    const { answers } = ui.session.getSnapshot();
    expect(answers.address).toBe('xab');
    expect(answers.settings.username).toBe('me');
  });
});

describe('the footer', () => {
  it('fits into any width and keeps what is worth most', () => {
    const ui = uiOn();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (columns) => {
        const hints = footerHints(keymap(ui), columns);
        const width = hints.map(({ label, does }) => `${label} ${does}`).join('   ').length;
        expect(width).toBeLessThanOrEqual(Math.max(columns, 0));
      }),
    );
  });
});
