// Start: a run that did not end, and what can become of it.
import {
  REMOVE_CHOICES,
  removeQuestion,
  startFacts,
  startHead,
  startOptions,
} from '../../text/start-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Say } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import type { Shown } from '../shown.ts';

const LABEL_WIDTH = 11;
/** Rows around the facts: head, three gaps and the question. */
const AROUND = 5;

function Facts({ shown, rows }: { readonly shown: Shown; readonly rows: number }) {
  const facts = startFacts(shown.state);
  const width = shown.body.columns - LABEL_WIDTH - 2;
  const spare = Math.max(0, rows - facts.length);
  return facts.map(({ label, text }) =>
    fitLines([text], width, 1 + Math.min(1, spare)).map((row, place) => (
      <Line key={`${label}${place}`}>
        {'  '}
        <Say tone="quiet">{(place === 0 ? label : '').padEnd(LABEL_WIDTH)}</Say>
        {row}
      </Line>
    )),
  );
}

function Choices({ shown }: { readonly shown: Shown }) {
  const { state, view, body } = shown;
  const options = startOptions(state);
  const focus = Math.min(view.start, options.length - 1);
  return (
    <>
      <Line>
        <Mark mark="care" /> <Say tone="strong">{startHead(state)}</Say>
      </Line>
      <Line />
      <Facts shown={shown} rows={body.rows - AROUND - options.length} />
      <Line />
      <Line tone="strong">What shall become of it?</Line>
      {options.map(({ choice, label, hint }, place) => (
        <FocusLine key={choice} focused={place === focus}>
          {place + 1} {label}
          {hint === '' ? '' : <Say tone="quiet">{`   (${hint})`}</Say>}
        </FocusLine>
      ))}
    </>
  );
}

function Remove({ shown }: { readonly shown: Shown }) {
  const { state, view, body } = shown;
  return (
    <>
      <Lines rows={fitLines([removeQuestion(state)], body.columns, 3)} tone="care" />
      <Line />
      {REMOVE_CHOICES.map((choice, place) => (
        <FocusLine key={choice} focused={place === Math.min(view.start, REMOVE_CHOICES.length - 1)}>
          {place + 1} {choice}
        </FocusLine>
      ))}
    </>
  );
}

/** The question about an unfinished run. */
export function StartScreen({ shown }: { readonly shown: Shown }) {
  const { step } = shown.state;
  if (step.name !== 'start') return null;
  if (step.view === 'remove') return <Remove shown={shown} />;
  if (step.view === 'removing') return <Line tone="strong">Deleting …</Line>;
  return <Choices shown={shown} />;
}
