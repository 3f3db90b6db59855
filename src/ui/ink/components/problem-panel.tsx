// The panel of every error: what happened, why, how far it got, and what can be done about it now.
import { Box } from 'ink';
import type { LadderRow } from '../../text/connect-text.ts';
import type { Problem } from '../../text/problem.ts';
import { columnsOf, fitLines, wrapText } from '../../text/wrap.ts';
import { choiceHeight, choiceRows, otherHints } from './choice-layout.ts';
import { ChoiceList } from './choice-list.tsx';
import { Line, Toned } from './line.tsx';
import { Mark } from './mark.tsx';

const LABEL = 9;

function Labelled({ label, rows }: { readonly label: string; readonly rows: readonly string[] }) {
  return rows.map((row, place) => (
    <Line key={place}>
      <Toned tone="quiet">{(place === 0 ? label : '').padEnd(LABEL)}</Toned>
      {row}
    </Line>
  ));
}

/** Columns of a rung: its mark, a space, its name. */
const rungColumns = ({ name }: LadderRow) => columnsOf(name) + 2;
const rungsColumns = (rungs: readonly LadderRow[], gap: number) =>
  rungs.reduce((sum, rung) => sum + rungColumns(rung) + gap, -gap);

/** The rungs that fit into so many columns: the failed one, what was reached before it, then what was not. */
function rungsShown(ladder: readonly LadderRow[], columns: number): readonly LadderRow[] {
  const fits = (from: number, end: number) => rungsColumns(ladder.slice(from, end), 1) <= columns;
  const failed = Math.max(
    0,
    ladder.findIndex(({ mark }) => mark === 'failed'),
  );
  let from = 0;
  while (from < failed && !fits(from, failed + 1)) from++;
  let end = failed + 1;
  while (end < ladder.length && fits(from, end + 1)) end++;
  return ladder.slice(from, end);
}

function Rungs({ ladder, columns }: { readonly ladder: readonly LadderRow[]; readonly columns: number }) {
  const room = columns - LABEL;
  const shown = rungsShown(ladder, room);
  const gap = rungsColumns(shown, 2) <= room ? '  ' : ' ';
  return (
    <Line>
      <Toned tone="quiet">{'Checked'.padEnd(LABEL)}</Toned>
      {shown.map(({ rung, mark, name }, place) => (
        <Toned key={rung}>
          {place === 0 ? '' : gap}
          <Mark mark={mark} /> {name}
        </Toned>
      ))}
    </Line>
  );
}

interface ProblemPanelProps {
  readonly problem: Problem;
  readonly focus: number;
  readonly columns: number;
  readonly rows: number;
  /** Said about a retry that is under way; empty when none is. */
  readonly waiting: string;
}

interface Rows {
  readonly title: readonly string[];
  readonly why: readonly string[];
  readonly shown: readonly string[];
  /** Room for blank rows. */
  readonly free: number;
}

const MAX_TITLE_ROWS = 3;

/** Shares the rows that the actions leave: the certificate in full, then the sentence, then the reason. */
function share({ sentence, why, shown = [] }: Problem, columns: number, rows: number): Rows {
  const facts = shown.flatMap((line) => hexRows(line, columns - LABEL)).slice(0, Math.max(0, rows - 1));
  const forTitle = Math.max(1, Math.min(MAX_TITLE_ROWS, rows - facts.length - (shown.length > 0 ? 0 : 1)));
  const title = fitLines([sentence], columns - 2, forTitle);
  const left = rows - facts.length - title.length;
  const reason = why === '' ? [] : fitLines([why], columns - LABEL, Math.max(0, left));
  return { title, why: reason, shown: facts, free: left - reason.length };
}

/** A fingerprint is broken after one of its pairs. */
function hexRows(line: string, width: number): string[] {
  return wrapText(line.replaceAll(':', ': '), width).map((row) => row.replaceAll(': ', ':'));
}

/** ✘ sentence, reason, ladder, numbered actions. */
export function ProblemPanel({ problem, focus, columns, rows, waiting }: ProblemPanelProps) {
  const { ladder, recoveries } = problem;
  const choices = choiceRows(recoveries, columns);
  const height = choiceHeight(choices);
  const around = 1 + (ladder ? 1 : 0);
  const { title, why, shown, free: left } = share(problem, columns, rows - around - height.least);
  const hints = otherHints(height, left);
  const free = left - hints;
  return (
    <Box flexDirection="column">
      {title.map((row, place) => (
        <Line key={place}>
          {place === 0 ? <Mark mark="failed" /> : ' '} <Toned tone="strong">{row}</Toned>
        </Line>
      ))}
      {free > 0 ? <Line /> : null}
      <Labelled label="Why" rows={why} />
      <Labelled label="Cert" rows={shown} />
      {ladder ? <Rungs ladder={ladder} columns={columns} /> : null}
      {free > 1 ? <Line /> : null}
      <Line>
        <Toned tone="strong">What you can do now</Toned>
        {waiting === '' ? '' : <Toned tone="care">{`   ${waiting}`}</Toned>}
      </Line>
      <ChoiceList
        choices={choices}
        focus={Math.min(focus, recoveries.length - 1)}
        rows={height.least + hints}
      />
    </Box>
  );
}
