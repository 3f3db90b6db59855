// The panel of every error: what happened, why, how far it got, and what can be done about it now.
import { Box } from 'ink';
import type { LadderRow } from '../../text/link-text.ts';
import type { Problem } from '../../text/problem.ts';
import { fitLines, wrapText } from '../../text/wrap.ts';
import { FocusLine } from './focus.tsx';
import { Line, Say } from './line.tsx';
import { Mark } from './mark.tsx';

const LABEL = 9;
const ROOMY = 16;

function Labelled({ label, rows }: { readonly label: string; readonly rows: readonly string[] }) {
  return rows.map((row, place) => (
    <Line key={place}>
      <Say tone="quiet">{(place === 0 ? label : '').padEnd(LABEL)}</Say>
      {row}
    </Line>
  ));
}

/** Rungs that fit into the narrowest screen, with the failed one among them. */
const RUNGS_SHOWN = 6;
/** From this width on all rungs fit. */
const WIDE = 74;

function Rungs({ ladder, columns }: { readonly ladder: readonly LadderRow[]; readonly columns: number }) {
  const last = ladder.findIndex(({ mark }) => mark === 'failed');
  const end = Math.max(last + 1, RUNGS_SHOWN);
  const shown = ladder.slice(columns >= WIDE ? 0 : end - RUNGS_SHOWN, end);
  const width = shown.reduce((sum, { name }) => sum + name.length + 4, LABEL);
  const gap = width <= columns ? '  ' : ' ';
  return (
    <Line>
      <Say tone="quiet">{'Checked'.padEnd(LABEL)}</Say>
      {shown.map(({ rung, mark, name }) => (
        <Say key={rung}>
          <Mark mark={mark} /> {name}
          {gap}
        </Say>
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

/** Rows of the reason and of the certificate: both in full, or the certificate first. */
function reasonRows(
  { why, shown = [] }: Problem,
  width: number,
  rows: number,
): { why: string[]; shown: string[] } {
  const facts = shown.flatMap((line) => hexRows(line, width));
  const left = Math.max(shown.length > 0 ? 0 : 1, rows - facts.length);
  return { why: why === '' ? [] : fitLines([why], width, left), shown: facts };
}

/** A fingerprint is broken after one of its pairs. */
function hexRows(line: string, width: number): string[] {
  return wrapText(line.replaceAll(':', ': '), width).map((row) => row.replaceAll(': ', ':'));
}

/** ✘ sentence, reason, ladder, numbered actions. */
export function ProblemPanel({ problem, focus, columns, rows, waiting }: ProblemPanelProps) {
  const { sentence, ladder, recoveries } = problem;
  const roomy = rows >= ROOMY;
  const fixed = recoveries.length + 1 + (ladder ? 1 : 0) + (roomy ? 3 : 1);
  const title = fitLines([sentence], columns - 2, Math.max(1, Math.min(3, rows - fixed - 1)));
  const { why, shown } = reasonRows(problem, columns - LABEL, rows - fixed - title.length);
  return (
    <Box flexDirection="column">
      {title.map((row, place) => (
        <Line key={place}>
          {place === 0 ? <Mark mark="failed" /> : ' '} <Say tone="strong">{row}</Say>
        </Line>
      ))}
      {fixed + title.length + why.length + shown.length > rows ? null : <Line />}
      <Labelled label="Why" rows={why} />
      <Labelled label="Shown" rows={shown} />
      {ladder ? <Rungs ladder={ladder} columns={columns} /> : null}
      {roomy ? <Line /> : null}
      <Line>
        <Say tone="strong">What you can do now</Say>
        {waiting === '' ? '' : <Say tone="care">{`   ${waiting}`}</Say>}
      </Line>
      {recoveries.map(({ id, label, hint }, place) => (
        <FocusLine key={id} focused={place === Math.min(focus, recoveries.length - 1)}>
          {place + 1} {label}
          {hint === '' ? '' : <Say tone="quiet">{`   (${hint})`}</Say>}
        </FocusLine>
      ))}
    </Box>
  );
}
