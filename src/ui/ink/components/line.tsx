// One row of text, cut at the edge, never wrapped and never squeezed away.
import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { TONES, type Tone } from '../theme.ts';

/** Words in a tone, inside a row. */
export function Say({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <Text {...TONES[tone]}>{children}</Text>;
}

interface LineProps {
  readonly tone?: Tone;
  readonly children?: ReactNode;
  /** Columns; left out, the whole width. */
  readonly width?: number;
}

/** A row of the screen. */
export function Line({ tone = 'plain', children = ' ', width }: LineProps) {
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
      {row === '' ? ' ' : row}
    </Line>
  ));
}
