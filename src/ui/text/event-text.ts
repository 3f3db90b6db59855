// The events of a run as sentences, for scripts and logs without --json.

import type { DashboardLink, DryRun, LoadProgress, RunDone, RunEvent } from '../../core/events.ts';
import { expectedText, foundText } from '../../core/validate/result-text.ts';
import type { AppError } from '../../errors/app-error.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { BARE } from './hyperlink.ts';
import { sceneSummary } from './scene-table.ts';
import { briefScenes } from './scenes.ts';

/** Where sentences go: results, and what is said beside them. */
export interface Outputs {
  readonly out: (line: string) => void;
  readonly say: (line: string) => void;
}

/** `incident-demo run` as it is typed here: in a clone, `npm start -- run`. */
export function asTyped(text: string, program: string): string {
  return text.replace(
    /\bincident-demo (?=run|live|generate|load|validate|doctor|dashboards|clean|node |explain|--help)/g,
    `${program} `,
  );
}

/** Cleaned, and with a full stop unless it ends in one or in a question mark. */
const stopped = (sentence: string) => plainText(sentence).replace(/[^.?!]$/, '$&.');

/** What happened, why, and what can be done, for standard error. */
export function errorLines(error: AppError): string[] {
  const { sentence, why, actions } = error.explain();
  return [
    `Error: ${stopped(sentence)}`,
    ...(why === '' ? [] : [`  Why: ${plainText(why)}`]),
    ...actions.map((action) => `  - ${plainText(action)}`),
    `  (${error.code})`,
  ];
}

/** How much is said: only results and errors, or every detail. */
export type Loudness = 'quiet' | 'usual' | 'verbose';

function progressLine({ acknowledged, documentsPerSecond, retried, refused }: LoadProgress): string {
  const troubles = [
    retried > 0 ? `${retried} retried` : '',
    refused > 0 ? `${grouped(refused)} rejected` : '',
  ];
  const rate = `${grouped(acknowledged)} documents loaded, ${grouped(documentsPerSecond)} docs/s`;
  return [rate, ...troubles.filter(Boolean)].join(', ');
}

const bulkLine = ({ batches, bytesPerSecond, senders, answerP95Ms }: LoadProgress) =>
  `${grouped(batches)} bulk requests, ${(bytesPerSecond / 1e6).toFixed(1)} MB/s, ${senders} workers, bulk latency p95 ${Math.round(answerP95Ms)} ms`;

const INDEX_DECISIONS: Readonly<Record<DryRun['action'], string>> = {
  create: 'it would be created',
  append: 'documents would be added to it',
  replace: 'it would be deleted and created again',
  unknown: 'unknown, since the local node is not running; the run would start it',
};

function dryRunLines(event: DryRun): string[] {
  const { url, index, action, there, documents, bytes, diskBytes, incidents, sample } = event;
  const megabytes = (size: number) => `${(size / 1e6).toFixed(1)} MB`;
  const held = there > 0 ? ` (it holds ${grouped(there)} documents)` : '';
  return [
    `Dry run: nothing is written`,
    `Target: index ${index} at ${url ?? 'the local node'}`,
    `Index: ${INDEX_DECISIONS[action]}${held}`,
    `Data: about ${grouped(documents)} documents, ${megabytes(bytes)} of bulk requests, ${megabytes(diskBytes)} on disk`,
    `Incidents: ${incidents.length}`,
    ...incidents.map(
      ({ title, start, end }) => `  ${minuteOf(start)} to ${minuteOf(end)}  ${plainText(title)}`,
    ),
    'Sample document:',
    ...JSON.stringify(sample, null, 2).split('\n'),
  ];
}

const minuteOf = (iso: string) => `${iso.slice(0, 16)}Z`;

/** The whole data and the incidents of presets; --json has the others. */
export const linkLines = (links: readonly DashboardLink[]) =>
  links
    .filter(({ incident, preset }, place) => preset !== undefined || (incident === null && place === 0))
    .map(({ title, url }) => `${title}: ${url}`);

/** The scenarios with their links; the links alone where the guide was not written. */
const sceneLines = ({ scenarios, links = [] }: RunDone) =>
  scenarios ? sceneSummary(briefScenes(scenarios, links), links, BARE) : linkLines(links);

function doneLines(done: RunDone, loaded: boolean): { out: string[]; say: string[] } {
  const { documents, index, url, error } = done;
  if (done.dryRun && !error) return { out: [`To run it: ${done.command}`], say: [] };
  const passed = done.checks.filter(({ ok }) => ok).length;
  if (error) {
    return {
      out: [],
      say: [
        `Error: ${stopped(error.message)}`,
        ...error.actions.map((action) => `  - ${plainText(action)}`),
        `  (${error.code})`,
      ],
    };
  }
  return {
    out: [
      `${loaded ? 'Your demo is ready' : 'Data verified'}: ${grouped(documents.found)} documents in ${index} at ${url}`,
      `${passed} of ${done.checks.length} checks passed in ${done.seconds.total} s`,
      ...(done.guide ? [`Investigation guide: ${done.guide}`] : []),
      ...sceneLines(done),
      `To repeat: ${done.command}`,
    ],
    say: [],
  };
}

const PROGRESS_MS = { quiet: Number.POSITIVE_INFINITY, usual: 5000, verbose: 1000 } as const;

/** A function that writes each event as a sentence; progress at most every five seconds, or every second. */
export function sentenceWriter(
  { out, say: insist }: Outputs,
  loudness: Loudness = 'usual',
): (event: RunEvent) => void {
  const say = loudness === 'quiet' ? () => undefined : insist;
  const detail = loudness === 'verbose' ? insist : () => undefined;
  let lastProgressMs = 0;
  let loaded = false;
  let refused = false;
  return (event) => {
    switch (event.type) {
      case 'node':
        return say(
          event.phase === 'fetch' && event.fraction !== undefined
            ? `${event.detail} (${Math.round(event.fraction * 100)} %)`
            : event.detail,
        );
      case 'notice':
        return say(plainText(event.text));
      case 'connected':
        return say(
          `Connected to OpenSearch${event.version === '' ? '' : ` ${plainText(event.version)}`} (${plainText(event.cluster)}) at ${event.url}`,
        );
      case 'planned':
        return say(
          `About ${grouped(event.documents)} documents, ${event.incidents} incidents, ${event.start} to ${event.end}, seed ${event.seed}`,
        );
      case 'index':
        return say(`Index ${event.name}: ${event.action}`);
      case 'progress':
        if (event.elapsedMs - lastProgressMs < PROGRESS_MS[loudness]) return undefined;
        lastProgressMs = event.elapsedMs;
        say(progressLine(event));
        return detail(`  ${bulkLine(event)}${event.trouble ? `; retried: ${plainText(event.trouble)}` : ''}`);
      case 'refused': {
        const [most] = event.groups;
        if (refused || !most) return undefined;
        refused = true;
        return insist(
          `The cluster rejects documents: ${plainText(most.reason)}; they are saved in ${event.file}`,
        );
      }
      case 'loaded':
        loaded = true;
        return say(
          `${grouped(event.acknowledged)} of ${grouped(event.planned)} documents loaded in ${event.seconds} s`,
        );
      case 'dashboards':
        return say(
          `Dashboards ${plainText(event.version)} at ${event.url}: ${event.objects} objects installed`,
        );
      case 'dry-run':
        return dryRunLines(event).forEach(out);
      case 'checking':
        return say(`${event.total} checks`);
      case 'check': {
        const found = plainText(foundText(event));
        say(
          event.ok
            ? `  ok      ${event.title}: ${found}`
            : `  FAILED  ${event.title}: expected ${expectedText(event)}, found ${found}`,
        );
        return detail(`          ${event.query.method} ${event.query.path}, ${event.ms} ms`);
      }
      case 'done': {
        const lines = doneLines(event, loaded);
        lines.out.forEach(out);
        lines.say.forEach(insist);
      }
    }
  };
}
