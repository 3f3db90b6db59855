// Review in words: what, where and when, and the same run as one line.
import { commandLine } from '../../command-line.ts';
import type { Services } from '../../wizard/services.ts';
import { chosenEntries, type Wizard } from '../../wizard/state.ts';
import { estimateWords, presetWindow } from './data-text.ts';
import { documents, incidents } from './format.ts';
import { productWords } from './link-text.ts';
import { momentWords } from './when.ts';

export interface Fact {
  /** Its number is the key that leads back to it. */
  readonly label: string;
  readonly lines: readonly string[];
}

function clusterLines({ answers, link }: Wizard): string[] {
  const { settings, password } = answers;
  const who = settings.local
    ? 'the local node of this machine, no sign-in'
    : settings.awsRegion
      ? `signed for AWS region ${settings.awsRegion}`
      : settings.username
        ? `signed in as ${settings.username}${password ? '' : ', without a password'}`
        : 'no sign-in';
  const checked = settings.insecure && !settings.local ? ', certificate not checked' : '';
  return [settings.url, `${productWords(link) || 'OpenSearch'}; ${who}${checked}`];
}

function incidentLines(state: Wizard): string[] {
  const { outlook, nowMs } = state;
  if (outlook.state !== 'ready') return [];
  const { forecast } = outlook;
  const omitted = new Set(forecast.omitted.map(({ id }) => id));
  const chosen = chosenEntries(state)
    .filter(({ preset }) => !omitted.has(preset.id))
    .map(({ preset }) => `${preset.title}: ${presetWindow(preset, forecast, nowMs)}`);
  const random = forecast.incidents.filter(({ preset }) => preset === null).length;
  const others = `${incidents(random)} at random${chosen.length > 0 ? ' beside them' : ''}`;
  return [...chosen, random === 0 && chosen.length > 0 ? 'no others' : others];
}

function dataLines({ outlook, answers, speed }: Wizard): string[] {
  if (outlook.state !== 'ready') return [];
  const { forecast } = outlook;
  const { startMs, endMs, timeZone } = forecast;
  return [
    `${momentWords(startMs, timeZone)} to ${momentWords(endMs, timeZone)}, ${timeZone}, seed ${answers.settings.seed}`,
    estimateWords(forecast, speed),
  ];
}

function indexLinesOf({ place, answers }: Wizard): string[] {
  const { index, onConflict } = answers.settings;
  if (place.state === 'looking') return [index, 'Looking whether it exists …'];
  if (place.state === 'free') return [index, 'It will be created; nothing is deleted'];
  if (place.state !== 'taken') return [index];
  const there = documents(place.index.documents);
  if (onConflict === 'append')
    return [index, `It exists with ${there}; the data is added, nothing is deleted`];
  if (onConflict === 'replace' && answers.replace === index) {
    return [index, `It exists with ${there}; IT WILL BE DELETED and created again`];
  }
  return [index, `It exists with ${there}; choose what to do with it`];
}

/** The four parts of Review, in the order of the keys 1 to 4. */
export function reviewFacts(state: Wizard): readonly Fact[] {
  return [
    { label: 'Cluster', lines: clusterLines(state) },
    { label: 'Incidents', lines: incidentLines(state) },
    { label: 'Data', lines: dataLines(state) },
    { label: 'Index', lines: indexLinesOf(state) },
  ];
}

/** The line that does the same without a question. */
export function repeatCommand({ answers }: Wizard, { program }: Services): string {
  const { settings } = answers;
  const url = settings.local ? { url: 'http://localhost:9200' } : {};
  return commandLine(program, 'run', { ...settings, ...url });
}
