// Below or beside the list of Check: the checks of a group with their values, one check in full, or the fixes.
import { Fragment } from 'react';
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

/** The claim of a check in the rows of its column: never cut, since its end may be the point. */
export const claimRows = (
  group: CheckGroup,
  check: CheckResult,
  { claim }: CheckColumns,
): readonly string[] => wrapText(claimIn(group, check), claim);

interface CheckCellsProps {
  readonly group: CheckGroup;
  readonly check: CheckResult;
  readonly columns: CheckColumns;
  readonly focused?: boolean;
}

/** One check in its columns: the first row of its claim, expected, found, mark. */
export function CheckCells({ group, check, columns, focused = false }: CheckCellsProps) {
  const { claim, expected, found } = columns;
  const [first = ''] = claimRows(group, check, columns);
  const cell = (text: string, width: number) => (width > 0 ? `${inColumns(plainText(text), width)}  ` : '');
  return (
    <>
      <Toned tone={focused ? 'strong' : 'plain'}>{`${padded(first, claim)}  `}</Toned>
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

/** The first checks that fit into so many rows; where not all do, a row stays free to say so. */
function firstChecks(group: CheckGroup, columns: CheckColumns, rows: number): readonly CheckResult[] {
  const heights = group.checks.map((check) => claimRows(group, check, columns).length);
  const sum = (end: number) => heights.slice(0, end).reduce((total, height) => total + height, 0);
  const fitting = (room: number) => heights.findLastIndex((_, place) => sum(place + 1) <= room) + 1;
  const all = fitting(rows);
  return group.checks.slice(0, all === heights.length ? all : fitting(rows - 1));
}

/** The first checks of a group; the last row says how many more there are. */
export function GroupDetail({ group, width, rows }: GroupDetailProps) {
  const { checks } = group;
  const room = rows - 1;
  if (room < 1) return null;
  const columns = checkColumns(group, checks, width - 2);
  const shown = firstChecks(group, columns, room);
  const head = (text: string, columnWidth: number) =>
    columnWidth > 0 ? `${padded(text, columnWidth)}  ` : '';
  return (
    <>
      <Line>
        <Toned tone="strong">{`  ${inColumns(groupTitle(group), columns.claim)}  `}</Toned>
        <Toned tone="quiet">{head('expected', columns.expected) + head('found', columns.found)}</Toned>
      </Line>
      {shown.map((check) => (
        <Fragment key={check.id}>
          <Line>
            {'  '}
            <CheckCells group={group} check={check} columns={columns} />
          </Line>
          <Lines
            rows={claimRows(group, check, columns)
              .slice(1)
              .map((row) => `  ${row}`)}
          />
        </Fragment>
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
