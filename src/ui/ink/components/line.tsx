// One row of text, cut at the edge, never wrapped and never squeezed away.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { TONES, type Tone } from '../theme.ts';

interface TonedProps {
  readonly tone?: Tone;
  readonly children: ReactNode;
  /** What a screen reader says instead; empty for what is only seen. */
  readonly spoken?: string;
}

/** Words in a tone, inside a row. */
export function Toned({ tone = 'plain', children, spoken }: TonedProps) {
  return (
    <Text {...TONES[tone]} aria-hidden={spoken === ''} {...(spoken ? { 'aria-label': spoken } : {})}>
      {children}
    </Text>
  );
}

interface LineProps {
  readonly tone?: Tone;
  readonly children?: ReactNode;
  /** Columns; left out, the whole width. */
  readonly width?: number;
  /** True for what is only seen: a rule, a row of marks. */
  readonly decorative?: boolean;
}

const EMPTY = ' ';

/** A row of the screen; an empty one is no row for a screen reader. */
export function Line({ tone = 'plain', children = EMPTY, width, decorative = false }: LineProps) {
  const reader = useIsScreenReaderEnabled();
  if (reader && (decorative || children === EMPTY)) return null;
  return (
    <Box height={1} flexShrink={0} {...(width === undefined ? {} : { width })}>
      <Text wrap="truncate-end" {...TONES[tone]}>
        {children}
      </Text>
    </Box>
  );
}

/** Rows that are known as texts. */
export function Lines({ rows, tone = 'plain' }: { readonly rows: readonly string[]; readonly tone?: Tone }) {
  return rows.map((row, place) => (
    <Line key={place} tone={tone}>
      {row === '' ? EMPTY : row}
    </Line>
  ));
}
