// Start: a run that did not end, and what can become of it.
import {
  REMOVE_CHOICES,
  removeQuestion,
  type StartFact,
  startFacts,
  startHead,
  startOptions,
} from '../../text/start-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { choiceHeight, choiceRows, otherHints } from '../components/choice-layout.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { Line, Toned } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import { Question } from '../components/question.tsx';
import type { ScreenProps } from '../screen-props.ts';

const LABEL_WIDTH = 14;

/** Head and question. */
const AROUND = 2;

/** The facts in rows: one each, and as long as rows are spare a second one for those that need it. */
function factRows(facts: readonly StartFact[], width: number, spare: number): readonly string[][] {
  let left = spare;
  return facts.map(({ text }) => {
    const rows = fitLines([text], width - LABEL_WIDTH - 2, 1 + Math.min(1, left));
    left -= rows.length - 1;
    return rows;
  });
}

function Facts({
  facts,
  rows,
}: {
  readonly facts: readonly StartFact[];
  readonly rows: readonly string[][];
}) {
  return facts.map(({ label }, fact) =>
    rows[fact]?.map((row, place) => (
      <Line key={`${label}${place}`}>
        {'  '}
        <Toned tone="quiet">{(place === 0 ? label : '').padEnd(LABEL_WIDTH)}</Toned>
        {row}
      </Line>
    )),
  );
}

function Choices({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  const options = startOptions(state);
  const focus = Math.min(uiState.start, options.length - 1);
  const choices = choiceRows(options, body.columns);
  const height = choiceHeight(choices);
  const facts = startFacts(state);
  const spare = Math.max(0, body.rows - AROUND - facts.length - height.least);
  const rows = factRows(facts, body.columns, spare);
  const free = spare - (rows.flat().length - facts.length);
  const gaps = Math.min(2, free);
  const hints = otherHints(height, free - gaps);
  return (
    <>
      <Line>
        <Mark mark="care" /> <Toned tone="strong">{startHead(state)}</Toned>
      </Line>
      {gaps > 1 ? <Line /> : null}
      <Facts facts={facts} rows={rows} />
      {gaps > 0 ? <Line /> : null}
      <Line tone="strong">What do you want to do with it?</Line>
      <ChoiceList choices={choices} focus={focus} rows={height.least + hints} />
    </>
  );
}

function Remove({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  const focus = Math.min(uiState.start, REMOVE_CHOICES.length - 1);
  return (
    <Question
      question={removeQuestion(state)}
      choices={REMOVE_CHOICES}
      focus={focus}
      columns={body.columns}
    />
  );
}

/** The question about an unfinished run. */
export function StartScreen({ screen }: { readonly screen: ScreenProps }) {
  const { step } = screen.state;
  if (step.name !== 'start') return null;
  if (step.view === 'remove') return <Remove screen={screen} />;
  if (step.view === 'removing') return <Line tone="strong">Deleting …</Line>;
  return <Choices screen={screen} />;
}
