// The whole screen: state and view in, one frame out; keys in, intents out.
import { useInput, useIsScreenReaderEnabled, usePaste, useWindowSize } from 'ink';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { WizardState } from '../../wizard/state.ts';
import { currentProblem } from '../text/problem.ts';
import { ProblemPanel } from './components/problem-panel.tsx';
import { Frame } from './frame.tsx';
import { pasted, pressesOf } from './keys/key-press.ts';
import { dispatch } from './keys/keymap.ts';
import { PROGRESS_MS, throttledSource } from './reader-source.ts';
import { type ScreenProps, screenProps, tooSmall } from './screen-props.ts';
import { CheckScreen } from './screens/check.tsx';
import { ConnectScreen } from './screens/connect.tsx';
import { NodeScreen } from './screens/connect-node.tsx';
import { LiveScreen } from './screens/live.tsx';
import { LoadScreen } from './screens/load.tsx';
import { NextScreen } from './screens/next.tsx';
import { OverlayScreen } from './screens/overlay.tsx';
import { ReviewScreen } from './screens/review.tsx';
import { ScenarioScreen } from './screens/scenario.tsx';
import { StartScreen } from './screens/start.tsx';
import { TooSmallScreen } from './screens/too-small.tsx';
import { TuneScreen } from './screens/tune.tsx';
import type { UiContext } from './ui-context.ts';

const SCREENS: Readonly<
  Record<WizardState['step']['name'], (props: { screen: ScreenProps }) => React.ReactNode>
> = {
  start: StartScreen,
  connect: ConnectScreen,
  scenario: ScenarioScreen,
  tune: TuneScreen,
  review: ReviewScreen,
  load: LoadScreen,
  check: CheckScreen,
  next: NextScreen,
  live: LiveScreen,
};

/** Seconds are shown while something is waited for; a screen at rest is not drawn again. */
function waits({ connection, node, indexStatus, run, dashboards }: WizardState): boolean {
  const retrying = connection.state === 'down' && connection.retry !== undefined;
  const working = run !== undefined && run.status !== 'ended';
  return (
    connection.state === 'climbing' ||
    retrying ||
    node.state === 'starting' ||
    indexStatus.state === 'looking' ||
    dashboards.state === 'starting' ||
    working
  );
}

/** How often the seconds of a wait are looked at. */
const TICK_MS = 500;

function useClock(now: () => number, active: boolean, everyMs: number): number {
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setNowMs(now()), everyMs);
    return () => clearInterval(timer);
  }, [active, now, everyMs]);
  return nowMs;
}

function waitingWords({ state, nowMs }: ScreenProps): string {
  const retry =
    state.connection.state === 'down' && state.step.name === 'connect' ? state.connection.retry : undefined;
  if (!retry) return '';
  const seconds = Math.ceil((retry.atMs - nowMs) / 1000);
  return seconds > 0 ? `retrying in ${seconds} s, Esc cancels` : 'retrying …';
}

function Body({ screen }: { readonly screen: ScreenProps }) {
  const { state, uiState, body } = screen;
  if (uiState.overlay) return <OverlayScreen screen={screen} />;
  const problem = currentProblem(state);
  if (problem) {
    return (
      <ProblemPanel problem={problem} focus={uiState.problem} {...body} waiting={waitingWords(screen)} />
    );
  }
  if (state.step.name === 'connect' && state.node.state === 'starting') {
    return <NodeScreen screen={screen} node={state.node} />;
  }
  const Screen = SCREENS[state.step.name];
  return <Screen screen={screen} />;
}

interface AppProps {
  readonly ui: UiContext;
  /** Leaves for the plain questions. */
  readonly onPlain: () => void;
}

/** The wizard on the whole terminal. */
export function App({ ui, onPlain }: AppProps) {
  const { session } = ui;
  const reader = useIsScreenReaderEnabled();
  const source = useMemo(() => (reader ? throttledSource(session) : session), [reader, session]);
  const state = useSyncExternalStore(source.subscribe, source.getSnapshot);
  const uiState = useSyncExternalStore(ui.store.subscribe, ui.store.get);
  const size = useWindowSize();
  const nowMs = useClock(session.services.now, waits(state), reader ? PROGRESS_MS : TICK_MS);
  const small = !reader && tooSmall(size);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      if (small && press.name === 'p') onPlain();
      else if (!small || press.name.startsWith('ctrl+')) dispatch(ui, press);
    }
  });
  usePaste((text) => {
    for (const press of pasted(text)) dispatch(ui, press);
  });
  if (small) return <TooSmallScreen {...size} />;
  const screen = screenProps(size, { ui, state, uiState, nowMs, reader });
  return (
    <Frame screen={screen}>
      <Body screen={screen} />
    </Frame>
  );
}
