// What the keyboard and a paste are read as.
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { type KeyPress, pasted, pressesOf } from '../../../../../src/ui/ink/keys/key-press.ts';
import { dispatch } from '../../../../../src/ui/ink/keys/keymap.ts';
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
