// The guide as a page: one page on top, the timeline, a script for the stage, the steps of each scenario, an appendix.
import { curlLine } from '../query-text.ts';
import { expectedText, foundText } from '../result-text.ts';
import {
  type Block,
  code,
  heading,
  type Inline,
  list,
  paragraph,
  strong,
  type Text,
  table,
} from './blocks.ts';
import type { GuideFormat } from './format.ts';
import type { Guide, OwnStep, Scenario } from './guide.ts';
import { htmlOf } from './html.ts';
import { markdownOf } from './markdown.ts';
import { presentationOf } from './presentation.ts';
import type { Span } from './search.ts';
import type { GuideStep } from './step.ts';
import { clock, dayText } from './words.ts';

const TITLE = 'Investigation guide';
const utc = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function labeled(label: string, text: string | undefined): readonly Text[] {
  return text === undefined ? [] : [[strong(`${label}:`), ` ${text}`]];
}

/** `Tuesday, 24 November 2026, 14:25 to 14:35, recovered by 14:43 (Europe/Berlin). In UTC: …`; where the clock is that of UTC, once. */
function whenText({ incident }: Scenario, { timeZone }: Guide): string {
  const { startMs, endMs, recoveredMs } = incident;
  const time = (ms: number) => clock(ms, timeZone);
  const local = `${dayText(startMs, timeZone)}, ${time(startMs)} to ${time(endMs)}, recovered by ${time(recoveredMs)} (${timeZone})`;
  // By the clock, not by the name: Etc/UTC and GMT are UTC too.
  const isUtc = [startMs, endMs].every((ms) => time(ms) === clock(ms, 'UTC'));
  return isUtc ? `${local}.` : `${local}. In UTC: ${utc(startMs)} to ${utc(endMs)}.`;
}

const summary = (scenario: Scenario, guide: Guide): readonly Block[] => [
  heading(3, scenario.title),
  list([
    ...labeled('What happened', scenario.story),
    ...labeled('When', whenText(scenario, guide)),
    ...labeled('Impact', scenario.impact?.impact),
    ...labeled('Who was affected', scenario.impact?.affected),
    ...labeled('Cause', `${scenario.rootCause}.`),
    ...labeled('How it ended', scenario.ended),
    ...scenario.links.map(({ title, url }): Text => [strong('Dashboards:'), ' ', { url, text: title }]),
  ]),
];

const timeline = ({ scenarios, timeZone }: Guide): Block =>
  table(
    ['Day', 'Time', 'What the index shows'],
    scenarios
      .toReversed()
      .flatMap(({ timeline: events }) =>
        events.map(({ ms, text }) => [[utcDay(ms, timeZone)], [clock(ms, timeZone, true)], [text]]),
      ),
  );

const utcDay = (ms: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-US', { weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(ms);

function onStage(scenario: Scenario, { timeZone, plan }: Guide): readonly Block[] {
  const cues = presentationOf(scenario, { plan, incident: scenario.incident, timeZone });
  return [
    heading(2, `On stage in five minutes: ${scenario.title}`),
    table(
      ['Minute', 'Click', 'Say'],
      cues.map(({ at, click, say }) => [[at], [click], [`“${say}”`]]),
    ),
  ];
}

const spanText = ({ fromMs, toMs }: Span, timeZone: string) =>
  `${utcDay(fromMs, timeZone)}, ${clock(fromMs, timeZone)} to ${clock(toMs, timeZone)}`;

const stepBlocks = (step: GuideStep, number: number, { timeZone }: Guide): readonly Block[] => [
  heading(3, `${number}. ${step.question}`),
  list([
    [
      step.discoverUrl === undefined ? strong('Discover') : { url: step.discoverUrl, text: 'Discover' },
      ` (${step.spans.map((span) => spanText(span, timeZone)).join('; and ')}): `,
      code(step.dql),
    ],
    [strong('PPL'), ' ', code(step.ppl)],
  ]),
  { kind: 'request', query: step.query },
  paragraph(
    step.told.shows,
    ...(step.told.rulesOut === undefined
      ? []
      : [' ', strong('Rules out:'), ` ${lowered(step.told.rulesOut)}`]),
  ),
];

/** A sentence after a colon; names keep their capital. */
const lowered = (text: string) =>
  /^[A-Z][a-z]|^A /.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;

const ownBlocks = ({ question, shows, result }: OwnStep, number: number): readonly Block[] => [
  heading(3, `${number}. ${question}`),
  { kind: 'request', query: result.query },
  paragraph(
    shows,
    ...(result.ok
      ? []
      : [
          ' ',
          strong('Not in this index:'),
          ` expected ${expectedText(result)}, found ${foundText(result)}.`,
        ]),
  ),
];

function chapter(scenario: Scenario, guide: Guide): readonly Block[] {
  const { steps, ownSteps, cannotTell, rootCause, redHerrings } = scenario;
  return [
    heading(2, scenario.title),
    ...steps.flatMap((step, number) => stepBlocks(step, number, guide)),
    ...ownSteps.flatMap((step, place) => ownBlocks(step, steps.length + place)),
    list([
      ...labeled('Root cause', `${rootCause}.`),
      ...labeled('The index cannot tell', cannotTell),
      ...redHerrings.map((herring): Text => [strong('Red herring:'), ` ${herring}`]),
    ]),
  ];
}

function others({ random, moreRandom, timeZone }: Guide): readonly Block[] {
  if (random.length === 0) return [];
  return [
    heading(2, 'Other incidents'),
    paragraph(
      `These are drawn at random. The minutes are those of the incident; its recovery follows.${moreRandom > 0 ? ` ${moreRandom} more are in incidents.json.` : ''}`,
    ),
    table(
      ['When', 'What', 'Errors', 'Cause'],
      random.map(({ incident, failures }) => [
        [spanText({ fromMs: incident.startMs, toMs: incident.endMs }, timeZone)],
        [incident.title],
        [failures],
        [incident.rootCause],
      ]),
    ),
  ];
}

function appendix(scenario: Scenario, { url }: Guide): readonly Block[] {
  const { title, steps, impact, proof } = scenario;
  const claim = (text: string) => (text.startsWith(`${title}: `) ? text.slice(title.length + 2) : text);
  const searches = [...steps, ...(impact ? [impact] : [])];
  return [
    heading(3, title),
    { kind: 'shell', lines: searches.map(({ query }) => curlLine(url, query)) },
    ...(proof.length === 0
      ? []
      : [
          table(
            ['Claim', 'Expected', 'Found', 'Holds'],
            proof.map((result): readonly Text[] => [
              [claim(result.title)],
              [expectedText(result)],
              [foundText(result)],
              [result.ok ? 'yes' : (strong('no') as Inline)],
            ]),
          ),
        ]),
  ];
}

/** The guide as blocks. */
function guideBlocks(guide: Guide): readonly Block[] {
  const { url, index, seed, sample, scenarios, randomSearch } = guide;
  return [
    heading(1, TITLE),
    paragraph(
      'Index ',
      code(index),
      ` at ${url}, seed ${seed}. Every query below was run against it, and every number is from its answer.`,
      ` Each document stands for ${sample} transactions: `,
      code('sum(sample_weight)'),
      ' counts transactions, a plain count counts documents.',
    ),
    ...(scenarios.length > 0
      ? [
          heading(2, 'On one page'),
          ...scenarios.flatMap((scenario) => summary(scenario, guide)),
          heading(2, 'Timeline'),
          timeline(guide),
          ...scenarios.flatMap((scenario) => onStage(scenario, guide)),
        ]
      : [paragraph('This run has no scripted incident.')]),
    ...scenarios.flatMap((scenario) => chapter(scenario, guide)),
    ...others(guide),
    heading(2, 'Appendix: the queries for a shell, and the proof'),
    paragraph('The last query of each scenario is that of its impact.'),
    ...scenarios.flatMap((scenario) => appendix(scenario, guide)),
    ...(randomSearch
      ? [
          heading(3, 'Other incidents'),
          { kind: 'shell' as const, lines: [curlLine(url, randomSearch.query)] },
        ]
      : []),
  ];
}

/** The guide as a text in Markdown, or as a page in HTML that stands alone. */
export function guideText(guide: Guide, format: GuideFormat = 'md'): string {
  const blocks = guideBlocks(guide);
  return format === 'html' ? htmlOf(`${TITLE}: ${guide.index}`, blocks) : markdownOf(blocks);
}
