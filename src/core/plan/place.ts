// How bad a random incident is, where it is felt, and how it ends.
import type { Component, Mitigation, Reason, Severity } from './labels.ts';
import type { ModelSettings } from './models/incident-model.ts';
import { type IncidentType, modelOf } from './models/registry.ts';
import type { PlanParameters, Range } from './parameters.ts';
import type { Random } from './random.ts';
import { BALANCERS, GATEWAY_SHARES, GATEWAYS, SERVERS } from './shop.ts';

export interface Severe {
  readonly severity: Severity;
  /** Share of the window's transactions that the model aims to fail, 0 to 1; of a subtle one, without the customers' own. */
  readonly targetErrorRate: number;
  /** Length of the incident and of the recovery, s. */
  readonly seconds: number;
  readonly recoverySeconds: number;
}

const between = (random: Random, { min, max }: Range) => min + (max - min) * random.next();

/** Error rates of the smaller levels, percent, where a major incident fails 25 to 40 % of the transactions. */
const USUAL: Range = { min: 25, max: 40 };
const MINOR: Range = { min: 5, max: 15 };
const SUBTLE: Range = { min: 1.3, max: 3.5 };
/** Where each failure takes many seconds, a few of them are as plain as many quick ones, and must end sooner. */
const SUBTLE_SLOW: Range = { min: 1.15, max: 1.45 };
const SUBTLE_SLOW_LASTS: Range = { min: 20 * 60, max: 32 * 60 };

const LASTS: Readonly<Record<Severity, Range>> = {
  major: { min: 5.5 * 60, max: 15 * 60 },
  minor: { min: 5.5 * 60, max: 15 * 60 },
  subtle: { min: 20 * 60, max: 60 * 60 },
  silent: { min: 2 * 3600, max: 4.5 * 3600 },
};
const RECOVERY: Range = { min: 5 * 60, max: 10 * 60 };

/** Chance of a major incident in the demo profile; the others are minor. */
const MAJOR_SHARE = 0.6;

/** Draws how bad an incident is, where nothing decided that before, and how long it lasts. */
export function severeOf(
  random: Random,
  type: IncidentType,
  parameters: PlanParameters,
  wanted?: Severity,
): Severe {
  const severity = wanted ?? demoSeverity(random);
  const { min, max } = parameters.errorRateIncident;
  const scale = (range: Range) => (between(random, range) * (min + max)) / (USUAL.min + USUAL.max) / 100;
  const share = 0.15 + 0.85 * random.next();
  const slow = modelOf(type).slowFailures === true;
  const targets: Readonly<Record<Severity, () => number>> = {
    major: () => (min + (max - min) * share) / 100,
    minor: () => scale(MINOR),
    subtle: () => scale(slow ? SUBTLE_SLOW : SUBTLE),
    silent: () => 0,
  };
  return {
    severity,
    targetErrorRate: targets[severity](),
    seconds: Math.round(between(random, slow && severity === 'subtle' ? SUBTLE_SLOW_LASTS : LASTS[severity])),
    recoverySeconds: Math.round(between(random, RECOVERY)),
  };
}

function demoSeverity(random: Random): Severity {
  const severity = random.next() < MAJOR_SHARE ? 'major' : 'minor';
  // A draw that nothing needs any more, so that the days of a seed stay what they were.
  random.next();
  return severity;
}

export interface Place {
  readonly settings: ModelSettings;
  readonly gateway?: string;
  readonly servers: readonly string[];
  readonly balancer?: string;
  /** Where the place is the cause, or the type stands for another cause. */
  readonly component?: Component;
  readonly reason?: Reason;
  readonly title?: string;
  readonly rootCause?: string;
  readonly mitigation?: Mitigation;
}

/** Share of the incidents with another cause that shows the same. */
const LOOKALIKES: Readonly<Record<PlanParameters['profile'], number>> = { demo: 0, graded: 0.4 };

/** Draws where it is felt: a major one everywhere, a smaller one on one gateway, server or balancer. */
export function placeOf(
  random: Random,
  type: IncidentType,
  severity: Severity,
  profile: PlanParameters['profile'],
): Place {
  const server = SERVERS[random.below(SERVERS.length)] ?? SERVERS[0];
  const { affected, randomSettings, callFailure } = modelOf(type);
  const chance = random.next();
  const settings = randomSettings?.(server) ?? {};
  const { lookalike } = modelOf(type);
  const alike = random.next() < LOOKALIKES[profile] && lookalike !== undefined ? lookalike : {};
  if (severity === 'major') return { settings, ...affected(settings), ...alike };
  if (callFailure === undefined) return { settings, servers: [server], ...alike };
  // A trouble of the first gateway is small only where few customers meet it.
  const gateway = chance < 0.4 ? laterGateway(random) : GATEWAYS[0];
  const all = { settings: { ...settings, gateway }, gateway, servers: SERVERS };
  if (gateway !== GATEWAYS[0]) return all;
  if (chance < 0.7) return { ...all, servers: [server] };
  const balancer = BALANCERS[random.below(BALANCERS.length)] ?? BALANCERS[0];
  return { ...all, balancer, component: 'load_balancer' };
}

/** One of the gateways after the first, by their shares. */
function laterGateway(random: Random): string {
  const [, second = 0, third = 0] = GATEWAY_SHARES;
  return GATEWAYS[random.next() * (second + third) < second ? 1 : 2] ?? GATEWAYS[0];
}

/** Draws what ends it. */
export function endingOf(random: Random, type: IncidentType, severity: Severity): Mitigation {
  const { endings, mitigation } = modelOf(type);
  const drawn = endings[random.below(endings.length)] ?? mitigation;
  return severity === 'silent' ? 'restart' : drawn;
}
