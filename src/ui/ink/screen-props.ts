// One frame: the state, the view and the size it is drawn for.
import type { WizardState } from '../../wizard/state.ts';
import type { UiContext } from './ui-context.ts';
import type { UiState } from './ui-state.ts';

export const SMALLEST = { columns: 60, rows: 20 } as const;

/** Rows outside the body: header, rule, status, rule, footer; and the last row stays free. */
const AROUND = 6;

export interface ScreenProps {
  readonly ui: UiContext;
  readonly state: WizardState;
  readonly uiState: UiState;
  /** Of the terminal. */
  readonly columns: number;
  readonly rows: number;
  /** What a screen may fill: one column is free on each side. */
  readonly body: { readonly columns: number; readonly rows: number };
  readonly nowMs: number;
  /** Read out instead of looked at: one thing after the other, and nothing cut short. */
  readonly reader: boolean;
}

/** What a screen reader gets is not cut by a window; it only has to stay below the sizes with two columns. */
const READ_OUT = { columns: 99, rows: 60 };

/** A frame for this size of terminal. */
export function screenProps(
  size: { columns: number; rows: number },
  parts: Omit<ScreenProps, 'columns' | 'rows' | 'body'>,
): ScreenProps {
  const { columns, rows } = parts.reader ? READ_OUT : size;
  return { ...parts, columns, rows, body: { columns: columns - 2, rows: rows - AROUND } };
}

/** True when the terminal is too small for the screens. */
export function tooSmall({ columns, rows }: { columns: number; rows: number }): boolean {
  return columns < SMALLEST.columns || rows < SMALLEST.rows;
}
