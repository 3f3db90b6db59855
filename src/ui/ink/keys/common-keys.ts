// Keys that several screens share.
import { plainText } from '../../../text/plain-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';

/** The main action of the step. */
export function enterKey(does: string, run: () => void): Binding {
  return { keys: ['enter'], label: 'Enter', does, footer: 9, run };
}

/** Escape: one step back, or out of what is open. */
export function escapeKey({ session }: UiContext, does = 'back'): Binding {
  return { keys: ['escape'], label: 'Esc', does, footer: 8, run: () => session.send({ type: 'back' }) };
}

/** One step back, as Escape does. */
export const stepBack =
  ({ session }: UiContext) =>
  () =>
    session.send({ type: 'back' });

/** The place after moving in a list that wraps around. */
export function wrap(place: number, length: number): number {
  return length === 0 ? 0 : ((place % length) + length) % length;
}

interface List {
  readonly length: number;
  readonly focus: number;
  readonly move: (place: number) => void;
  /** What Shift+Tab does on the first item; left out, it goes round to the last. */
  readonly back?: () => void;
}

/** ↑ ↓ (also j k), Tab, Shift+Tab, Home and End in a list. */
export function listKeys({ length, focus, move, back }: List): readonly Binding[] {
  const up = () => move(wrap(focus - 1, length));
  const down = () => move(wrap(focus + 1, length));
  return [
    {
      keys: ['up', 'k', 'down', 'j', 'tab'],
      label: '↑↓',
      does: 'move',
      footer: 6,
      run: ({ name }) => (name === 'up' || name === 'k' ? up() : down()),
    },
    {
      keys: ['shift+tab'],
      label: 'Shift+Tab',
      does: back ? 'move up; on the first item, go back' : 'move up',
      run: () => (focus === 0 && back ? back() : up()),
    },
    {
      keys: ['home', 'end'],
      label: 'Home End',
      does: 'first or last item',
      run: ({ name }) => move(name === 'home' ? 0 : length - 1),
    },
  ];
}

/** 1 to 9 pick an item at once. */
export function digitKeys(length: number, does: string, pick: (place: number) => void, footer = 5): Binding {
  const last = Math.min(9, length);
  return {
    keys: Array.from({ length: last }, (_, place) => String(place + 1)),
    label: last === 1 ? '1' : `1-${last}`,
    does,
    footer,
    run: ({ name }) => pick(Number(name) - 1),
  };
}

interface Choices extends List {
  readonly pick: (place: number) => void;
  /** How much the digits matter in the footer. */
  readonly digitsFooter?: number;
}

/** One of several answers: Enter takes the one in focus, a digit any of them. */
export function chooseKeys({ pick, digitsFooter, ...list }: Choices): readonly Binding[] {
  return [
    enterKey('choose', () => pick(list.focus)),
    ...listKeys(list),
    digitKeys(list.length, 'choose', pick, digitsFooter),
  ];
}

/** Copies and says so; where the terminal does not allow it, the text can be marked with the mouse. */
export function copy({ terminal, store }: UiContext, text: string): void {
  terminal.copy(text);
  store.set({ said: `Copied: ${plainText(text)}` });
}

/** `c`, where there is something to copy. */
export function copyKey(ui: UiContext, does: string, text: string): readonly Binding[] {
  if (text === '') return [];
  return [{ keys: ['c'], label: 'c', does, footer: 4, run: () => copy(ui, text) }];
}

/** `o`, where there is a link to open. */
export function openKey(
  { session }: UiContext,
  url: string | undefined,
  does = 'open in browser',
): readonly Binding[] {
  if (url === undefined) return [];
  return [
    {
      keys: ['o'],
      label: 'o',
      does,
      footer: 7,
      run: () => session.send({ type: 'open-link', url }),
    },
  ];
}

/** `d`: what else is known. */
export const detailsKey = ({ store }: UiContext, footer = 3): Binding => ({
  keys: ['d'],
  label: 'd',
  does: 'details',
  footer,
  run: () => store.set({ overlay: { kind: 'details', scroll: 0 } }),
});

export const logKey = ({ store }: UiContext, footer = 4): Binding => ({
  keys: ['l'],
  label: 'l',
  does: 'log',
  footer,
  run: () => store.set({ overlay: { kind: 'log', scroll: Number.MAX_SAFE_INTEGER } }),
});
