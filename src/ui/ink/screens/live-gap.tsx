// Live, before it begins: what happens to the time since the last document.
import { GAP_QUESTION, gapChoices, gapFact } from '../../text/live-gap.ts';
import { choiceHeight, choiceRows } from '../components/choice-layout.ts';
import { ChoiceList } from '../components/choice-list.tsx';
import { Line } from '../components/line.tsx';
import type { ScreenProps } from '../screen-props.ts';

/** The question, and its two answers. */
export function LiveGap({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  if (!state.live) return null;
  const choices = choiceRows(gapChoices(state.live), body.columns);
  return (
    <>
      <Line tone="strong">{gapFact(state.live)}</Line>
      <Line />
      <Line>{GAP_QUESTION}</Line>
      <ChoiceList choices={choices} focus={uiState.answer} rows={choiceHeight(choices).whole} />
    </>
  );
}
