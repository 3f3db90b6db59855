// The title, and how far one has come.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import { STEPS, type StepName, type Wizard } from '../../wizard/state.ts';
import { SYMBOLS } from '../text/symbols.ts';
import { Say } from './components/line.tsx';

const NAMES: Readonly<Record<StepName, string>> = {
  connect: 'Connect',
  scenario: 'Scenario',
  tune: 'Tune',
  review: 'Review',
  load: 'Load',
  check: 'Check',
  next: 'Next',
};
/** From this width on all steps are named. */
const WIDE = 76;

/** Place among the steps; before the first it is -1. */
const placeOf = ({ step }: Wizard) => (STEPS as readonly string[]).indexOf(step.name);

/** `Step 3 of 7: Tune`. */
function stepWords(state: Wizard): string {
  const place = placeOf(state);
  const name = STEPS[place];
  return name ? `Step ${place + 1} of ${STEPS.length}: ${NAMES[name]}` : 'Before the first step';
}

function isDone(state: Wizard, step: StepName): boolean {
  const here = placeOf(state);
  const place = STEPS.indexOf(step);
  if (step === 'load') return state.work?.kind === 'run' && state.work.loaded;
  if (place < here) return true;
  return step === 'check' && state.work?.status === 'ended' && state.work.done?.ok === true;
}

function Steps({ state }: { readonly state: Wizard }) {
  return STEPS.map((step) => {
    if (step === state.step.name) {
      return (
        <Say key={step} tone="focus">
          [{NAMES[step]}]{' '}
        </Say>
      );
    }
    const done = isDone(state, step);
    return (
      <Say key={step} tone={done ? 'done' : 'quiet'}>
        {done ? SYMBOLS.ok : ''}
        {NAMES[step]}{' '}
      </Say>
    );
  });
}

/** `incident-demo   ✔Connect ✔Scenario [Tune] Review Load Check Next`; on a narrow screen `Step 3 of 7: Tune`. */
export function Header({ state, columns }: { readonly state: Wizard; readonly columns: number }) {
  const reader = useIsScreenReaderEnabled();
  return (
    <Box height={1} flexShrink={0} paddingLeft={1} justifyContent="space-between">
      <Text bold>incident-demo</Text>
      <Text wrap="truncate-end">
        {columns >= WIDE && !reader ? <Steps state={state} /> : <Say tone="focus">{stepWords(state)} </Say>}
      </Text>
    </Box>
  );
}
