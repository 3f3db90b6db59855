// A chart with its title above and, when wanted, incident marks and the time axis below.
import { Box } from 'ink';
import { chart } from '../../text/chart.ts';
import type { Tone } from '../theme.ts';
import { Line, Lines } from './line.tsx';

interface ChartProps {
  readonly title: string;
  readonly values: readonly number[];
  /** The axis reaches at least to here. */
  readonly top: number;
  readonly width: number;
  /** Rows with the title. */
  readonly rows: number;
  readonly tone: Tone;
  /** The chart in a sentence, for those who do not see it; empty when another one's sentence tells it. */
  readonly label: string;
}

/** Exactly `rows` rows and `width` columns. */
export function Chart({ title, values, top, width, rows, tone, label }: ChartProps) {
  return (
    <Box
      flexDirection="column"
      width={width}
      height={rows}
      flexShrink={0}
      aria-label={label}
      aria-hidden={label === ''}
    >
      <Line tone="strong">{title}</Line>
      <Lines rows={chart({ values, top, width, height: rows - 1 })} tone={tone} />
    </Box>
  );
}
