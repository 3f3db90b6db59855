// Next: what to do with the demo, one piece of advice at a time.
import { Box } from 'ink';
import { plainText } from '../../../text/plain-text.ts';
import { FINISH, finishLines, nextHead, removeMadeQuestion } from '../../text/next-text.ts';
import { REMOVE_CHOICES } from '../../text/start-text.ts';
import { fitLines, widest } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines } from '../components/line.tsx';
import { listWindow } from '../components/list-window.ts';
import { adviceInFocus } from '../keys/next-keys.ts';
import type { ScreenProps } from '../screen-props.ts';

const TWO_COLUMNS = 100;

/** Rows of what stands below the line that finishes: the longest that is to be read without opening it. */
const FINISH_ROWS = 6;

/** Rows kept for the advice itself where only a part of the list is in view. */
const DETAIL_ROWS = 7;

/** The list whole where that is possible, if need be without the blank row above it; else a part of it. */
function listRoom(length: number, rows: number): { readonly gap: boolean; readonly rows: number } {
  const spare = rows - length - FINISH_ROWS;
  if (spare >= 0) return { gap: spare > 0, rows: length };
  return { gap: false, rows: Math.max(3, rows - DETAIL_ROWS) };
}

function Remove({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  return (
    <>
      <Lines rows={fitLines([removeMadeQuestion(state)], body.columns, 3)} tone="care" />
      <Line />
      {REMOVE_CHOICES.map((choice, place) => (
        <FocusLine key={choice} focused={place === uiState.answer}>
          {place + 1} {choice}
        </FocusLine>
      ))}
    </>
  );
}

/** The list of advice with the line that finishes, and what has the focus in full. */
function AdviceList({ screen }: { readonly screen: ScreenProps }) {
  const { state, body, columns, ui } = screen;
  const { done } = state.run ?? {};
  const { advice, focus } = adviceInFocus(ui);
  const rowsOf = [...advice.map(({ title }, place) => `${place + 1} ${title}`), FINISH];
  const beside = columns >= TWO_COLUMNS;
  const longest = widest(rowsOf);
  const listWidth = beside ? longest + 6 : body.columns;
  const title = fitLines([nextHead(state)], body.columns, 2);
  const rowsLeft = body.rows - title.length - 1;
  const list = beside ? { gap: true, rows: rowsOf.length } : listRoom(rowsOf.length, rowsLeft);
  const { from, to } = listWindow(rowsOf.length, focus, list.rows);
  const room = beside ? rowsLeft : rowsLeft - list.rows - (list.gap ? 1 : 0);
  const textWidth = beside ? body.columns - listWidth : body.columns - 4;
  const told = (advice[focus]?.lines ?? finishLines(state, advice)).map(plainText);
  const rows = fitLines(told, textWidth, room);
  return (
    <>
      <Lines rows={title} tone={done?.ok ? 'done' : 'care'} />
      {list.gap ? <Line /> : null}
      <Box flexDirection={beside ? 'row' : 'column'}>
        <Box flexDirection="column" width={listWidth} flexShrink={0}>
          {rowsOf.slice(from, to).map((row, place) => (
            <FocusLine key={row} focused={from + place === focus}>
              {row}
            </FocusLine>
          ))}
        </Box>
        {beside ? null : (
          <Line tone="quiet">
            {to - from < rowsOf.length ? `  ${from + 1} to ${to} of ${rowsOf.length}` : ' '}
          </Line>
        )}
        <Box flexDirection="column" width={beside ? textWidth : body.columns} flexShrink={0}>
          <Lines rows={rows.map((row) => (beside ? row : `    ${row}`))} />
        </Box>
      </Box>
    </>
  );
}

/** The last screen. */
export function NextScreen({ screen }: { readonly screen: ScreenProps }) {
  const { step } = screen.state;
  if (step.name !== 'next') return null;
  if (step.view === 'remove') return <Remove screen={screen} />;
  if (step.view === 'removing') return <Line tone="strong">Deleting …</Line>;
  return <AdviceList screen={screen} />;
}
