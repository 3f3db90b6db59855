// Next: what to do with the demo, one piece of advice at a time.
import { Box } from 'ink';
import { count } from '../../text/format.ts';
import { nextAdvice } from '../../text/next-text.ts';
import { plainText } from '../../text/plain-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines } from '../components/line.tsx';
import { listWindow } from '../components/list-window.ts';
import type { Shown } from '../shown.ts';

const TWO_COLUMNS = 100;
/** Rows kept for the advice itself where the list stands above it. */
const DETAIL_ROWS = 8;

/** The list of advice, and the one in focus in full. */
export function NextScreen({ shown }: { readonly shown: Shown }) {
  const { state, view, body, columns, ui } = shown;
  const { done } = state.work ?? {};
  const advice = nextAdvice(state, ui.session.services.program);
  const focus = Math.min(view.next, advice.length - 1);
  const chosen = advice[focus];
  const beside = columns >= TWO_COLUMNS;
  const longest = Math.max(0, ...advice.map(({ title }) => title.length));
  const listWidth = beside ? longest + 8 : body.columns;
  const head = done?.ok
    ? [`Your demo is ready: ${count(done.documents.found)} documents in ${done.index}`]
    : [
        `${count(done?.documents.found ?? 0)} documents are in ${done?.index ?? ''}, but not every check passed`,
      ];
  const title = fitLines(head, body.columns, 2);
  const rowsLeft = body.rows - title.length - 1;
  const listRows = beside ? advice.length : Math.min(advice.length, Math.max(3, rowsLeft - DETAIL_ROWS));
  const { from, to } = listWindow(advice.length, focus, listRows);
  const room = beside ? rowsLeft : rowsLeft - listRows - 1;
  const textWidth = beside ? body.columns - listWidth : body.columns - 4;
  const rows = chosen ? fitLines(chosen.lines.map(plainText), textWidth, room) : [];
  return (
    <>
      <Lines rows={title} tone={done?.ok ? 'done' : 'care'} />
      <Line />
      <Box flexDirection={beside ? 'row' : 'column'}>
        <Box flexDirection="column" width={listWidth} flexShrink={0}>
          {advice.slice(from, to).map((item, place) => (
            <FocusLine key={item.title} focused={from + place === focus}>
              {from + place + 1} {item.title}
            </FocusLine>
          ))}
        </Box>
        {beside ? null : (
          <Line tone="quiet">
            {to - from < advice.length ? `  ${from + 1} to ${to} of ${advice.length}` : ' '}
          </Line>
        )}
        <Box flexDirection="column" width={beside ? textWidth : body.columns} flexShrink={0}>
          <Lines rows={rows.map((row) => (beside ? row : `    ${row}`))} />
        </Box>
      </Box>
    </>
  );
}
