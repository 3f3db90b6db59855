// A page as data: what the guide consists of, whatever it is written in.
import type { Query } from '../../events.ts';

export type Inline =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly url: string; readonly text: string };

export type Text = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly kind: 'shell'; readonly lines: readonly string[] }
  /** A request for Dev Tools. */
  | { readonly kind: 'request'; readonly query: Query };

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
export const paragraph = (...text: Text): Block => ({ kind: 'paragraph', text });
export const list = (items: readonly Text[]): Block => ({ kind: 'list', items });
export const table = (head: readonly string[], rows: readonly (readonly Text[])[]): Block => ({
  ...{ kind: 'table', head, rows },
});
export const code = (text: string): Inline => ({ code: text });
export const strong = (text: string): Inline => ({ strong: text });
