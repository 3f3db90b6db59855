// Scenario: which incidents the data holds, and what the presets call today.

import { plainText } from '../../../text/plain-text.ts';
import type { WizardState } from '../../../wizard/state.ts';
import { fitLines, widest } from '../../text/wrap.ts';
import { Line, Lines, Toned } from '../components/line.tsx';
import { listWindow, moreWords } from '../components/list-window.ts';
import { Mark } from '../components/mark.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { PresetFile } from './scenario-file.tsx';
import { DemoDayRows, PresetRow, ROOMY } from './scenario-rows.tsx';
import { PresetStory } from './scenario-story.tsx';

/** Rows kept for the story when there are many presets, with head and demo day. */
const STORY_ROWS = 11;

interface NoCatalogProps {
  readonly screen: ScreenProps;
  readonly catalog: Exclude<WizardState['catalog'], { state: 'ready' }>;
}

/** While the presets are read, or when they cannot be. */
function NoCatalog({ screen: { body }, catalog }: NoCatalogProps) {
  if (catalog.state === 'loading') return <Line tone="quiet">Reading the scenarios …</Line>;
  const { sentence, actions } = catalog.error.explain();
  return (
    <>
      <Line>
        <Mark mark="failed" /> <Toned tone="strong">Cannot read the scenarios</Toned>
      </Line>
      <Line />
      <Lines rows={fitLines([sentence, '', ...actions].map(plainText), body.columns, body.rows - 4)} />
      <Line tone="quiet">Exit with Ctrl+C, fix it, and start again.</Line>
    </>
  );
}

/** The presets with their windows, and the story of the one in focus. */
export function ScenarioScreen({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  if (state.catalog.state !== 'ready') return <NoCatalog screen={screen} catalog={state.catalog} />;
  if (state.step.name === 'scenario' && state.step.view === 'file') {
    return <PresetFile screen={screen} error={state.step.error} />;
  }
  const { entries } = state.catalog;
  const focus = Math.min(uiState.scenario, entries.length);
  const width = Math.max(8, widest(entries.map(({ preset }) => preset.title))) + 1;
  const story = entries[Math.min(focus, entries.length - 1)];
  const roomy = body.rows > 16;
  const rows = Math.min(entries.length, Math.max(3, body.rows - STORY_ROWS));
  const { from, to } = listWindow(entries.length, Math.min(focus, entries.length - 1), rows);
  return (
    <>
      <Line>
        <Toned tone="strong">Which incidents should the data contain?</Toned>
        <Toned tone="quiet">
          {screen.columns >= ROOMY ? '   (a: add your own, d: full story)' : '   (d: full story)'}
        </Toned>
      </Line>
      {roomy ? <Line /> : null}
      {entries.slice(from, to).map((entry, place) => (
        <PresetRow
          key={entry.flag}
          screen={screen}
          entry={entry}
          focused={from + place === focus}
          width={width}
          more={moreWords(from + place, { from, to }, entries.length)}
        />
      ))}
      <DemoDayRows screen={screen} focused={focus === entries.length} width={width} />
      {roomy ? <Line /> : null}
      {story ? <PresetStory screen={screen} entry={story} rows={body.rows - rows - (roomy ? 5 : 3)} /> : null}
    </>
  );
}
