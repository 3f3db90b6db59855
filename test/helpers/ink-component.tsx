// A single component of the wizard as it is drawn, without the wizard around it.
import { Box } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { onTestFinished } from 'vitest';

/** The rows of a component in so many columns, without trailing spaces; at most 100, the width of that terminal. */
export function rowsOf(component: ReactElement, columns: number): string[] {
  onTestFinished(cleanup);
  const { lastFrame } = render(
    <Box flexDirection="column" width={columns}>
      {component}
    </Box>,
  );
  return (lastFrame() ?? '').split('\n').map((row) => row.trimEnd());
}
