// Review, when the index exists: what is in it, and what can be done.
import { plannedOf } from '../../../wizard/state.ts';
import { indexLines } from '../../text/review-index-text.ts';
import { writtenWords } from '../../text/review-text.ts';
import { fitLines, wrapText } from '../../text/wrap.ts';
import { choiceHeight, choiceRows, otherHints } from '../components/choice-layout.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import { indexChoices } from '../keys/review-keys.ts';
import type { ScreenProps } from '../screen-props.ts';

/** The index and the choices about it; the safe one first. */
export function IndexChoices({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  const options = indexChoices(state);
  if (state.indexStatus.state !== 'taken') return null;
  const question = wrapText(`What do you want to do? ${writtenWords(state)}`, body.columns);
  const choices = choiceRows(options, body.columns);
  const height = choiceHeight(choices);
  const left = body.rows - 1 - question.length - height.least;
  const facts = indexLines(state.indexStatus.index, plannedOf(state));
  // All of it is among the details.
  const lines = fitLines(facts, body.columns - 2, Math.max(3, left));
  const free = left - lines.length;
  const hints = otherHints(height, free);
  return (
    <>
      <Line>
        <Mark mark="care" /> <Toned tone="strong">Index {state.indexStatus.index.name} already exists</Toned>
      </Line>
      {free - hints > 1 ? <Line /> : null}
      <Lines rows={lines.map((line) => `  ${line}`)} />
      {free - hints > 0 ? <Line /> : null}
      <Lines rows={question} tone="strong" />
      <ChoiceList
        choices={choices}
        focus={Math.min(uiState.index, options.length - 1)}
        rows={height.least + hints}
      />
    </>
  );
}
