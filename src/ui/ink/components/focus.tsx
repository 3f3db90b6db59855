// The one place on the screen that takes the keys.
import { Box, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { SYMBOLS } from '../../text/symbols.ts';
import { Line, Toned } from './line.tsx';

interface FocusLineProps {
  readonly focused: boolean;
  readonly children: ReactNode;
  /** Of an item that can be ticked. */
  readonly checked?: boolean;
  /** A field that is typed in, instead of an item of a list. */
  readonly typing?: boolean;
}

/** A row of a list or form; the one that has the focus is bold and has `❯` before it. */
export function FocusLine({ focused, children, checked = false, typing = false }: FocusLineProps) {
  const reader = useIsScreenReaderEnabled();
  const row = (
    <Line>
      {reader ? '' : <Toned tone="focus">{focused ? SYMBOLS.focus : ' '}</Toned>}
      {reader ? '' : ' '}
      <Toned tone={focused ? 'strong' : 'plain'}>{children}</Toned>
    </Line>
  );
  if (!reader) return row;
  return (
    <Box aria-role={typing ? 'textbox' : 'option'} aria-state={{ selected: focused, checked }}>
      {row}
    </Box>
  );
}
