// Tune: numbers are stepped or typed, and every key redraws the charts.
import type { Option } from '../../../options/kinds.ts';
import type { Settings } from '../../../options/settings.ts';
import { FORM_OPTIONS } from '../../../options/table.ts';
import { valueProblem, valueWords } from '../../text/tune-text.ts';
import { zoomWindows } from '../../text/tune-zoom.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { enterKey, escapeKey, listKeys, stepBack, wrap } from './common-keys.ts';
import type { KeyPress } from './key-press.ts';
import { stepValue } from './step-value.ts';
import { draftOf, editText } from './text-edit.ts';

/** The parameter that has the focus. */
export function focusedOption({ store }: Pick<UiContext, 'store'>): Option | undefined {
  return FORM_OPTIONS[Math.min(store.get().tune, FORM_OPTIONS.length - 1)];
}

function set(ui: UiContext, option: Option, value: Settings[keyof Settings], merge = false): void {
  ui.session.send({ type: 'parameter', key: option.key, value, merge });
}

function step(ui: UiContext, by: number, big: boolean): void {
  const option = focusedOption(ui);
  if (!option) return;
  ui.store.set({ number: undefined });
  const { settings } = ui.session.getSnapshot().answers;
  const value = stepValue(option, settings[option.key], by, big);
  if (value !== undefined) set(ui, option, value);
}

/** The first key replaces the number; each text that can be read counts at once. */
function type(ui: UiContext, press: KeyPress): void {
  const option = focusedOption(ui);
  const before = ui.store.get().number;
  if (!option || option.kind.type === 'choice' || (!before && press.text === '')) return;
  if (press.name === 'paste' && !/^[\d.-]+$/.test(press.text)) return;
  const draft = editText(before ?? draftOf(''), press);
  const value = valueProblem(option, draft.text) === undefined ? option.parse(draft.text) : undefined;
  const now = ui.session.getSnapshot().answers.settings[option.key];
  const changes = value !== undefined && JSON.stringify(value) !== JSON.stringify(now);
  if (changes) set(ui, option, value, before?.counted ?? false);
  ui.store.set({ number: { ...draft, counted: changes || (before?.counted ?? false) } });
}

/** Ends typing; what cannot be read as a whole does not count in part either. */
function stopTyping(ui: UiContext): void {
  const { session, store } = ui;
  const option = focusedOption(ui);
  const { number } = store.get();
  if (!option || !number) return;
  store.set({ number: undefined });
  if (valueProblem(option, number.text) === undefined) return;
  if (number.counted) session.send({ type: 'undo' });
  const kept = valueWords(option, session.getSnapshot().answers.settings);
  const kind = option.kind.type === 'range' ? 'range' : 'number';
  store.set({
    said: number.text === '' ? `Keeping ${kept}` : `"${number.text}" is not a valid ${kind}; keeping ${kept}`,
  });
}

/** Enter goes on, but not past a value that does not count: the status line says why. */
function leave(ui: UiContext): void {
  const option = focusedOption(ui);
  const { number } = ui.store.get();
  if (option && number && valueProblem(option, number.text) !== undefined) {
    if (number.text === '') stopTyping(ui);
    return;
  }
  stopTyping(ui);
  ui.session.send({ type: 'forward' });
}

function reset(ui: UiContext): void {
  const option = focusedOption(ui);
  ui.store.set({ number: undefined });
  if (option && option.default !== undefined) set(ui, option, option.default);
}

/** True when the parameter in focus has a usual value and is not at it. */
function isChanged(ui: UiContext): boolean {
  const option = focusedOption(ui);
  const { settings } = ui.session.getSnapshot().answers;
  if (option?.default === undefined) return false;
  return JSON.stringify(settings[option.key]) !== JSON.stringify(option.default);
}

function zoom({ session, store }: UiContext): void {
  const { forecast, nowMs } = session.getSnapshot();
  if (forecast.state !== 'ready') return;
  store.set({ zoom: wrap(store.get().zoom + 1, zoomWindows(forecast.forecast, nowMs).length) });
}

const NUMBER_SIGNS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-'];

/** Keys of the Tune screen. */
export function tuneKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { number } = store.get();
  const { undo } = session.getSnapshot();
  const focus = Math.min(store.get().tune, FORM_OPTIONS.length - 1);
  const typing: Binding = {
    keys: [...NUMBER_SIGNS, 'paste', 'backspace', ...(number ? ['delete', 'ctrl+u'] : [])],
    label: '0-9',
    does: 'type a value',
    footer: 3,
    run: (press) => type(ui, press),
  };
  return [
    ...(session.getSnapshot().forecast.state === 'ready' ? [enterKey('continue', () => leave(ui))] : []),
    ...listKeys({
      length: FORM_OPTIONS.length,
      focus,
      move: (tune) => {
        stopTyping(ui);
        store.set({ tune });
      },
      back: () => {
        stopTyping(ui);
        stepBack(ui)();
      },
    }),
    {
      keys: ['left', 'right'],
      label: '←→',
      does: 'change',
      footer: 7,
      run: ({ name }) => step(ui, name === 'left' ? -1 : 1, false),
    },
    {
      keys: ['pageup', 'pagedown'],
      label: 'PgUp PgDn',
      does: 'big step',
      footer: 1,
      run: ({ name }) => step(ui, name === 'pagedown' ? -1 : 1, true),
    },
    typing,
    ...(isChanged(ui) ? [{ keys: ['r'], label: 'r', does: 'reset', footer: 4, run: () => reset(ui) }] : []),
    ...(undo.length > 0
      ? [{ keys: ['u'], label: 'u', does: 'undo', footer: 4, run: () => undoLast(ui) }]
      : []),
    { keys: ['z'], label: 'z', does: 'zoom', footer: 5, run: () => zoom(ui) },
    number
      ? {
          keys: ['escape'],
          label: 'Esc',
          does: 'stop typing',
          footer: 8,
          run: () => stopTyping(ui),
        }
      : escapeKey(ui),
  ];
}

function undoLast({ session, store }: UiContext): void {
  store.set({ number: undefined });
  session.send({ type: 'undo' });
}
