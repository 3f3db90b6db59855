// The one place on the screen that takes the keys.
import type { ReactNode } from 'react';
import { SYMBOLS } from '../../text/symbols.ts';
import { Line, Say } from './line.tsx';

/** A row of a list or form: `❯` before it when it has the focus. */
export function FocusLine({
  focused,
  children,
}: {
  readonly focused: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Line>
      <Say tone="focus">{focused ? SYMBOLS.focus : ' '}</Say> {children}
    </Line>
  );
}
