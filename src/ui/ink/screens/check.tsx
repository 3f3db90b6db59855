// Check: what the plan expects, what the index says.

import { Box } from 'ink';
import type { CheckResult } from '../../../core/events.ts';
import { foundText } from '../../../core/validate/result-text.ts';
import { plainText } from '../../../text/plain-text.ts';
import type { RunView } from '../../../wizard/state.ts';
import { checkItems, checkSentence, claimOf, devToolsLines, outcomeLines } from '../../text/check-text.ts';
import { columnsOf, fitLines, inColumns, widest, wrapText } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { listWindow } from '../components/list-window.ts';
import { Mark } from '../components/mark.tsx';
import { focusedCheck } from '../keys/check-keys.ts';
import type { ScreenProps } from '../screen-props.ts';

const AROUND = 3;
const DETAIL_ROWS = 5;

/** What was found is told in full under the list. */
const FOUND_WIDTH = 16;
const ROOMY = 74;

/** From this width on the query stands beside the list. */
const SIDE_PANEL = 120;

interface CheckRowProps {
  readonly check: CheckResult;
  readonly focused: boolean;
  /** Columns for the claim, and for what was found. */
  readonly title: number;
  readonly found: number;
}

function CheckRow({ check, focused, title, found }: CheckRowProps) {
  const { about, claim } = claimOf(check);
  const indent = about === '' ? '' : '  ';
  const room = title - indent.length;
  return (
    <FocusLine focused={focused}>
      {indent}
      <Mark mark={check.ok ? 'ok' : 'failed'} />{' '}
      <Toned tone={focused ? 'strong' : 'plain'}>{inColumns(claim, room)}</Toned>{' '}
      <Toned tone={check.ok ? 'quiet' : 'failed'}>
        {found > 0 ? inColumns(plainText(foundText(check)), found).trimEnd() : ''}
      </Toned>
    </FocusLine>
  );
}

interface DetailProps {
  readonly check: CheckResult;
  readonly width: number;
  /** Columns that its row has for the claim. */
  readonly title: number;
}

/** What was expected and found; before it the claim, where its row is too narrow for it. */
function Detail({ check, width, title }: DetailProps) {
  const { about, claim } = claimOf(check);
  const whole = columnsOf(claim) > title - (about === '' ? 0 : 2) ? [claim] : [];
  const outcome = [...whole, ...outcomeLines(check).map(plainText)];
  const all = outcome.flatMap((line) => wrapText(line, width - 2));
  // How long it took gives way before anything else does: an ellipsis after a number reads as a part of it.
  const rows = all.length <= DETAIL_ROWS ? all : fitLines(outcome.slice(0, -1), width - 2, DETAIL_ROWS);
  return <Lines rows={rows.map((row) => `  ${row}`)} tone="quiet" />;
}

/** The query beside the list, where there is room for it. */
function QueryPanel({ check, rows, width }: { check: CheckResult; rows: number; width: number }) {
  const lines = devToolsLines(check.query).map(plainText);
  return (
    <Box flexDirection="column" width={width} flexShrink={0} paddingLeft={2}>
      <Line tone="strong">Query for Dev Tools</Line>
      <Lines rows={lines.slice(0, rows - 1)} tone="quiet" />
    </Box>
  );
}

interface ListProps {
  readonly run: RunView;
  readonly focus: number;
  readonly columns: number;
  readonly rows: number;
}

function CheckList({ run, focus, columns, rows }: ListProps) {
  const { checks } = run;
  const focused = checks[focus];
  const items = checkItems(checks);
  const room = rows - AROUND - DETAIL_ROWS;
  const inFocus = items.findIndex((item) => 'place' in item && item.place === focus);
  const { from, to } = listWindow(items.length, inFocus < 0 ? items.length - 1 : inFocus, room);
  const seen = items.slice(from, to);
  const places = seen.flatMap((item) => ('place' in item ? [item.place] : []));
  const found =
    columns < ROOMY ? 0 : Math.min(FOUND_WIDTH, widest(checks.map((check) => plainText(foundText(check)))));
  const longest = widest(checks.map((check) => claimOf(check).claim)) + 2;
  const title = Math.min(longest, columns - 6 - found);
  const failed = checks.some(({ ok }) => !ok);
  const advice = (run.done?.error?.actions ?? []).map((action) => `  - ${plainText(action)}`);
  const range = `${(places[0] ?? 0) + 1} to ${(places.at(-1) ?? 0) + 1} of ${checks.length}`;
  const first = checks[places[0] ?? -1];
  // The heading of the first row may be out of view.
  const about = first && seen[0] && 'place' in seen[0] ? claimOf(first).about : '';
  return (
    <>
      <Line tone="quiet">{items.length > room ? `${range}${about === '' ? '' : `   ${about}`}` : ' '}</Line>
      {seen.map((item) =>
        'place' in item ? (
          <CheckRow
            key={item.check.id}
            check={item.check}
            focused={item.place === focus}
            title={title}
            found={found}
          />
        ) : (
          <Line key={item.about} tone="strong">{`  ${item.about}`}</Line>
        ),
      )}
      <Line />
      {focused ? <Detail check={focused} width={columns} title={title} /> : null}
      {run.status === 'ended' && !focused ? (
        <>
          <FocusLine focused>
            {failed ? 'Continue anyway: present the demo' : 'Continue: present the demo'}
          </FocusLine>
          <Lines rows={fitLines(advice, columns, DETAIL_ROWS - 1)} tone="quiet" />
        </>
      ) : null}
    </>
  );
}

/** One row a check; the one in focus with expected and found. */
export function CheckScreen({ screen }: { readonly screen: ScreenProps }) {
  const { ui, state, body, columns } = screen;
  const { run } = state;
  if (!run) return null;
  const { checks } = run;
  const focus = focusedCheck(ui) ?? checks.length;
  const focused = checks[focus];
  const failed = checks.some(({ ok }) => !ok);
  const ended = run.status === 'ended';
  const side = columns >= SIDE_PANEL && focused ? Math.floor(body.columns * 0.42) : 0;
  return (
    <>
      <Line tone={failed ? 'failed' : ended ? 'done' : 'strong'}>{checkSentence(run)}</Line>
      <Box height={body.rows - 1} flexShrink={0}>
        <Box flexDirection="column" width={body.columns - side} flexShrink={0}>
          <CheckList run={run} focus={focus} columns={body.columns - side} rows={body.rows} />
        </Box>
        {focused && side > 0 ? <QueryPanel check={focused} rows={body.rows - 1} width={side} /> : null}
      </Box>
    </>
  );
}
