// Below or beside the list of Check: the checks of a group with their values, one check in full, or the fixes.
import type { CheckResult } from '../../../core/events.ts';
import type { CheckGroup } from '../../../core/validate/check-groups.ts';
import { expectedCell, foundCell } from '../../../core/validate/result-text.ts';
import { plainText } from '../../../text/plain-text.ts';
import { claimIn, devToolsLines, groupTitle, outcomeLines } from '../../text/check-text.ts';
import { fitLines, inColumns, padded, widest, wrapText } from '../../text/wrap.ts';
import { Line, Lines, Toned } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';

const WIDEST_VALUE = 20;
/** Columns between two cells. */
const GAP = 2;
/** What was expected has a column of its own where the claims keep so many; of checks that failed it says more. */
const LEAST_CLAIM = 40;
const LEAST_FAILED_CLAIM = 24;

/** Columns of a table of checks. */
export interface CheckColumns {
  readonly claim: number;
  /** 0 where there is no room for it. */
  readonly expected: number;
  readonly found: number;
}

/** The columns in which these checks of a group are shown; the mark comes after them. */
export function checkColumns(group: CheckGroup, checks: readonly CheckResult[], width: number): CheckColumns {
  const values = (cell: (check: CheckResult) => string, title: string) =>
    Math.min(WIDEST_VALUE, widest([title, ...checks.map((check) => plainText(cell(check)))]));
  const found = values(foundCell, 'found');
  const expected = values(expectedCell, 'expected');
  const claims = widest(checks.map((check) => claimIn(group, check)));
  const room = width - found - 2 * GAP - 1;
  const beside = room - expected - GAP;
  const least = checks.some(({ ok }) => !ok) ? LEAST_FAILED_CLAIM : LEAST_CLAIM;
  const both = beside >= Math.min(claims, least);
  return { claim: Math.min(claims, both ? beside : room), expected: both ? expected : 0, found };
}

interface CheckCellsProps {
  readonly group: CheckGroup;
  readonly check: CheckResult;
  readonly columns: CheckColumns;
  readonly focused?: boolean;
}

/** One check in its columns: claim, expected, found, mark. */
export function CheckCells({ group, check, columns, focused = false }: CheckCellsProps) {
  const { claim, expected, found } = columns;
  const cell = (text: string, width: number) => (width > 0 ? `${inColumns(plainText(text), width)}  ` : '');
  return (
    <>
      <Toned tone={focused ? 'strong' : 'plain'}>{`${inColumns(claimIn(group, check), claim)}  `}</Toned>
      {cell(expectedCell(check), expected)}
      <Toned tone={check.ok ? 'plain' : 'failed'}>{cell(foundCell(check), found)}</Toned>
      <Mark mark={check.ok ? 'ok' : 'failed'} />
    </>
  );
}

interface GroupDetailProps {
  readonly group: CheckGroup;
  readonly width: number;
  readonly rows: number;
}

/** The first checks of a group; the last row says how many more there are. */
export function GroupDetail({ group, width, rows }: GroupDetailProps) {
  const { checks } = group;
  const room = rows - 1;
  if (room < 1) return null;
  const shown = checks.slice(0, checks.length > room ? room - 1 : room);
  const columns = checkColumns(group, shown, width - 2);
  const head = (text: string, columnWidth: number) =>
    columnWidth > 0 ? `${padded(text, columnWidth)}  ` : '';
  return (
    <>
      <Line>
        <Toned tone="strong">{`  ${inColumns(groupTitle(group), columns.claim)}  `}</Toned>
        <Toned tone="quiet">{head('expected', columns.expected) + head('found', columns.found)}</Toned>
      </Line>
      {shown.map((check) => (
        <Line key={check.id}>
          {'  '}
          <CheckCells group={group} check={check} columns={columns} />
        </Line>
      ))}
      {shown.length < checks.length ? <Line>{`  … ${checks.length - shown.length} more`}</Line> : null}
    </>
  );
}

interface OneCheckProps {
  readonly group: CheckGroup;
  readonly check: CheckResult;
  readonly width: number;
  readonly rows: number;
}

/** A check in full: its claim, what was expected and found. How long it took gives way first. */
export function OneCheck({ group, check, width, rows }: OneCheckProps) {
  const outcome = [claimIn(group, check), ...outcomeLines(check).map(plainText)];
  const all = outcome.flatMap((line) => wrapText(line, width - 2));
  const shown = all.length <= rows ? all : fitLines(outcome.slice(0, -1), width - 2, rows);
  return shown.map((row, place) => (
    <Line key={place} tone={place === 0 ? 'strong' : 'plain'}>{`  ${row}`}</Line>
  ));
}

interface QueryRowsProps {
  readonly check: CheckResult;
  readonly rows: number;
}

/** The query of a check, as far as there are rows for it. */
export function QueryRows({ check, rows }: QueryRowsProps) {
  const lines = devToolsLines(check.query).map(plainText);
  const shown = lines.length <= rows ? lines : [...lines.slice(0, Math.max(0, rows - 1)), '…'];
  return <Lines rows={shown.map((line) => `  ${line}`)} />;
}
