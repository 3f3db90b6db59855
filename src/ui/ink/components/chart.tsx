// A chart with its title above and, when wanted, incident marks and the time axis below.
import { Box } from 'ink';
import { chart, type Scale } from '../../text/chart.ts';
import type { Tone } from '../theme.ts';
import { Line, Lines } from './line.tsx';

interface ChartProps {
  /** Empty for a chart without a title row. */
  readonly title: string;
  readonly values: readonly number[];
  readonly scale: Scale;
  /** How much of the width the values take, 0 to 1. @default 1 */
  readonly filled?: number;
  readonly width: number;
  /** Rows, with that of the title. */
  readonly rows: number;
  readonly tone: Tone;
  /** The chart in a sentence, for those who do not see it; empty when another one's sentence says it. */
  readonly label: string;
}

/** Exactly `rows` rows and `width` columns. */
export function Chart({ title, values, scale, filled = 1, width, rows, tone, label }: ChartProps) {
  return (
    <Box
      flexDirection="column"
      width={width}
      height={rows}
      flexShrink={0}
      aria-label={label}
      aria-hidden={label === ''}
    >
      {title === '' ? null : <Line tone="strong">{title}</Line>}
      <Lines
        rows={chart({ values, scale, filled, width, height: title === '' ? rows : rows - 1 })}
        tone={tone}
      />
    </Box>
  );
}
