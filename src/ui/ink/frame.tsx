// The frame of every screen: header, rule, body, status, rule, footer. The last row of the terminal stays free.
import { Box } from 'ink';
import type { ReactNode } from 'react';
import { SYMBOLS } from '../text/symbols.ts';
import { Line } from './components/line.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { keymap } from './keys/keymap.ts';
import type { ScreenProps } from './screen-props.ts';
import { statusOf } from './status.ts';

/** Draws a screen's body into the frame; the body can never push the frame out of view. */
export function Frame({ screen, children }: { readonly screen: ScreenProps; readonly children: ReactNode }) {
  const { columns, rows, body, state, ui } = screen;
  const status = statusOf(screen);
  return (
    <Box width={columns} height={rows - 1} flexDirection="column" overflow="hidden">
      <Header state={state} columns={columns} />
      <Line tone="quiet" decorative>
        {SYMBOLS.rule.repeat(columns)}
      </Line>
      <Box height={body.rows} flexDirection="column" paddingX={1} overflow="hidden" flexShrink={0}>
        {children}
      </Box>
      <Box paddingX={1} height={1} flexShrink={0}>
        <Line tone={status.tone}>{status.text || ' '}</Line>
      </Box>
      <Line tone="quiet" decorative>
        {SYMBOLS.rule.repeat(columns)}
      </Line>
      <Footer bindings={keymap(ui)} columns={columns} />
    </Box>
  );
}
