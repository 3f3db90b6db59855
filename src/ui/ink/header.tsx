// The title, and how far one has come.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import type { WizardState } from '../../wizard/state.ts';
import { STEPS, type StepName } from '../../wizard/steps.ts';
import { SYMBOLS } from '../text/symbols.ts';
import { Toned } from './components/line.tsx';

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
const placeOf = ({ step }: WizardState) => (STEPS as readonly string[]).indexOf(step.name);

/** `Step 3 of 7: Tune`. */
function stepWords(state: WizardState): string {
  const place = placeOf(state);
  const name = STEPS[place];
  if (name) return `Step ${place + 1} of ${STEPS.length}: ${NAMES[name]}`;
  return isBeside(state) ? 'Live' : 'Start';
}

/** The live shop is no step: it may follow the last one, or be all there is. */
const isBeside = ({ step }: WizardState) => step.name === 'live';

function isDone(state: WizardState, step: StepName): boolean {
  const here = placeOf(state);
  const place = STEPS.indexOf(step);
  if (step === 'load') return state.run?.kind === 'run' && state.run.loaded;
  if (place < here) return true;
  return step === 'check' && state.run?.status === 'ended' && state.run.done?.ok === true;
}

function Steps({ state }: { readonly state: WizardState }) {
  return STEPS.map((step) => {
    if (step === state.step.name) {
      return (
        <Toned key={step} tone="focus">
          [{NAMES[step]}]{' '}
        </Toned>
      );
    }
    const done = isDone(state, step);
    return (
      <Toned key={step} tone={done ? 'done' : 'quiet'}>
        {done ? SYMBOLS.ok : ''}
        {NAMES[step]}{' '}
      </Toned>
    );
  });
}

/** `incident-demo   ✔Connect ✔Scenario [Tune] Review Load Check Next`; on a narrow screen `Step 3 of 7: Tune`. */
export function Header({ state, columns }: { readonly state: WizardState; readonly columns: number }) {
  const reader = useIsScreenReaderEnabled();
  return (
    <Box height={1} flexShrink={0} paddingLeft={1} justifyContent="space-between">
      <Text bold>incident-demo</Text>
      <Text wrap="truncate-end">
        {columns >= WIDE && !reader && !isBeside(state) ? (
          <Steps state={state} />
        ) : (
          <Toned tone="focus">{stepWords(state)} </Toned>
        )}
      </Text>
    </Box>
  );
}
