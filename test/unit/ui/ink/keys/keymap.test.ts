// Keymap, footer and help are one, whatever keys come.

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { footerHints } from '../../../../../src/ui/ink/keys/binding.ts';
import { helpRows } from '../../../../../src/ui/ink/keys/help-rows.ts';
import type { KeyPress } from '../../../../../src/ui/ink/keys/key-press.ts';
import { dispatch, keymap } from '../../../../../src/ui/ink/keys/keymap.ts';
import type { UiContext } from '../../../../../src/ui/ink/ui-context.ts';
import { createUiStore } from '../../../../../src/ui/ink/ui-state.ts';
import { BARE } from '../../../../../src/ui/text/hyperlink.ts';
import type { OpenRun } from '../../../../../src/wizard/services.ts';
import { createSession } from '../../../../../src/wizard/session.ts';
import { STEPS } from '../../../../../src/wizard/steps.ts';
import { fakeServices } from '../../../../helpers/fake-services.ts';
import { fakeCluster, INDEX, indexState, openRun, wizardSettings } from '../../../../helpers/fake-world.ts';

const press = (name: string): KeyPress => ({
  name,
  text: name.length === 1 ? name : name === 'space' ? ' ' : '',
});

const open: UiContext[] = [];
afterEach(() => {
  for (const ui of open.splice(0)) ui.session.send({ type: 'terminate', exit: 0 });
});

function uiOn(down = false, unfinished: readonly OpenRun[] = []): UiContext {
  const cluster = fakeCluster({
    indexes: new Map([[INDEX, indexState(INDEX, 5)]]),
    ...(down ? { url: 'http://localhost:9999' } : {}),
  });
  const session = createSession({
    services: fakeServices(cluster),
    settings: wizardSettings(),
    password: undefined,
    random: 0,
    unfinished,
  });
  const ui: UiContext = {
    session,
    store: createUiStore(),
    terminal: { copy: () => {}, suspend: () => {}, redraw: () => {}, links: BARE },
  };
  session.subscribe(() => {});
  open.push(ui);
  return ui;
}

const NAMES = [
  'enter',
  'escape',
  'up',
  'down',
  'left',
  'right',
  'tab',
  'shift+tab',
  'pageup',
  'pagedown',
  'home',
  'end',
  'backspace',
  'space',
  '1',
  '2',
  '4',
  '5',
  '9',
  '+',
  '-',
  'a',
  'e',
  'p',
  'r',
  'u',
  'z',
  'd',
  'c',
  'l',
  '?',
  'j',
  'k',
  'x',
  'ctrl+u',
  'ctrl+t',
  'ctrl+l',
];

describe('the keymap', () => {
  it('keeps the wizard in a valid state under random keys, and always shows a way on', async () => {
    const runs = fc.asyncProperty(
      fc.boolean(),
      fc.constantFrom<readonly OpenRun[]>([], [], [openRun()], [openRun(), openRun({ id: 'r0' })]),
      fc.array(fc.constantFrom(...NAMES), { minLength: 5, maxLength: 40 }),
      async (down, unfinished, names) => {
        const ui = uiOn(down, unfinished);
        for (const name of names) {
          dispatch(ui, press(name));
          await new Promise((resolve) => setImmediate(resolve));
          const { step, run, ended } = ui.session.getSnapshot();
          expect(['start', 'live', ...STEPS]).toContain(step.name);
          if (step.name === 'load' || step.name === 'check' || step.name === 'next')
            expect(run).toBeDefined();
          if (ended) break;
          const bindings = keymap(ui);
          expect(bindings.some(({ keys }) => keys.includes('ctrl+c'))).toBe(true);
          const labels = bindings.map(({ label }) => label);
          expect(new Set(labels).size, `two hints for one key: ${labels}`).toBe(labels.length);
          expect(helpRows(ui).length).toBeGreaterThanOrEqual(3);
        }
        ui.session.send({ type: 'terminate', exit: 0 });
      },
    );
    await fc.assert(runs, { numRuns: 1000 });
  });

  it('explains every key of the footer in the help', async () => {
    const ui = uiOn();
    const footer = footerHints(keymap(ui), 200).filter(({ keys }) => !keys.includes('?'));
    const help = helpRows(ui);
    for (const { label, does } of footer)
      expect(help.some((row) => row.startsWith(label) && row.endsWith(does))).toBe(true);
  });

  it('gives letters to the text field while one is typed in', () => {
    const ui = uiOn();
    for (const name of ['q', '?', 'r', 'd']) dispatch(ui, press(name));
    expect(ui.session.getSnapshot().answers.address).toBe('http://localhost:9200q?rd');
    expect(ui.store.get().overlay).toBeUndefined();
  });

  it('takes keys that come together one after the other, each with what the one before did', () => {
    const ui = uiOn();
    for (const name of ['ctrl+u', 'a', 'b', 'home', 'x', 'tab', 'm', 'e']) dispatch(ui, press(name));
    const { answers } = ui.session.getSnapshot();
    expect(answers.address).toBe('xab');
    expect(answers.settings.username).toBe('me');
  });
});

describe('the footer', () => {
  it('fits into any width and keeps what is worth most', () => {
    const ui = uiOn();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (columns) => {
        const hints = footerHints(keymap(ui), columns);
        const width = hints.map(({ label, does }) => `${label} ${does}`).join('   ').length;
        expect(width).toBeLessThanOrEqual(Math.max(columns, 0));
      }),
    );
  });
});
