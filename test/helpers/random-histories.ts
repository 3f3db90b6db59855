// Random histories of the wizard: any events in any order, from every step.
import fc from 'fast-check';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { FORM_OPTIONS } from '../../src/options/table.ts';
import type { WizardEvent } from '../../src/wizard/events.ts';
import type { OpenRun } from '../../src/wizard/services.ts';
import { STEPS } from '../../src/wizard/steps.ts';
import {
  CATALOG,
  FORECAST,
  INDEX,
  indexState,
  noIndex,
  OWN_ENTRY,
  openRun,
  progressed,
  rungOf,
} from './fake-world.ts';
import { ROADS, RUN_EVENTS, refused } from './wizard-history.ts';

const oneOf = <const T>(...values: T[]) => fc.constantFrom(...values);
const event = (...values: WizardEvent[]): fc.Arbitrary<WizardEvent> => oneOf(...values);
const numberOption = FORM_OPTIONS.filter(({ kind }) => kind.type === 'integer' || kind.type === 'number');

const intents: fc.Arbitrary<WizardEvent> = fc.oneof(
  oneOf('resume', 'resume', 'new', 'remove', 'forget').map(
    (choice) => ({ type: 'start-choice', choice }) as const,
  ),
  event({ type: 'remove-run' }, { type: 'ask-remove' }),
  event({ type: 'forward' }, { type: 'back' }),
  event({ type: 'forward' }, { type: 'check-again' }, { type: 'stop' }, { type: 'undo' }),
  event({ type: 'check-panel', id: 'c1' }, { type: 'recover', action: 'query' }),
  event({ type: 'pause' }, { type: 'senders', by: 1 }, { type: 'senders', by: -1 }),
  event(
    { type: 'address', text: 'localhost:9201' },
    { type: 'address', text: 'http://' },
    { type: 'address', text: '' },
  ),
  event(
    { type: 'username', text: 'admin' },
    { type: 'password', text: 'sesame' },
    { type: 'token', text: 'eyJ.a-b_c' },
    { type: 'token', text: 'no token' },
    { type: 'token', text: '' },
    { type: 'sign-in-kind' },
    { type: 'client-cert', text: 'cert.pem' },
    { type: 'key-passphrase', text: 'sesame' },
    { type: 'ca-file', text: 'ca.pem' },
  ),
  event({ type: 'insecure', on: true }, { type: 'field', field: 'password' }),
  oneOf(
    'start-node',
    'edit-address',
    'again',
    'wait',
    'insecure',
    'sign-in',
    'resume',
    'review',
    'look-again',
    'other-url',
    'keep-waiting',
    'fewer-senders',
    'stop',
  ).map((action) => ({ type: 'recover', action }) as const),
  fc.record({
    type: fc.constant('preset' as const),
    id: oneOf(...BUILT_IN.map(({ id }) => id), 'none'),
    on: fc.boolean(),
  }),
  event(
    { type: 'preset-path' },
    { type: 'preset-file', path: './mine.json' },
    { type: 'preset-file', path: ' ' },
  ),
  event({ type: 'demo-day', day: '2026-11-20' }, { type: 'demo-day', day: undefined }),
  oneOf(...numberOption).map(
    ({ key, kind }) => ({ type: 'parameter', key, value: 'min' in kind ? kind.max : 1 }) as const,
  ),
  oneOf('new', 'append', 'replace', 'checks').map((choice) => ({ type: 'index-choice', choice }) as const),
  event(
    { type: 'index-name', name: 'another' },
    { type: 'index-name', name: 'NOT/A name' },
    { type: 'index-name', name: '' },
  ),
  event(
    { type: 'replace-name', name: INDEX },
    { type: 'replace-name', name: 'another' },
    { type: 'replace-name', name: 'x' },
  ),
  oneOf('summary', 'index', 'name').map((view) => ({ type: 'review-view', view }) as const),
  oneOf(...STEPS).map((to) => ({ type: 'go', to }) as const),
);

const results: fc.Arbitrary<WizardEvent> = fc.oneof(
  event({ type: 'preset-read', entry: OWN_ENTRY }, { type: 'preset-unread', error: refused }),
  event(
    { type: 'leftovers', index: indexState(INDEX, 5) },
    { type: 'leftovers-failed', error: refused },
    { type: 'run-removed', documents: 5 },
    { type: 'remove-failed', error: refused },
  ),
  event({ type: 'catalog', entries: CATALOG }, { type: 'climbed' }, { type: 'climbed' }),
  event(
    { type: 'forecast', of: 'forecast', forecast: FORECAST },
    { type: 'forecast-failed', of: 'forecast', error: refused },
  ),
  event({ type: 'forecast', of: 'gallery', forecast: FORECAST }, { type: 'disarm-interrupt' }),
  event(
    { type: 'rung', rung: rungOf('name', 'ok') },
    { type: 'rung', rung: rungOf('port', 'failed', refused) },
    { type: 'climb-failed', error: refused },
  ),
  event(
    { type: 'node', event: { type: 'node', phase: 'java', detail: '' } },
    { type: 'node', event: { type: 'node', phase: 'ready', detail: '', url: 'http://localhost:9203' } },
    { type: 'node-failed', error: refused },
  ),
  event(
    { type: 'index-state', index: noIndex(INDEX) },
    { type: 'index-state', index: indexState(INDEX, 5), freeName: 'another' },
    { type: 'index-state', index: indexState(INDEX, 5, false) },
    { type: 'index-state', index: noIndex('another') },
    { type: 'index-failed', error: refused },
  ),
  oneOf(...RUN_EVENTS).map((inner) => ({ type: 'run', event: inner }) as const),
  event({ type: 'run-failed', error: refused }, { type: 'run', event: progressed({ silentMs: 31_000 }) }),
  event({
    type: 'run',
    event: { type: 'refused', groups: [{ reason: 'x', documents: 1, example: 'd' }], file: 'f' },
  }),
);

/** Without, with one and with several runs that did not end. */
export const beginnings = oneOf<readonly OpenRun[]>([], [openRun()], [openRun(), openRun({ id: 'r0' })]);

/** Events from one of the roads on. */
export const histories = fc
  .tuple(
    oneOf<readonly WizardEvent[]>(...Object.values(ROADS)),
    fc.array(fc.oneof({ weight: 3, arbitrary: intents }, { weight: 2, arbitrary: results }), {
      maxLength: 40,
    }),
  )
  .map(([road, events]) => [...road, ...events]);
