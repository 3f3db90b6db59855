// The line above the footer: the most pressing thing there is to say, or nothing.

import { plainText } from '../../text/plain-text.ts';
import { connectionSentence, insecureWords } from '../text/connect-text.ts';
import { SYMBOLS } from '../text/symbols.ts';
import { valueProblem } from '../text/tune-text.ts';
import { focusedOption } from './keys/tune-keys.ts';
import type { ScreenProps } from './screen-props.ts';
import type { Tone } from './theme.ts';

export interface Status {
  readonly text: string;
  readonly tone: Tone;
}

function interrupted({ state }: ScreenProps): string | undefined {
  if (state.interruptedMs === undefined) return undefined;
  if (state.leaving !== undefined) return 'Stopping safely; press Ctrl+C again to exit at once';
  const written = state.run?.kind === 'run' ? '' : '; nothing has been written';
  return `Press Ctrl+C again to exit${written}`;
}

function typing({ ui, state, uiState }: ScreenProps): string | undefined {
  const option = focusedOption(ui);
  if (state.step.name !== 'tune' || !uiState.number || !option) return undefined;
  return valueProblem(option, uiState.number.text);
}

function planning({ state }: ScreenProps): string | undefined {
  const { forecast, step } = state;
  // Where the data is chosen, the reason stands among it.
  if (step.name !== 'review') return undefined;
  return forecast.state === 'failed' ? plainText(forecast.error.message) : undefined;
}

/** What the status line says. */
export function statusOf(screen: ScreenProps): Status {
  const { state, uiState } = screen;
  const warning = interrupted(screen);
  if (warning) return { text: warning, tone: 'care' };
  if (uiState.said) return { text: uiState.said, tone: 'done' };
  const problem = typing(screen) ?? planning(screen);
  if (problem) return { text: problem, tone: 'failed' };
  if (state.notice) return { text: state.notice, tone: 'care' };
  if (state.step.name === 'connect' && state.step.view === 'form' && state.node.state === 'off') {
    return connection(screen);
  }
  const unchecked = state.step.name === 'review' ? insecureWords(state) : '';
  return unchecked === ''
    ? { text: '', tone: 'plain' }
    : { text: `${SYMBOLS.care} ${unchecked}`, tone: 'care' };
}

function connection({ state, nowMs }: ScreenProps): Status {
  const { connection, step } = state;
  const text = connectionSentence(
    connection,
    connection.state === 'climbing' ? nowMs - connection.sinceMs : 0,
  );
  if (connection.state === 'climbing') {
    const advanceWhenReady = step.name === 'connect' && step.advanceWhenReady;
    return { text: advanceWhenReady ? `${text}; continues as soon as it responds` : text, tone: 'quiet' };
  }
  const unchecked = insecureWords(state);
  if (connection.state === 'up' && unchecked !== '')
    return { text: `${SYMBOLS.care} ${unchecked}`, tone: 'care' };
  return { text, tone: connection.state === 'up' ? 'done' : 'failed' };
}
