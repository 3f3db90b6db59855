// Review in words: what, where and when, and the same run as one line.

import { renderCommand } from '../../command-line/render.ts';
import { companionOf } from '../../core/cluster/indexes/companion.ts';
import { DISK_BYTES_PER_BYTE } from '../../core/plan/estimate.ts';
import type { Settings } from '../../options/settings.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { type Answers, runSettings } from '../../wizard/answers.ts';
import { changedOptions } from '../../wizard/defaults.ts';
import type { Forecast, Services } from '../../wizard/services.ts';
import { chosenEntries, plannedOf, speedHere, type WizardState } from '../../wizard/state.ts';
import { productWords } from './connect-text.ts';
import { bytes, documents } from './format.ts';
import { doubledDays } from './review-index-text.ts';
import { amountWords, estimateWords, timeWords, valueWords } from './tune-text.ts';
import { dayName, momentWords, shiftDay } from './when.ts';

export interface Fact {
  /** Its number is the key that leads back to it. */
  readonly label: string;
  readonly lines: readonly string[];
  /** The same in less room. */
  readonly short: readonly string[];
}

function signInWords({ settings, password, token }: Answers): string {
  if (settings.local) return 'local node';
  const certificate = settings.clientCert ? 'client certificate' : '';
  const kind = token
    ? 'bearer token'
    : settings.awsRegion
      ? `requests signed for AWS region ${settings.awsRegion}`
      : settings.username && `user ${settings.username}${password ? '' : ', no password'}`;
  return [kind, certificate].filter(Boolean).join(', ') || 'no authentication';
}

function clusterFact({ answers, connection }: WizardState): Fact {
  const { settings } = answers;
  const who = signInWords(answers);
  const checked = settings.local
    ? ''
    : settings.insecure
      ? ', certificate not verified'
      : settings.fingerprint
        ? ', certificate trusted by SHA-256'
        : '';
  const product = productWords(connection) || 'OpenSearch';
  return {
    label: 'Cluster',
    lines: [settings.url, `${product}; ${who}${checked}`],
    short: [`${settings.url}; ${who}${checked}`],
  };
}

function incidentFact(state: WizardState, forecast: Forecast): Fact {
  const omitted = new Set(forecast.omitted.map(({ id }) => id));
  const presets = chosenEntries(state)
    .filter(({ preset }) => !omitted.has(preset.id))
    .map(({ preset }) => preset);
  const random = forecast.incidents.filter(({ preset }) => preset === null).length;
  const others =
    random === 0 && presets.length > 0
      ? 'no random incidents'
      : `${grouped(random)} random ${random === 1 ? 'incident' : 'incidents'}`;
  const when = ({ window }: (typeof presets)[number]) =>
    `${dayName(shiftDay(forecast.demoDay, -window.days_before))} ${window.start}-${window.end}`;
  return {
    label: 'Incidents',
    lines: [...presets.map((preset) => `${when(preset)}  ${preset.title}`), others],
    short: [[...presets.map(({ title }) => title), others].join(', ')],
  };
}

function dataFact(state: WizardState, forecast: Forecast): Fact {
  const speed = speedHere(state);
  const { startMs, endMs, timeZone } = forecast;
  const range = `${momentWords(startMs, timeZone)} to ${momentWords(endMs, timeZone)}`;
  const { seed } = state.answers.settings;
  const changed = changedWords(state.answers.settings);
  return {
    label: 'Data',
    lines: [
      `${range}, ${timeZone}, seed ${seed}`,
      `${amountWords(forecast)}, ${diskWords(state, forecast)}`,
      timeWords(forecast, speed),
      ...changed,
    ],
    short: [`${range}, ${timeZone}`, estimateWords(forecast, speed, true), ...changed],
  };
}

/** Every value that is not the default and is said nowhere else, in one line: `Changed: Days of data 3 days`. */
function changedWords(settings: Settings): readonly string[] {
  const values = changedOptions(settings).map((option) =>
    plainText(`${option.label} ${valueWords(option, settings)}`.trimEnd()),
  );
  return values.length === 0 ? [] : [`Changed: ${values.join('; ')}`];
}

function indexWords({ indexStatus, answers }: WizardState): string {
  const { index, onConflict } = answers.settings;
  if (indexStatus.state === 'looking') return 'Checking whether it exists …';
  if (indexStatus.state === 'free') return 'It will be created; nothing is deleted';
  if (indexStatus.state !== 'taken') return 'Not checked yet';
  const there = documents(indexStatus.index.documents);
  if (onConflict === 'append') return `It has ${there}; the new data is added, nothing is deleted`;
  return onConflict === 'replace' && answers.replace === index
    ? `It has ${there}; IT WILL BE DELETED and recreated`
    : `It has ${there}; choose what to do with it`;
}

/** The days that the index would have twice. */
function doubledLines(state: WizardState): readonly string[] {
  const { indexStatus, answers } = state;
  if (indexStatus.state !== 'taken' || answers.settings.onConflict !== 'append') return [];
  const days = doubledDays(indexStatus.index, plannedOf(state));
  return days === '' ? [] : [`${days} will be in it twice`];
}

/** What templates and policies do to the index. */
function indexNotes({ indexStatus }: WizardState): readonly string[] {
  const notes = indexStatus.state === 'taken' ? indexStatus.index.notes : undefined;
  return (indexStatus.state === 'free' ? indexStatus.notes : notes)?.map(plainText) ?? [];
}

/** The index, and the companion where the incidents are marked. */
function indexNames({ index, markIncidents }: Settings): string {
  return markIncidents ? `${index}, and ${companionOf(index)}: it names each incident` : index;
}

/** Where the run installs the dashboards, or could. */
function dashboardsLines({ answers, offered }: WizardState): readonly string[] {
  const { dashboards } = answers.settings;
  if (dashboards !== undefined) return [`Its dashboards are installed at ${plainText(dashboards)}`];
  return offered === undefined
    ? []
    : [`Dashboards answers at ${plainText(offered)}; its dashboards can be installed there`];
}

/** True when the run can install the dashboards, or leave them out, at the Dashboards that answers here. */
export const offersDashboards = ({ answers, offered, run }: WizardState): boolean =>
  offered !== undefined &&
  !run?.loaded &&
  (answers.settings.dashboards === undefined || answers.settings.dashboards === offered);

/** What the choice about them says. */
export const dashboardsChoice = ({ answers, offered = '' }: WizardState): string =>
  answers.settings.dashboards === undefined
    ? `Install the dashboards at ${plainText(offered)}`
    : 'Do not install the dashboards';

/** What it takes of the disk, and what the ladder has found to be free: `83 MB on the disk (74 GB free)`. */
function diskWords({ connection }: WizardState, forecast: Forecast): string {
  const space = connection.state === 'up' ? connection.rungs.find(({ rung }) => rung === 'space') : undefined;
  const free = space?.state === 'ok' ? ` (${plainText(space.detail)})` : '';
  return `${bytes(forecast.bytes * DISK_BYTES_PER_BYTE)} on disk${free}`;
}

/** What has been written until now; it is said wherever something is about to be. */
export function writtenWords({ run }: WizardState): string {
  const loaded =
    run?.kind === 'run' ? (run.done?.documents.acknowledged ?? run.progress?.acknowledged ?? 0) : 0;
  return loaded === 0
    ? 'So far nothing has been written.'
    : `So far ${documents(loaded)} were loaded into ${run?.index?.name ?? 'the index'}.`;
}

/** The four parts of Review, in the order of the keys 1 to 4. */
export function reviewFacts(state: WizardState): readonly Fact[] {
  const lines = [
    indexNames(state.answers.settings),
    indexWords(state),
    ...doubledLines(state),
    ...indexNotes(state),
    ...dashboardsLines(state),
  ];
  const index: Fact = { label: 'Index', lines, short: lines };
  const { forecast } = state;
  const unknown = (label: string): Fact => ({
    label,
    lines: ['Not planned yet'],
    short: ['Not planned yet'],
  });
  return [
    clusterFact(state),
    forecast.state === 'ready' ? incidentFact(state, forecast.forecast) : unknown('Incidents'),
    forecast.state === 'ready' ? dataFact(state, forecast.forecast) : unknown('Data'),
    index,
  ];
}

/** What stands before that line. */
export function repeatWords({ answers }: WizardState): string {
  const { settings, password, token, keyPassphrase } = answers;
  const needed = [
    settings.username && password && !settings.passwordFile && 'OPENSEARCH_PASSWORD',
    token && !settings.tokenFile && 'OPENSEARCH_TOKEN',
    keyPassphrase && !settings.clientKeyPassphraseFile && 'OPENSEARCH_CLIENT_KEY_PASSPHRASE',
  ].filter(Boolean);
  const first = !settings.local && needed.length > 0;
  return `To repeat${first ? ` (set ${needed.join(' and ')} first)` : ' without prompts'}:`;
}

/** The line that does the same without a question, on another day and another machine too. */
export function repeatCommand(state: WizardState, { program }: Services): string {
  const settings = runSettings(state.answers);
  const now = settings.now ?? new Date(state.nowMs).toISOString();
  const timeZone = settings.timeZone ?? plannedOf(state)?.timeZone;
  return renderCommand(program, 'run', { ...settings, now, timeZone });
}
