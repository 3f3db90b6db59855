// An index that exists, and what can be done about it.
import type { IndexState, RunMeta } from '../../core/cluster/indexes/run-meta.ts';
import { sharedSpan } from '../../core/cluster/indexes/time-span.ts';
import type { Part } from '../../core/plan/types.ts';
import { presetTitles } from '../../core/run/packed-presets.ts';
import { plainText } from '../../text/plain-text.ts';
import type { IndexChoice } from '../../wizard/events.ts';
import type { Forecast } from '../../wizard/services.ts';
import { bytes, days, documents } from './format.ts';
import { dayName, momentWords, wallClock } from './when.ts';

/** Differences of the mapping that are shown at once; the others are among the details. */
const SHOWN = 3;

/** A parameter of a run, as this or another version of the tool wrote it down. */
const known = (value: unknown, words: (value: number) => string) =>
  typeof value === 'number' ? words(value) : words(Number.NaN).replace('NaN', '?');

/** Which data a run made: its parameters and its presets. */
function dataWords({ parameters, seed, presets }: RunMeta): string {
  const titles = presetTitles(presets).join(', ');
  const span = known(parameters['days'], days);
  return `${span}, 1 in ${known(parameters['sample'], String)} sessions, seed ${seed}; ${titles || 'no scenario'}`;
}

/** By whom, when and with which parameters; whether its data is what is planned now. */
function originLines({ meta }: IndexState, forecast: Forecast | undefined): readonly string[] {
  if (!meta) return ['not created by this tool'];
  const made = Date.parse(meta.now);
  const when = Number.isNaN(made) ? '' : ` on ${momentWords(made, forecast?.timeZone ?? 'UTC')}`;
  const same = forecast?.key === meta.key;
  return [
    `created by this tool${when}`,
    `${same ? 'same data as the plan' : 'different data from the plan'}: ${dataWords(meta)}`,
  ];
}

/** The days that the index has and the plan would add: `Sun 22 Nov to Tue 24 Nov`; empty when nothing would be doubled. */
export function doubledDays({ span, meta }: IndexState, forecast: Forecast | undefined): string {
  if (!span || !forecast || forecast.key === meta?.key) return '';
  const shared = sharedSpan(span, forecast);
  if (!shared) return '';
  const day = (ms: number) => dayName(wallClock(ms, forecast.timeZone).day);
  const [first, last] = [day(shared.firstMs), day(shared.lastMs)];
  return first === last ? first : `${first} to ${last}`;
}

/** What adding the planned data to an index comes to. */
function appendHint(index: IndexState, forecast: Forecast | undefined): string {
  if (index.meta !== undefined && index.meta.key === forecast?.key)
    return 'does not duplicate existing documents';
  const days = doubledDays(index, forecast);
  return days === '' ? 'the index then holds both data sets' : `doubles ${days}`;
}

/** What is there: documents, size, by whom and with which parameters, whether its fields fit. */
export function indexLines(index: IndexState, forecast: Forecast | undefined): readonly string[] {
  const { mappingDifferences } = index;
  const lines = [`${documents(index.documents)}, ${bytes(index.bytes)}`, ...originLines(index, forecast)];
  const more = mappingDifferences.length - SHOWN;
  if (mappingDifferences.length > 0) {
    const shown = mappingDifferences.slice(0, SHOWN).join('; ');
    lines.push(
      `its mapping differs, so nothing can be added: ${shown}${more > 0 ? `; and ${more} more` : ''}`,
    );
  }
  return lines.map(plainText);
}

/** Everything about it, every field that differs included. */
export function indexDetails(index: IndexState, forecast: Forecast | undefined): readonly string[] {
  const { mappingDifferences, meta } = index;
  const fields =
    mappingDifferences.length === 0
      ? ['Its mapping matches this data.']
      : ['Fields whose mapping differs:', ...mappingDifferences.map((line) => `- ${line}`)];
  const parameters = Object.entries(meta?.parameters ?? {}).map(
    ([name, value]) => `- ${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  );
  return [
    index.name,
    ...indexLines({ ...index, mappingDifferences: [] }, forecast),
    ...(meta ? [`run ${meta.run}, version ${meta.version}`, '', 'Parameters:', ...parameters] : []),
    '',
    ...fields,
  ].map(plainText);
}

export interface IndexOption {
  readonly choice: IndexChoice | 'name';
  readonly label: string;
  readonly hint: string;
}

/**
 * The choices, the safe one first. To other fields nothing can be added; a part neither deletes an index nor makes one
 * under a name that the other parts do not have.
 */
export function indexOptions(
  index: IndexState,
  freeName: string | undefined,
  forecast: Forecast | undefined,
  part: Part | undefined,
): readonly IndexOption[] {
  const alone = part === undefined;
  const options: IndexOption[] = [];
  if (alone) {
    const label = freeName ? `Load into ${freeName}` : 'Load into a new index';
    options.push({ choice: 'new', label, hint: 'keeps this index unchanged' });
  }
  options.push({
    choice: 'name',
    label: 'Choose another name',
    hint: alone ? '' : 'use the same one for every part',
  });
  if (index.mappingDifferences.length === 0) {
    options.push({ choice: 'append', label: 'Add to it', hint: appendHint(index, forecast) });
  }
  if (alone) {
    const hint = 'you confirm by typing its name';
    options.push({ choice: 'replace', label: 'Delete it and load again', hint });
  }
  if (index.meta) {
    options.push({ choice: 'checks', label: 'Only run the checks', hint: 'loads nothing' });
  }
  return options;
}
