// The connection form, and a local node that is starting.
import { wantsPassword } from '../../../wizard/connect.ts';
import { fieldsOfKind, otherKind, signInKind } from '../../../wizard/sign-in.ts';
import type { WizardState } from '../../../wizard/state.ts';
import type { ConnectField } from '../../../wizard/steps.ts';
import type { UiContext } from '../ui-context.ts';
import { CARET_AT_END } from '../ui-state.ts';
import type { Binding } from './binding.ts';
import { enterKey, escapeKey, wrap } from './common-keys.ts';
import type { KeyPress } from './key-press.ts';
import { characters, EDIT_KEYS, editText } from './text-edit.ts';

/** The fields in view: those about certificates only where there is one. */
export function connectFields(state: WizardState): readonly ConnectField[] {
  const tls = state.answers.address.trim().toLowerCase().startsWith('https:');
  const signIn = fieldsOfKind(signInKind(state));
  return ['address', ...signIn, ...(tls ? (['caFile', 'insecure'] as const) : [])];
}

/** The text in a field of the connection form. */
export function fieldText({ answers }: WizardState, field: ConnectField): string {
  const { settings } = answers;
  return {
    address: answers.address,
    username: settings.username ?? '',
    password: answers.password ?? '',
    token: answers.token ?? '',
    clientCert: settings.clientCert ?? '',
    clientKey: settings.clientKey ?? '',
    keyPassphrase: answers.keyPassphrase ?? '',
    caFile: settings.caFile ?? '',
    insecure: '',
  }[field];
}

/** The field that has the focus; one that has just gone out of view gives it to the first. */
export function focusedField(state: WizardState): ConnectField {
  const field = state.step.name === 'connect' ? state.step.field : 'address';
  return connectFields(state).includes(field) ? field : 'address';
}

/** Fields whose text is shown as stars until it is revealed. */
export const isSecret = (field: ConnectField) =>
  field === 'password' || field === 'token' || field === 'keyPassphrase';

const INTENTS = {
  address: 'address',
  username: 'username',
  password: 'password',
  token: 'token',
  clientCert: 'client-cert',
  clientKey: 'client-key',
  keyPassphrase: 'key-passphrase',
  caFile: 'ca-file',
} as const;

function edit({ session, store }: UiContext, field: ConnectField, press: KeyPress): void {
  const text = fieldText(session.getSnapshot(), field);
  const { carets } = store.get();
  const next = editText({ text, caret: Math.min(carets[field], characters(text).length) }, press);
  // At the end it stays there, also when the answer changes by itself: a local node sets the address.
  const caret = next.caret === characters(next.text).length ? CARET_AT_END : next.caret;
  store.set({ carets: { ...carets, [field]: caret } });
  if (next.text === text) return;
  if (field !== 'insecure') session.send({ type: INTENTS[field], text: next.text });
}

function move({ session }: UiContext, by: number): void {
  const state = session.getSnapshot();
  const fields = connectFields(state);
  const field = fields[wrap(fields.indexOf(focusedField(state)) + by, fields.length)];
  if (field) session.send({ type: 'field', field });
}

function fieldKeys(ui: UiContext, field: ConnectField): readonly Binding[] {
  const { session, store } = ui;
  if (field === 'insecure') {
    const { insecure, fingerprint } = session.getSnapshot().answers.settings;
    const toggle = () => session.send({ type: 'insecure', on: fingerprint === undefined && !insecure });
    return [{ keys: ['space', 'left', 'right'], label: 'Space', does: 'change', footer: 7, run: toggle }];
  }
  const secret: Binding = {
    keys: ['ctrl+t'],
    label: 'Ctrl+T',
    does: store.get().showPassword ? 'hide' : 'reveal',
    footer: 7,
    run: () => store.set({ showPassword: !store.get().showPassword }),
  };
  return [
    ...(isSecret(field) ? [secret] : []),
    {
      keys: ['text', ...EDIT_KEYS],
      label: 'typing',
      does: 'edit the field; Ctrl+U clears it',
      run: (press) => edit(ui, field, press),
    },
  ];
}

const KIND_WORDS = {
  user: 'use a password',
  token: 'use a token',
  certificate: 'use a certificate',
} as const;

/** Shows the fields of another kind of sign-in in place of these. */
const kindKey = ({ session }: UiContext): Binding => ({
  keys: ['ctrl+o'],
  label: 'Ctrl+O',
  does: KIND_WORDS[otherKind(session.getSnapshot())],
  footer: 5,
  run: () => session.send({ type: 'sign-in-kind' }),
});

/** Keys of the connection form. */
export function connectKeys(ui: UiContext): readonly Binding[] {
  const { session } = ui;
  const state = session.getSnapshot();
  const does = {
    ...{ idle: wantsPassword(state) ? 'password' : 'connect', down: 'show fixes', unreadable: '' },
    ...(state.resuming
      ? { climbing: 'resume loading', up: 'resume loading' }
      : { climbing: 'continue', up: 'continue' }),
  }[state.connection.state];
  return [
    ...(state.connection.state === 'unreadable'
      ? []
      : [enterKey(does, () => session.send({ type: 'forward' }))]),
    { keys: ['down', 'tab'], label: 'Tab ↑↓', does: 'move', footer: 7.2, run: () => move(ui, 1) },
    { keys: ['up', 'shift+tab'], label: 'Shift+Tab ↑', does: 'previous field', run: () => move(ui, -1) },
    kindKey(ui),
    ...fieldKeys(ui, focusedField(state)),
    ...(state.connection.state === 'climbing'
      ? [escapeKey(ui, 'cancel')]
      : state.unfinished.length > 0 && !state.run
        ? [escapeKey(ui)]
        : []),
  ];
}

/** Keys while the local node starts. */
export function nodeKeys(ui: UiContext): readonly Binding[] {
  return [escapeKey(ui, 'cancel')];
}
