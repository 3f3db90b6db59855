// Check: what the plan expects, what the index says.
import type { CheckResult } from '../../../core/events.ts';
import { checkSentence, outcomeLines } from '../../text/check-text.ts';
import { plainText } from '../../text/plain-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Say } from '../components/line.tsx';
import { listWindow } from '../components/list-window.ts';
import { Mark } from '../components/mark.tsx';
import type { Shown } from '../shown.ts';

const AROUND = 3;
const DETAIL_ROWS = 5;

function CheckRow({ check, focused, width }: { check: CheckResult; focused: boolean; width: number }) {
  const title = Math.min(48, Math.max(20, Math.floor(width * 0.55)));
  return (
    <FocusLine focused={focused}>
      <Mark mark={check.ok ? 'ok' : 'failed'} />{' '}
      <Say tone={focused ? 'strong' : 'plain'}>{plainText(check.title).slice(0, title).padEnd(title)}</Say>{' '}
      <Say tone={check.ok ? 'quiet' : 'failed'}>{plainText(check.found)}</Say>
    </FocusLine>
  );
}

function Detail({ check, width }: { check: CheckResult; width: number }) {
  const rows = outcomeLines(check).map(plainText);
  return <Lines rows={fitLines(rows, width - 2, DETAIL_ROWS - 1).map((row) => `  ${row}`)} tone="quiet" />;
}

/** One row a check; the one in focus with expected and found. */
export function CheckScreen({ shown }: { readonly shown: Shown }) {
  const { state, view, body } = shown;
  const { work } = state;
  if (!work) return null;
  const { checks } = work;
  const ended = work.status === 'ended';
  const focus = Math.min(view.check ?? checks.length, checks.length);
  const focused = checks[focus];
  const rows = body.rows - AROUND - DETAIL_ROWS;
  const { from, to } = listWindow(checks.length, Math.min(focus, checks.length - 1), rows);
  const failed = checks.some(({ ok }) => !ok);
  const going = ended && !focused;
  return (
    <>
      <Line tone={failed ? 'failed' : ended ? 'done' : 'strong'}>{checkSentence(work)}</Line>
      <Line tone="quiet">{checks.length > rows ? `${from + 1} to ${to} of ${checks.length}` : ' '}</Line>
      {checks.slice(from, to).map((check, place) => (
        <CheckRow key={check.id} check={check} focused={from + place === focus} width={body.columns} />
      ))}
      <Line />
      {focused ? <Detail check={focused} width={body.columns} /> : null}
      {going ? (
        <FocusLine focused>
          {failed ? 'Go on all the same: how to show the demo' : 'Go on: how to show the demo'}
        </FocusLine>
      ) : null}
    </>
  );
}
