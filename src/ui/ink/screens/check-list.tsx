// The rows of Check that are in view: groups, and below them the checks of those that are open.

import { Fragment } from 'react';
import type { CheckGroup } from '../../../core/validate/check-groups.ts';
import { groupAbout, groupCount, groupTitle } from '../../text/check-text.ts';
import { columnsOf, inColumns, padded, widest } from '../../text/wrap.ts';
import type { CheckRow } from '../check-rows.ts';
import { FocusLine } from '../components/focus.tsx';
import { Lines, Toned } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import { CheckCells, type CheckColumns, checkColumns, claimRows } from './check-detail.tsx';

/** Columns before a check, below its group. */
const INDENT = 2;
const FOCUS_WIDTH = 2;

/** The columns of the checks of a group that are in the list. */
function columnsFor(rows: readonly CheckRow[], group: CheckGroup, width: number): CheckColumns {
  const checks = rows.flatMap((each) => (each.kind === 'check' && each.group === group ? [each.check] : []));
  return checkColumns(group, checks, width - FOCUS_WIDTH - INDENT);
}

/** How many rows each takes. */
export const heightsOf = (rows: readonly CheckRow[], width: number): readonly number[] =>
  rows.map((row) =>
    row.kind === 'group' ? 1 : claimRows(row.group, row.check, columnsFor(rows, row.group, width)).length,
  );

/** A list of words with commas in so many columns: whole words, as many as fit. */
function wordsIn(text: string, width: number): string {
  const words = text.split(', ');
  const fitting = words
    .map((_, place) => words.slice(0, place + 1).join(', '))
    .findLast((part) => columnsOf(part) <= width);
  return padded(fitting ?? '', width);
}

interface CheckListProps {
  readonly rows: readonly CheckRow[];
  /** Those that are in view. */
  readonly from: number;
  readonly to: number;
  readonly focus: number;
  readonly width: number;
  readonly timeZone: string;
}

/** The rows in view: title, what it is about and the count of a group; the values of a check. */
export function CheckList({ rows, from, to, focus, width, timeZone }: CheckListProps) {
  const groups = rows.flatMap((row) => (row.kind === 'group' ? [row.group] : []));
  const titles = widest(groups.map(groupTitle));
  const counts = widest(groups.map(groupCount));
  const room = width - FOCUS_WIDTH - titles - 2 - 3 - counts;
  const abouts = groups.map((group) => groupAbout(group, timeZone));
  // Where a time does not fit, only titles and counts are shown: half a time reads as another one.
  const about = widest(groups.flatMap((group, place) => (group.window ? [abouts[place] ?? ''] : []))) + 2;
  const aboutWidth = about <= room ? room : 0;
  return rows.slice(from, to).map((row, place) => {
    const focused = from + place === focus;
    if (row.kind === 'check') {
      const columns = columnsFor(rows, row.group, width);
      const more = claimRows(row.group, row.check, columns).slice(1);
      return (
        <Fragment key={row.key}>
          <FocusLine focused={focused}>
            {' '.repeat(INDENT)}
            <CheckCells group={row.group} check={row.check} columns={columns} focused={focused} />
          </FocusLine>
          <Lines
            rows={more.map((line) => `${' '.repeat(FOCUS_WIDTH + INDENT)}${line}`)}
            tone={focused ? 'strong' : 'plain'}
          />
        </Fragment>
      );
    }
    const { group } = row;
    const title = aboutWidth > 0 ? titles : Math.min(titles, width - FOCUS_WIDTH - 4 - counts);
    return (
      <FocusLine key={row.key} focused={focused}>
        {`${inColumns(groupTitle(group), title)}  `}
        {aboutWidth > 0 ? `${wordsIn(groupAbout(group, timeZone), aboutWidth)} ` : ''}
        <Mark mark={group.failed > 0 ? 'failed' : 'ok'} />{' '}
        <Toned tone={group.failed > 0 ? 'failed' : 'plain'}>{groupCount(group).padStart(counts)}</Toned>
      </FocusLine>
    );
  });
}
