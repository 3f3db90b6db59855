// The investigation guide as data: what each scenario was, and the steps that find its cause, with the answers of the index.
import type { CheckResult, Query } from '../../events.ts';
import type { Tally } from '../../generate/count/tally.ts';
import { stepsOf } from '../../ground-truth/evidence.ts';
import type { Incident, Plan } from '../../plan/index.ts';
import { canonical } from '../../plan/key.ts';
import { BUILT_IN } from '../../plan/presets.ts';
import { foundInWords } from '../result-text.ts';
import type { RunScope } from '../scope.ts';
import { type AskedBrief, briefDql, inquireBrief, tellBrief } from './brief.ts';
import { type ImpactText, inquireImpact, tellImpact } from './impact.ts';
import { investigationOf } from './investigations.ts';
import { failuresOf, inquireRandom, listedIncidents } from './random-incidents.ts';
import { type Inquiry, type Span, type WrittenSearch, writtenSearch } from './search.ts';
import type { GuideStep, Known, Scene, StepMaker, TimelineEvent, Told } from './step.ts';

/** A page of OpenSearch Dashboards about an incident. */
interface GuideLink {
  /** Id of the incident; null for a page about all of the data. */
  readonly incident: string | null;
  readonly title: string;
  readonly url: string;
}

export interface GuideRequest {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly url: string;
  readonly scope: RunScope;
  /** The results of the checks: the proof, and the answers to the steps that a preset brings itself. */
  readonly results: readonly CheckResult[];
  /** Asks the index. */
  readonly ask: (query: Query) => Promise<unknown>;
}

/** A step that a person's own preset brings. */
export interface OwnStep {
  readonly question: string;
  readonly shows: string;
  readonly result: CheckResult;
}

export interface Scenario {
  readonly incident: Incident;
  readonly title: string;
  readonly story: string;
  readonly rootCause: string;
  readonly redHerrings: readonly string[];
  readonly impact: (WrittenSearch & ImpactText) | undefined;
  /** Undefined where the index has too few documents of it. */
  readonly brief: AskedBrief | undefined;
  readonly ended: string | undefined;
  readonly timeline: readonly TimelineEvent[];
  readonly steps: readonly GuideStep[];
  readonly ownSteps: readonly OwnStep[];
  readonly cannotTell: string;
  readonly proof: readonly CheckResult[];
  readonly links: readonly GuideLink[];
}

/** An incident that is not scripted. */
interface RandomRow {
  readonly incident: Incident;
  readonly failures: string;
}

export interface Guide {
  readonly plan: Plan;
  readonly url: string;
  readonly index: string;
  readonly seed: number;
  readonly sample: number;
  readonly timeZone: string;
  /** The latest first. */
  readonly scenarios: readonly Scenario[];
  readonly random: readonly RandomRow[];
  /** Incidents that the table leaves out. */
  readonly moreRandom: number;
  readonly randomSearch: WrittenSearch | undefined;
}

const TOO_FEW: Told = { shows: 'This index holds too few documents of the incident to show it.' };

interface Asked {
  readonly steps: readonly GuideStep[];
  readonly known: Known;
}

/** Asks the steps one after the other: each may use what the answers before it have shown. */
async function investigate(
  request: GuideRequest,
  scene: Scene,
  makers: readonly StepMaker[],
): Promise<Asked> {
  const steps: GuideStep[] = [];
  let known: Known = {};
  for (const { question, panel, inquire, tell } of makers) {
    const inquiry = inquire(scene, known);
    if (!inquiry) continue;
    const search = writtenSearch(request.scope, inquiry);
    const told = tell(await request.ask(search.query), scene, known) ?? TOO_FEW;
    known = { ...known, ...told.learned };
    steps.push({ ...search, question, told, ...(panel === undefined ? {} : { panel }) });
  }
  return { steps, known };
}

async function ask<Text>(
  request: GuideRequest,
  inquiry: Inquiry,
  tell: (answer: unknown) => Text | undefined,
): Promise<(WrittenSearch & Text) | undefined> {
  const search = writtenSearch(request.scope, inquiry);
  const text = tell(await request.ask(search.query));
  return text && { ...search, ...text };
}

const shippedSteps = new Set(
  BUILT_IN.flatMap(({ investigation }) => investigation.map((step) => canonical(step))),
);

/** The steps of a person's own preset, with the results of their checks. */
function ownStepsOf({ plan, tally, results }: GuideRequest, incident: Incident): readonly OwnStep[] {
  const preset = plan.presets.find(({ id }) => id === incident.preset);
  const own = new Set(
    preset?.investigation
      .filter((step) => !shippedSteps.has(canonical(step)))
      .map(({ id }) => `${incident.id}/${id}`),
  );
  return stepsOf(plan, incident, tally).flatMap(({ id, claim, question = claim, shows = '' }) => {
    const result = results.find((each) => each.id === id);
    if (!result || !own.has(id)) return [];
    return [{ question, shows: shows.replaceAll('{found}', foundInWords(result)), result }];
  });
}

async function scenarioOf(request: GuideRequest, incident: Incident): Promise<Scenario | undefined> {
  const { plan, results } = request;
  const preset = plan.presets.find(({ id }) => id === incident.preset);
  if (!preset) return undefined;
  const scene: Scene = { plan, incident, timeZone: plan.parameters.timeZone };
  const { steps: makers, cannotTell } = investigationOf(incident.type);
  const { steps, known } = await investigate(request, scene, makers);
  const brief = await ask(request, inquireBrief(scene), (answer) => tellBrief(answer, scene, known));
  const events = steps.flatMap(({ told }) => told.events ?? []);
  return {
    incident,
    ...{ title: preset.title, story: preset.story },
    ...{ rootCause: preset.root_cause, redHerrings: preset.red_herrings },
    impact: await ask(request, inquireImpact(scene), (answer) => tellImpact(answer, scene)),
    brief: brief && { ...brief, failuresDql: briefDql(request.scope, known) },
    ended: steps.findLast(({ told }) => told.ended)?.told.ended,
    timeline: events.toSorted((a, b) => a.ms - b.ms),
    steps,
    ownSteps: ownStepsOf(request, incident),
    cannotTell,
    proof: results.filter(({ id }) => id.startsWith(`${incident.id}/`)),
    links: [],
  };
}

/**
 * The guide of a run: every search in it has run, and its words say what the answers hold. Throws what `ask`
 * throws.
 */
export async function makeGuide(request: GuideRequest): Promise<Guide> {
  const { plan, url, scope } = request;
  const scenarios: Scenario[] = [];
  for (const incident of plan.incidents) {
    const scenario = await scenarioOf(request, incident);
    if (scenario) scenarios.unshift(scenario);
  }
  const incidents = plan.incidents.filter(({ preset }) => preset === null);
  const inquiry = inquireRandom(incidents);
  const randomSearch = inquiry && writtenSearch(scope, inquiry);
  const answer = randomSearch && (await request.ask(randomSearch.query));
  const shown = listedIncidents(incidents);
  const { seed, sample, timeZone } = plan.parameters;
  return {
    ...{ plan, url, index: scope.index, seed, sample, timeZone, scenarios, randomSearch },
    random: shown.map((incident) => ({ incident, failures: failuresOf(answer, incident) })),
    moreRandom: incidents.length - shown.length,
  };
}

/** Where OpenSearch Dashboards shows what the guide speaks of. */
export interface Places {
  readonly links: readonly GuideLink[];
  /** The address of Discover with a query in DQL, at a time. */
  readonly discover: (dql: string, span: Span) => string;
}

/** The same guide with links: to a page about each scenario, and from each step to Discover. Nothing is queried again. */
export function withLinks(guide: Guide, { links, discover }: Places): Guide {
  const scenarios = guide.scenarios.map((scenario) => ({
    ...scenario,
    links: links.filter(({ incident }) => incident === scenario.incident.id),
    steps: scenario.steps.map((step): GuideStep => {
      const [span] = step.spans;
      return span ? { ...step, discoverUrl: discover(step.dql, span) } : step;
    }),
  }));
  return { ...guide, scenarios };
}
