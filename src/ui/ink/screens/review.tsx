// Review: everything at a glance before anything is written.
import { documents } from '../../text/format.ts';
import { type Fact, repeatCommand, repeatWords, reviewFacts, writtenWords } from '../../text/review-text.ts';
import { fitLines, wrapText } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { TextField } from '../components/text-field.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { IndexChoices } from './review-index.tsx';

const LABEL_WIDTH = 13;

interface FactRowsProps {
  readonly label: string;
  readonly rows: readonly string[];
  readonly gap: boolean;
}

function FactRows({ label, rows, gap }: FactRowsProps) {
  return (
    <>
      {rows.map((row, place) => (
        <Line key={place}>
          <Toned tone="strong">{(place === 0 ? label : '').padEnd(LABEL_WIDTH)}</Toned>
          {row}
        </Line>
      ))}
      {gap ? <Line /> : null}
    </>
  );
}

const wrapped = (lines: readonly string[], width: number) =>
  lines.flatMap((line) => wrapText(line, width - LABEL_WIDTH));

/** The facts in full when they fit into so many rows, else in short. */
function factRows(facts: readonly Fact[], width: number, rows: number): string[][] {
  const full = facts.map(({ lines }) => wrapped(lines, width));
  return full.flat().length <= rows ? full : facts.map(({ short }) => wrapped(short, width));
}

function Summary({ screen }: { readonly screen: ScreenProps }) {
  const { state, body, ui } = screen;
  const facts = reviewFacts(state);
  const line = repeatCommand(state, ui.session.services);
  // The command is there to be copied by eye too: the facts give way before it is cut.
  const wanted = wrapText(line, body.columns - 2).length;
  const rows = factRows(facts, body.columns, body.rows - 2 - wanted);
  const spare = body.rows - 2 - rows.flat().length;
  const command = fitLines([line], body.columns - 2, Math.max(1, spare));
  const free = spare - command.length;
  return (
    <>
      <Line tone="strong">Ready? {writtenWords(state)}</Line>
      {free > 0 ? <Line /> : null}
      {facts.map(({ label }, place) => (
        <FactRows
          key={label}
          label={`${place + 1} ${label}`}
          rows={rows[place] ?? []}
          gap={free > facts.length || (free > 1 && place === facts.length - 1)}
        />
      ))}
      <Line tone="quiet">{repeatWords(state)}</Line>
      <Lines rows={command.map((row) => `  ${row}`)} />
    </>
  );
}

function NameField({ screen, field }: { readonly screen: ScreenProps; readonly field: 'name' | 'replace' }) {
  const { state, uiState, body } = screen;
  const { index } = state.answers.settings;
  const there =
    state.indexStatus.state === 'taken' ? documents(state.indexStatus.index.documents) : 'its documents';
  const words =
    field === 'name'
      ? ['Index name', '', 'Lowercase letters, digits, - and _, not starting with _ or -.']
      : [
          `Delete ${index} with ${there}?`,
          '',
          'It is deleted when loading starts.',
          `Type ${index} to confirm.`,
        ];
  return (
    <>
      <Lines rows={wrapText(words[0] ?? '', body.columns)} tone={field === 'name' ? 'strong' : 'care'} />
      <Lines rows={words.slice(1).flatMap((line) => wrapText(line, body.columns))} tone="quiet" />
      <Line />
      <FocusLine focused>
        <TextField text={uiState[field].text} caret={uiState[field].caret} focused width={body.columns - 4} />
      </FocusLine>
    </>
  );
}

/** The summary, or what has to be decided about the index first. */
export function ReviewScreen({ screen }: { readonly screen: ScreenProps }) {
  const { step } = screen.state;
  if (step.name !== 'review') return null;
  if (step.view === 'index') return <IndexChoices screen={screen} />;
  if (step.view === 'name' || step.view === 'replace') return <NameField screen={screen} field={step.view} />;
  return <Summary screen={screen} />;
}
