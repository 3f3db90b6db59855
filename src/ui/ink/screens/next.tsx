// Next: the cheat sheet of the demo, one scenario at a time, and where its dashboards are.
import { plainText } from '../../../text/plain-text.ts';
import {
  ADDRESS_HEAD,
  ADDRESS_HELP,
  dashboardsWords,
  nextHead,
  removeMadeQuestion,
  STOP_CHOICES,
  shortHead,
  stopQuestion,
  withoutScenes,
} from '../../text/next-text.ts';
import { sceneTable } from '../../text/scene-table.ts';
import { type Scene, type SceneLine, sceneLines, storyOf } from '../../text/scenes.ts';
import { REMOVE_CHOICES } from '../../text/start-text.ts';
import { fitLines, wrapText } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { listWindow } from '../components/list-window.ts';
import { Question } from '../components/question.tsx';
import { TypedLine } from '../components/typed-line.tsx';
import { scenesInFocus } from '../keys/next-keys.ts';
import type { ScreenProps } from '../screen-props.ts';

/** Columns of the mark of the focus and the number before a scenario. */
const NUMBERED = 4;
const LABEL_WIDTH = 9;
/** Rows that the list leaves to the scenario in focus. */
const DETAIL_ROWS = 6;
const ROOMY_ROWS = 17;

function AddressField({ screen, wrong }: { readonly screen: ScreenProps; readonly wrong: string }) {
  const { uiState, body } = screen;
  const problem = wrong === '' ? [] : fitLines([plainText(wrong)], body.columns - 2, 3);
  return (
    <TypedLine
      head={ADDRESS_HEAD}
      help={ADDRESS_HELP}
      draft={uiState.dashboards}
      columns={body.columns}
      problem={problem}
    />
  );
}

const MORE = 'Enter shows all of it';

/** Lines with their labels in so many rows: whole ones, and the last row says when there are more. */
function labeledRows(lines: readonly SceneLine[], width: number, rows: number) {
  const all = lines.flatMap(({ label, text }) =>
    wrapText(text, width - LABEL_WIDTH - 2).map((row, place) => ({ label: place === 0 ? label : '', row })),
  );
  if (all.length <= rows) return all;
  // A line is shown whole or not at all.
  const cut = all.slice(0, Math.max(0, rows - 1));
  const next = all[cut.length];
  const whole = next?.label === '' ? cut.findLastIndex(({ label }) => label !== '') : cut.length;
  return [...cut.slice(0, whole), { label: '', row: MORE }];
}

interface SceneDetailProps {
  readonly scene: Scene;
  readonly width: number;
  readonly rows: number;
}

/** What to say and to type; where there is room, also the story. */
function SceneDetail({ scene, width, rows }: SceneDetailProps) {
  const brief = labeledRows(sceneLines(scene), width, rows);
  const story = labeledRows(storyOf(scene), width, Math.max(0, rows - brief.length - 1));
  const shown =
    brief.length + 1 < rows && story.length > 1 ? [...brief, { label: '', row: '' }, ...story] : brief;
  return shown.map(({ label, row }, place) => (
    <Line key={place}>
      {row === '' ? ' ' : '  '}
      <Toned tone="strong">{label.padEnd(LABEL_WIDTH)}</Toned>
      {row === MORE ? <Toned tone="quiet">{row}</Toned> : row}
    </Line>
  ));
}

/** Blank rows between the parts, at most. */
const GAPS = 3;

/** What became of the run, in one row if need be. */
function headRows({ state, body }: ScreenProps): readonly string[] {
  const whole = fitLines([nextHead(state)], body.columns, 2);
  return whole.length === 1 || body.rows >= ROOMY_ROWS
    ? whole
    : fitLines([shortHead(state)], body.columns, 2);
}

/** What is shown without a scenario: the data has none, or is deleted. */
function WithoutScenes({
  screen,
  dashboards,
}: {
  readonly screen: ScreenProps;
  readonly dashboards: readonly string[];
}) {
  const { state, body, ui } = screen;
  const title = headRows(screen);
  const lines = [...withoutScenes(state, ui.session.services.program).map(plainText), '', ...dashboards];
  return (
    <>
      <Lines rows={title} tone={state.run?.done?.ok ? 'done' : 'care'} />
      <Line />
      <Lines rows={fitLines(lines, body.columns, body.rows - title.length - 1)} />
    </>
  );
}

/** The table of the scenarios, the one in focus in full, and the dashboards. */
function CheatSheet({ screen }: { readonly screen: ScreenProps }) {
  const { state, body, ui, nowMs } = screen;
  const { links } = ui.terminal;
  const { scenes, focus } = scenesInFocus(ui);
  const title = headRows(screen);
  const there = state.run?.removed === undefined;
  const { status, keys } = dashboardsWords(state, nowMs, links);
  const sentence = keys === '' ? status : `${status}: ${keys}`;
  const dashboards = there ? fitLines([sentence], body.columns - 2, 3) : [];
  const scene = scenes[focus];
  if (!scene) return <WithoutScenes screen={screen} dashboards={dashboards} />;
  const left = body.rows - title.length - 1 - dashboards.length;
  const list = Math.max(1, Math.min(scenes.length, left - DETAIL_ROWS));
  const { from, to } = listWindow(scenes.length, focus, list);
  const wanted = labeledRows(sceneLines(scene), body.columns, left).length;
  const gaps = Math.max(0, Math.min(GAPS, left - (to - from) - wanted));
  const table = sceneTable(scenes, body.columns - NUMBERED, links);
  return (
    <>
      <Lines rows={title} tone={state.run?.done?.ok ? 'done' : 'care'} />
      {gaps > 2 ? <Line /> : null}
      <Line tone="quiet">{`${' '.repeat(NUMBERED)}${table.head}`}</Line>
      {table.rows.slice(from, to).map((row, place) => (
        <FocusLine key={scenes[from + place]?.incident} focused={from + place === focus}>
          {from + place + 1} {row}
        </FocusLine>
      ))}
      {gaps > 0 ? <Line /> : null}
      <SceneDetail scene={scene} width={body.columns} rows={left - (to - from) - gaps} />
      {gaps > 1 ? <Line /> : null}
      <Lines rows={dashboards.map((row) => `  ${row}`)} />
    </>
  );
}

/** The last screen. */
export function NextScreen({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  const { step } = state;
  if (step.name !== 'next') return null;
  const asked = { focus: uiState.answer, columns: body.columns };
  if (step.view === 'remove')
    return <Question {...asked} question={removeMadeQuestion(state)} choices={REMOVE_CHOICES} />;
  if (step.view === 'stop')
    return <Question {...asked} question={stopQuestion(state)} choices={STOP_CHOICES} />;
  if (step.view === 'address') return <AddressField screen={screen} wrong={step.wrong ?? ''} />;
  if (step.view === 'removing') return <Line tone="strong">Deleting …</Line>;
  if (step.view === 'stopping') return <Line tone="strong">Stopping …</Line>;
  return <CheatSheet screen={screen} />;
}
