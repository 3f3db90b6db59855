// A terminal in which no screen has room; nothing is lost, it only waits.
import { Box, Text } from 'ink';
import { SMALLEST } from '../screen-props.ts';

/** `Needs 60x20, this is 52x18.` */
export function TooSmallScreen({ columns, rows }: { readonly columns: number; readonly rows: number }) {
  return (
    <Box width={columns} height={Math.max(1, rows - 1)} flexDirection="column" overflow="hidden">
      <Text wrap="wrap">
        Needs {SMALLEST.columns}x{SMALLEST.rows}, this is {columns}x{rows}. Enlarge the window, or press p for
        plain questions. Your answers are kept.
      </Text>
    </Box>
  );
}
