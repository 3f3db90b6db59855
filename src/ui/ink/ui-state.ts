// What is on the screen beside the answers: where the focus is, what is half typed, which overlay is open.
import type { ConnectField } from '../../wizard/steps.ts';
import type { Draft } from './keys/text-edit.ts';

export type OverlayKind =
  | 'help'
  | 'details'
  | 'log'
  | 'errors'
  | 'query'
  | 'story'
  | 'scene'
  | 'copied'
  | 'docker'
  | 'pattern'
  | 'delete'
  | 'guide'
  | 'notes'
  | 'live-log';

export interface UiState {
  readonly overlay: { readonly kind: OverlayKind; readonly scroll: number } | undefined;
  /** One short sentence about what a key just did. */
  readonly said: string | undefined;
  readonly carets: Readonly<Record<ConnectField, number>>;
  readonly showPassword: boolean;
  /** Places of the focus in the lists. */
  readonly start: number;
  readonly problem: number;
  readonly scenario: number;
  readonly tune: number;
  readonly index: number;
  readonly leave: number;
  /** Key of a row of Check; undefined is the line that goes on. */
  readonly check: string | undefined;
  /** Ids of the groups of checks that were opened. */
  readonly opened: readonly string[];
  /** Place of the scenario in focus. */
  readonly next: number;
  /** What was copied last, where it is too long for a row. */
  readonly copied: string;
  /** Address of a Dashboards. */
  readonly dashboards: Draft;
  /** Of the two answers to a question. */
  readonly answer: number;
  /** The number that is being typed in Tune; `counted` once part of it has changed the answers. */
  readonly number: (Draft & { readonly counted: boolean }) | undefined;
  /** 0 is the whole range, 1 the first incident in time, and so on. */
  readonly zoom: number;
  /** The path of a preset file. */
  readonly path: Draft;
  readonly name: Draft;
  readonly replace: Draft;
}

const EMPTY: Draft = { text: '', caret: 0 };
/** Behind the last character, however many there are. */
export const CARET_AT_END = Number.MAX_SAFE_INTEGER;

const FIRST_UI_STATE: UiState = {
  overlay: undefined,
  said: undefined,
  carets: {
    ...{ address: CARET_AT_END, username: CARET_AT_END, password: CARET_AT_END, token: CARET_AT_END },
    ...{
      clientCert: CARET_AT_END,
      clientKey: CARET_AT_END,
      keyPassphrase: CARET_AT_END,
      caFile: CARET_AT_END,
      insecure: 0,
    },
  },
  showPassword: false,
  start: 0,
  problem: 0,
  scenario: 0,
  tune: 0,
  index: 0,
  leave: 0,
  check: undefined,
  opened: [],
  next: 0,
  copied: '',
  dashboards: EMPTY,
  answer: 0,
  number: undefined,
  zoom: 0,
  path: EMPTY,
  name: EMPTY,
  replace: EMPTY,
};

export interface UiStore {
  readonly get: () => UiState;
  readonly set: (changes: Partial<UiState>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** A view that is read at once by the next key, not only by the next frame. */
export function createUiStore(): UiStore {
  const listeners = new Set<() => void>();
  let view = FIRST_UI_STATE;
  return {
    get: () => view,
    set: (changes) => {
      const next = { ...view, ...changes };
      // A frame that shows nothing new would only hold back the next one.
      if (
        Object.keys(changes).every((key) => Object.is(next[key as keyof UiState], view[key as keyof UiState]))
      )
        return;
      view = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
