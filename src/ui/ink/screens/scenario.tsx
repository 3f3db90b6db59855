// Scenario: which incidents the data holds, and what the presets call today.
import type { CatalogEntry, Forecast } from '../../../wizard/services.ts';
import { chosenEntries } from '../../../wizard/state.ts';
import { axisRow, chart, chartPoints, markRow } from '../../text/chart.ts';
import { demoDayWords, presetWindow } from '../../text/data-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { wallClock } from '../../text/when.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Say } from '../components/line.tsx';
import type { Shown } from '../shown.ts';

const MARGIN_MS = 20 * 60_000;
const LIST_AROUND = 4;

function Entry({
  shown,
  entry,
  focused,
  width,
}: {
  shown: Shown;
  entry: CatalogEntry;
  focused: boolean;
  width: number;
}) {
  const { state } = shown;
  const on = chosenEntries(state).includes(entry);
  const when =
    state.outlook.state === 'ready' ? presetWindow(entry.preset, state.outlook.forecast, state.nowMs) : '';
  return (
    <FocusLine focused={focused}>
      <Say tone={on ? 'done' : 'quiet'}>{on ? SYMBOLS.checked : SYMBOLS.unchecked}</Say>{' '}
      <Say tone={focused ? 'strong' : 'plain'}>{entry.preset.title.padEnd(width)}</Say>{' '}
      <Say tone="quiet">{when}</Say>
    </FocusLine>
  );
}

function DemoDay({ shown, focused, width }: { shown: Shown; focused: boolean; width: number }) {
  const { outlook, answers, nowMs } = shown.state;
  const words =
    outlook.state === 'ready' ? demoDayWords(answers.settings, outlook.forecast, nowMs) : undefined;
  return (
    <FocusLine focused={focused}>
      {'    '}
      <Say tone={focused ? 'strong' : 'plain'}>{'Demo day'.padEnd(width)}</Say>{' '}
      {words ? (
        <Say>
          {focused ? SYMBOLS.less : ' '} {words.day} {focused ? SYMBOLS.more : ' '}{' '}
          <Say tone="quiet">{words.why}</Say>
        </Say>
      ) : (
        '…'
      )}
    </FocusLine>
  );
}

function LatencyChart({
  entry,
  gallery,
  width,
  rows,
}: {
  entry: CatalogEntry;
  gallery: Forecast;
  width: number;
  rows: number;
}) {
  const incident = gallery.incidents.find(({ preset }) => preset === entry.preset.id);
  if (!incident || rows < 5) return null;
  const window = { fromMs: incident.startMs - MARGIN_MS, toMs: incident.recoveredMs + MARGIN_MS };
  const { p95Ms } = gallery.series({ ...window, points: chartPoints(width) });
  const time = (ms: number) => wallClock(ms, gallery.timeZone).time.slice(0, 5);
  const middle = (window.fromMs + window.toMs) / 2;
  return (
    <>
      <Line tone="quiet">Response time, p95 in ms</Line>
      <Lines rows={chart({ values: p95Ms, top: 1000, width, height: rows - 3 })} tone="latency" />
      <Line tone="care">{markRow([incident], window, width, SYMBOLS.mark)}</Line>
      <Line tone="quiet">
        {axisRow({ from: time(window.fromMs), middle: time(middle), to: time(window.toMs) }, width)}
      </Line>
    </>
  );
}

function Story({ shown, entry, rows }: { shown: Shown; entry: CatalogEntry; rows: number }) {
  const { body, state } = shown;
  const { story, evidence } = entry.preset;
  const room = Math.max(2, rows - 8);
  const lines = fitLines([story], body.columns, Math.min(4, room));
  const proofs = evidence.map(({ question }) => question).join(' ');
  const proved =
    proofs === ''
      ? []
      : fitLines([`Proved by query: ${proofs}`], body.columns, Math.min(3, Math.max(1, room - lines.length)));
  const left = rows - lines.length - proved.length - 1;
  return (
    <>
      <Lines rows={lines} />
      <Lines rows={proved} tone="quiet" />
      {state.gallery.state === 'ready' ? (
        <LatencyChart
          entry={entry}
          gallery={state.gallery.forecast}
          width={Math.min(body.columns, 76)}
          rows={Math.min(left, 11)}
        />
      ) : null}
    </>
  );
}

/** The presets with their windows, and the story of the one in focus. */
export function ScenarioScreen({ shown }: { readonly shown: Shown }) {
  const { state, view, body } = shown;
  if (state.catalog.state !== 'ready') {
    return <Line tone="quiet">{state.catalog.state === 'loading' ? 'Reading the presets …' : ' '}</Line>;
  }
  const { entries } = state.catalog;
  const focus = Math.min(view.scenario, entries.length);
  const width = Math.max(8, ...entries.map(({ preset }) => preset.title.length)) + 1;
  const story = entries[Math.min(focus, entries.length - 1)];
  return (
    <>
      <Line tone="strong">Which incidents shall the data tell?</Line>
      <Line />
      {entries.map((entry, place) => (
        <Entry key={entry.flag} shown={shown} entry={entry} focused={place === focus} width={width} />
      ))}
      <DemoDay shown={shown} focused={focus === entries.length} width={width} />
      <Line />
      {story ? <Story shown={shown} entry={story} rows={body.rows - entries.length - LIST_AROUND} /> : null}
    </>
  );
}
