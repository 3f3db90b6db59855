// The way to each screen of the wizard in memory, and what is true of a list of choices there.
import { expect, onTestFinished } from 'vitest';
import { fakeCluster, INDEX, indexState } from './fake-world.ts';
import { openWizard, type ScreenOptions, type WizardOnScreen } from './ink.tsx';
import { expectFrame, type Size } from './ink-frames.ts';
import { KEYS } from './ink-keys.ts';

/** The wizard on a screen in memory, closed when the test has ended. */
export function start(options: ScreenOptions = {}): WizardOnScreen {
  const wizard = openWizard(options);
  onTestFinished(wizard.close);
  return wizard;
}

/** A cluster where the usual index exists, made by this tool or not. */
export const taken = (ours: boolean) =>
  fakeCluster({ indexes: new Map([[INDEX, indexState(INDEX, 270_123, ours)]]) });

/** Enter until the step is reached; waits for each on the way. */
export async function walk(wizard: WizardOnScreen, steps: readonly string[]): Promise<void> {
  for (const wanted of steps) {
    await wizard.press(KEYS.enter);
    await wizard.until(wanted);
  }
}

/** Words that only this step shows. */
export const TO = {
  connect: 'Connected and ready',
  scenario: 'Which incidents',
  tune: 'Days of data',
  review: /will be created|already exists/,
};

/** From the first frame to Tune, its estimate in view. */
export async function toTune(wizard: WizardOnScreen): Promise<void> {
  await wizard.until(TO.connect);
  await walk(wizard, [TO.scenario, TO.tune]);
  await wizard.until('documents ·');
}

/** From the first frame to Review. */
export async function toReview(wizard: WizardOnScreen): Promise<void> {
  await toTune(wizard);
  await wizard.press(KEYS.enter);
  await wizard.until(TO.review);
}

/** The text of the frame as one row. */
export const told = (wizard: WizardOnScreen) => wizard.text().replace(/\s+/g, ' ');

/** Goes down through the choices; what is to be known of each must be in view when it has the focus. */
export async function expectHints(
  wizard: WizardOnScreen,
  size: Size,
  hints: readonly string[],
): Promise<void> {
  for (const hint of hints) {
    expectFrame(wizard, size, []);
    expect(told(wizard)).toContain(hint);
    expect(wizard.text()).not.toContain('…');
    await wizard.press(KEYS.down);
  }
}
