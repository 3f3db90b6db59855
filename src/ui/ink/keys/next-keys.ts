// Next: a list of advice, each piece to be opened, and a line that finishes.
import { firstLink } from '../../../wizard/dashboards.ts';
import { type Advice, nextAdvice } from '../../text/next-text.ts';
import { REMOVE_CHOICES } from '../../text/start-text.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { copyKey, digitKeys, enterKey, escapeKey, listKeys, openKey, stepBack } from './common-keys.ts';

/** The pieces of advice, and which has the focus; its place is their number on the line that finishes. */
export function adviceInFocus({ session, store }: Pick<UiContext, 'session' | 'store'>): {
  advice: readonly Advice[];
  focus: number;
} {
  const advice = nextAdvice(session.getSnapshot(), session.services.program);
  return { advice, focus: Math.min(store.get().next ?? advice.length, advice.length) };
}

/** The advice that has the focus; undefined on the line that finishes. */
export function focusedAdvice(ui: UiContext): Advice | undefined {
  const { advice, focus } = adviceInFocus(ui);
  return advice[focus];
}

function removeKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { answer } = store.get();
  const pick = (place: number) => session.send({ type: place === 0 ? 'back' : 'remove-run' });
  return [
    enterKey('choose', () => pick(answer)),
    ...listKeys({
      length: REMOVE_CHOICES.length,
      focus: answer,
      move: (place) => store.set({ answer: place }),
      back: stepBack(ui),
    }),
    digitKeys(REMOVE_CHOICES.length, 'choose', pick),
    escapeKey(ui, 'keep it'),
  ];
}

const ENTER = { remove: 'delete …', install: 'install', show: 'open' } as const;

/** Keys of the last screen. */
export function nextKeys(ui: UiContext): readonly Binding[] {
  const { session, store } = ui;
  const { step } = session.getSnapshot();
  if (step.name !== 'next' || step.view === 'removing') return [];
  if (step.view === 'remove') return removeKeys(ui);
  const { advice, focus } = adviceInFocus(ui);
  const chosen = advice[focus];
  const open = () => {
    if (chosen?.action === 'install') return session.send({ type: 'install-dashboards' });
    if (chosen?.action !== 'remove') return store.set({ overlay: { kind: 'advice', scroll: 0 } });
    store.set({ answer: 0 });
    return session.send({ type: 'ask-remove' });
  };
  return [
    chosen
      ? enterKey(ENTER[chosen.action ?? 'show'], open)
      : enterKey('finish', () => session.send({ type: 'forward' })),
    ...listKeys({
      length: advice.length + 1,
      focus,
      move: (next) => store.set({ next: next === advice.length ? undefined : next }),
      back: stepBack(ui),
    }),
    digitKeys(advice.length, 'show', (next) => store.set({ next })),
    ...openKey(ui, chosen ? chosen.open : firstLink(session.getSnapshot())?.url),
    ...copyKey(ui, 'copy', chosen?.copy ?? ''),
    escapeKey(ui),
  ];
}
