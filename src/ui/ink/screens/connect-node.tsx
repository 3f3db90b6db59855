// A local OpenSearch on its way up.
import type { NodeEvent } from '../../../core/events.ts';
import { plainText } from '../../../text/plain-text.ts';
import type { LocalNode } from '../../../wizard/connection-state.ts';
import { duration, percent } from '../../text/format.ts';
import { Bar } from '../components/bar.tsx';
import { Line, Toned } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import type { ScreenProps } from '../screen-props.ts';

const PHASES = [
  ['java', 'Java'],
  ['fetch', 'OpenSearch'],
  ['start', 'Start'],
] as const;
const BAR_WIDTH = 24;

function Fraction({ fraction }: { readonly fraction: number }) {
  return (
    <Line>
      {' '.repeat(16)}
      <Bar fraction={fraction} width={BAR_WIDTH} /> {percent(fraction, 1)} %
    </Line>
  );
}

type Phase = (typeof PHASES)[number];

function PhaseRow({ phase, name, events }: { phase: Phase[0]; name: string; events: readonly NodeEvent[] }) {
  const event = events.find((known) => known.phase === phase);
  const latest = events.at(-1)?.phase;
  const current = event && latest === phase;
  return (
    <>
      <Line>
        {'  '}
        <Mark mark={event ? (current ? 'busy' : 'ok') : 'open'} /> {name.padEnd(12)}
        <Toned tone="quiet">{plainText(event?.detail ?? '')}</Toned>
      </Line>
      {current && event.fraction !== undefined ? <Fraction fraction={event.fraction} /> : null}
    </>
  );
}

/** Java, jars, start: each with what is known, and how long it has taken so far. */
export function NodeScreen({
  screen,
  node,
}: {
  readonly screen: ScreenProps;
  readonly node: Extract<LocalNode, { state: 'starting' }>;
}) {
  const waited = Math.max(0, screen.nowMs - node.sinceMs);
  return (
    <>
      <Line tone="strong">Starting a local OpenSearch</Line>
      <Line tone="quiet">It listens on this machine only and keeps running after you exit.</Line>
      <Line />
      {PHASES.map(([phase, name]) => (
        <PhaseRow key={phase} phase={phase} name={name} events={node.events} />
      ))}
      <Line />
      <Line tone="quiet">
        {`  ${waited < 1000 ? 'Just started' : `${duration(waited)} elapsed`}; about 10 s, plus a download of about 30 s on first use`}
      </Line>
    </>
  );
}
