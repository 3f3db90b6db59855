// Next: what to do with the demo, one piece of advice at a time.
import { Box } from 'ink';
import { count } from '../../text/format.ts';
import { nextAdvice } from '../../text/next-text.ts';
import { plainText } from '../../text/plain-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines } from '../components/line.tsx';
import type { Shown } from '../shown.ts';

const TWO_COLUMNS = 100;

/** The list of advice, and the one in focus in full. */
export function NextScreen({ shown }: { readonly shown: Shown }) {
  const { state, view, body, columns, ui } = shown;
  const { done } = state.work ?? {};
  const advice = nextAdvice(state, ui.session.services.program);
  const focus = Math.min(view.next, advice.length - 1);
  const chosen = advice[focus];
  const beside = columns >= TWO_COLUMNS;
  const listWidth = beside ? 44 : body.columns;
  const room = beside ? body.rows - 2 : body.rows - 3 - advice.length;
  const textWidth = beside ? body.columns - listWidth : body.columns - 4;
  const rows = chosen ? fitLines(chosen.lines.map(plainText), textWidth, room) : [];
  return (
    <>
      <Line tone={done?.ok ? 'done' : 'care'}>
        {done?.ok
          ? `Your demo is ready: ${count(done.documents.found)} documents in ${done.index}`
          : `${count(done?.documents.found ?? 0)} documents are in ${done?.index ?? ''}, but not every check passed`}
      </Line>
      <Line />
      <Box flexDirection={beside ? 'row' : 'column'}>
        <Box flexDirection="column" width={listWidth} flexShrink={0}>
          {advice.map(({ title }, place) => (
            <FocusLine key={title} focused={place === focus}>
              {place + 1} {title}
            </FocusLine>
          ))}
        </Box>
        {beside ? null : <Line />}
        <Box flexDirection="column" width={beside ? textWidth : body.columns} flexShrink={0}>
          <Lines rows={rows.map((row) => (beside ? row : `    ${row}`))} />
        </Box>
      </Box>
    </>
  );
}
