// Tune: numbers are stepped or typed, and every key redraws the charts.
import { asAppError } from '../../../errors.ts';
import type { Option } from '../../../option-kinds.ts';
import { FORM_OPTIONS } from '../../../options.ts';
import type { Settings } from '../../../settings.ts';
import { reasonWords } from '../../text/link-text.ts';
import { zoomWindows } from '../../text/zoom.ts';
import { stepped } from '../stepped.ts';
import { draftOf, editText } from '../text-edit.ts';
import type { Ui } from '../ui.ts';
import type { Binding } from './binding.ts';
import { enterKey, escapeKey, listKeys, stepBack, wrap } from './common-keys.ts';
import type { Press } from './press.ts';

/** The parameter that has the focus. */
export function focusedOption({ view }: Pick<Ui, 'view'>): Option | undefined {
  return FORM_OPTIONS[Math.min(view.get().tune, FORM_OPTIONS.length - 1)];
}

/** Why a typed number does not count; undefined when it does. */
export function numberProblem(option: Option, text: string): string | undefined {
  try {
    option.parse(text);
    return undefined;
  } catch (error) {
    return reasonWords(asAppError(error));
  }
}

function set(ui: Ui, option: Option, value: Settings[keyof Settings], merge = false): void {
  ui.session.send({ type: 'parameter', key: option.key, value, merge });
}

function step(ui: Ui, by: number, big: boolean): void {
  const option = focusedOption(ui);
  if (!option) return;
  ui.view.set({ number: undefined });
  const { settings } = ui.session.getSnapshot().answers;
  const value = stepped(option, settings[option.key], by, big);
  if (value !== undefined) set(ui, option, value);
}

/** The first key replaces the number; each text that can be read counts at once. */
function type(ui: Ui, press: Press): void {
  const option = focusedOption(ui);
  const before = ui.view.get().number;
  if (!option || (!before && press.text === '')) return;
  const number = editText(before ?? draftOf(''), press);
  ui.view.set({ number });
  if (numberProblem(option, number.text) === undefined) {
    set(ui, option, option.parse(number.text), before !== undefined);
  }
}

function reset(ui: Ui): void {
  const option = focusedOption(ui);
  ui.view.set({ number: undefined });
  if (option && option.default !== undefined) set(ui, option, option.default);
}

/** True when the parameter in focus has a usual value and is not at it. */
function isChanged(ui: Ui): boolean {
  const option = focusedOption(ui);
  const { settings } = ui.session.getSnapshot().answers;
  if (option?.default === undefined) return false;
  return JSON.stringify(settings[option.key]) !== JSON.stringify(option.default);
}

function zoom({ session, view }: Ui): void {
  const { outlook, nowMs } = session.getSnapshot();
  if (outlook.state !== 'ready') return;
  view.set({ zoom: wrap(view.get().zoom + 1, zoomWindows(outlook.forecast, nowMs).length) });
}

const NUMBER_SIGNS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '-'];

/** Keys of the Tune screen. */
export function tuneKeys(ui: Ui): readonly Binding[] {
  const { session, view } = ui;
  const { number } = view.get();
  const { undo } = session.getSnapshot();
  const focus = Math.min(view.get().tune, FORM_OPTIONS.length - 1);
  const typing: Binding = {
    keys: [...NUMBER_SIGNS, 'backspace', ...(number ? ['delete', 'ctrl+u'] : [])],
    label: '0-9',
    does: 'type a value',
    footer: 3,
    run: (press) => type(ui, press),
  };
  const leave = () => {
    view.set({ number: undefined });
    session.send({ type: 'forward' });
  };
  return [
    ...(session.getSnapshot().outlook.state === 'ready' ? [enterKey('next', leave)] : []),
    ...listKeys({
      length: FORM_OPTIONS.length,
      focus,
      move: (tune) => view.set({ tune, number: undefined }),
      back: stepBack(ui),
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
          run: () => view.set({ number: undefined }),
        }
      : escapeKey(ui),
  ];
}

function undoLast({ session, view }: Ui): void {
  view.set({ number: undefined });
  session.send({ type: 'undo' });
}
