// Check: the groups of checks with their counts, what failed first, and below them the values of the one in focus.

import { Box } from 'ink';
import { plainText } from '../../../text/plain-text.ts';
import type { RunView } from '../../../wizard/run-view.ts';
import { checkSentence, checkZone, countedWords, diagnosisSentence } from '../../text/check-text.ts';
import { columnsOf, fitLines } from '../../text/wrap.ts';
import { type CheckRow, checkRows, rowInFocus } from '../check-rows.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { windowOfHeights } from '../components/list-window.ts';
import { Mark } from '../components/mark.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { GroupDetail, OneCheck, QueryRows } from './check-detail.tsx';
import { CheckList, heightsOf } from './check-list.tsx';

/** Rows from which on there are blank ones between the parts. */
const ROOMY_ROWS = 17;
/** Rows that the list leaves to the detail below it. */
const DETAIL_ROWS = 5;
/** From this width on the detail stands beside the list. */
const SIDE_PANEL = 120;

const continueWords = (failed: boolean) =>
  failed ? 'Continue anyway: present the demo' : 'Continue: present the demo';

/** The outcome, and at the right how many documents there are. */
function Headline({ run, columns }: { readonly run: RunView; readonly columns: number }) {
  const failed = run.checks.some(({ ok }) => !ok);
  const ended = run.status === 'ended';
  const sentence = checkSentence(run);
  const counted = countedWords(run);
  const free = columns - 2 - columnsOf(sentence) - columnsOf(counted);
  return (
    <Line>
      <Mark mark={failed ? 'failed' : ended ? 'ok' : 'busy'} />{' '}
      <Toned tone={failed ? 'failed' : ended ? 'done' : 'strong'}>{sentence}</Toned>
      {free > 1 && counted !== '' ? `${' '.repeat(free)}${counted}` : ''}
    </Line>
  );
}

interface DetailProps {
  readonly run: RunView;
  readonly rows: readonly CheckRow[];
  readonly focus: number;
  readonly width: number;
  readonly height: number;
}

/** Rows that the list leaves to that: none below a group that shows all, few where only the fixes stand. */
function detailRows({ done }: RunView, row: CheckRow | undefined): number {
  if (row?.kind === 'group' && row.shows === 'all') return 0;
  return row === undefined && done?.error ? Math.min(DETAIL_ROWS, done.error.actions.length) : DETAIL_ROWS;
}

/** What is to be known of the row in focus; on the line that goes on, the fixes, or the values of an incident. */
function Detail({ run, rows, focus, width, height }: DetailProps) {
  const row = rows[focus];
  if (row?.kind === 'check') {
    const whole = Math.min(height, 8);
    return (
      <>
        <OneCheck group={row.group} check={row.check} width={width} rows={whole} />
        {height > whole + 2 ? (
          <>
            <Line />
            <QueryRows check={row.check} rows={height - whole - 1} />
          </>
        ) : null}
      </>
    );
  }
  if (row?.kind === 'group')
    return row.shows === 'all' ? null : <GroupDetail group={row.group} width={width} rows={height} />;
  if (run.done?.error) {
    const advice = run.done.error.actions.map((action) => `- ${plainText(action)}`);
    return <Lines rows={fitLines(advice, width - 2, height).map((line) => `  ${line}`)} />;
  }
  const groups = rows.flatMap((each) => (each.kind === 'group' ? [each.group] : []));
  const shown = groups.find(({ kind }) => kind === 'preset') ?? groups[0];
  return shown ? <GroupDetail group={shown} width={width} rows={height} /> : null;
}

/** Groups with failed checks are first, the failed checks below them, and above all one sentence that says why. */
export function CheckScreen({ screen }: { readonly screen: ScreenProps }) {
  const { uiState, state, body, columns } = screen;
  const { run } = state;
  if (!run) return null;
  const timeZone = checkZone(state);
  const rows = checkRows(run, uiState);
  const focus = rowInFocus(run, rows, uiState);
  const ended = run.status === 'ended';
  const failed = run.checks.some(({ ok }) => !ok);
  const roomy = body.rows >= ROOMY_ROWS;
  const why = ended ? diagnosisSentence(run.checks, timeZone) : '';
  const diagnosis = why === '' ? [] : fitLines([why], body.columns - 2, roomy ? 3 : 2);
  const beside = columns >= SIDE_PANEL;
  const side = beside ? Math.floor(body.columns * 0.48) : 0;
  const width = body.columns - side;
  const room = body.rows - 1 - diagnosis.length - (ended ? 1 : 0) - (roomy ? 1 : 0);
  const wanted = detailRows(run, rows[focus]);
  const below = beside || wanted === 0 ? 0 : Math.min(wanted, room - 3) + (roomy ? 1 : 0);
  const first = focus < 0 || focus === rows.length ? 0 : focus;
  const list = windowOfHeights(heightsOf(rows, width), first, room - below);
  const { from, to } = list;
  const height = beside ? room : room - list.rows - (roomy ? 1 : 0);
  const detail = (
    <Detail run={run} rows={rows} focus={focus} width={beside ? side - 2 : width} height={height} />
  );
  return (
    <>
      <Headline run={run} columns={body.columns} />
      <Lines rows={diagnosis.map((line) => `  ${line}`)} tone="strong" />
      {roomy ? <Line /> : null}
      <Box height={beside ? room + 1 : list.rows + 1} flexShrink={0}>
        <Box flexDirection="column" width={width} flexShrink={0}>
          <CheckList {...{ rows, from, to, focus, width, timeZone }} />
          {ended ? (
            <FocusLine focused={focus === rows.length}>
              {continueWords(failed)}
              {to - from < rows.length ? `   (rows ${from + 1}-${to} of ${rows.length})` : ''}
            </FocusLine>
          ) : null}
        </Box>
        {beside ? (
          <Box flexDirection="column" width={side} flexShrink={0} paddingLeft={2}>
            {detail}
          </Box>
        ) : null}
      </Box>
      {beside ? null : (
        <>
          {roomy ? <Line /> : null}
          {detail}
        </>
      )}
    </>
  );
}
