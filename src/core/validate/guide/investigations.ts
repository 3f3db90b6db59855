// Which steps an investigation has, and what its index cannot tell, by the type of the incident.
import type { IncidentType } from '../../plan/models/registry.ts';
import { whichCodes } from './code-steps.ts';
import { traffic } from './compare-steps.ts';
import { howItEnded } from './end-steps.ts';
import { hangingGateway, slowGateway, unreachableGateway } from './gateway-steps.ts';
import { fullMemory } from './memory-steps.ts';
import { whichMinute } from './minute-steps.ts';
import { emptyPool } from './pool-steps.ts';
import type { StepMaker } from './step.ts';
import { whereAll } from './where-steps.ts';

export interface Investigation {
  /** At most nine, from the symptom to the cause. */
  readonly steps: readonly StepMaker[];
  /** What an audience sees first while it begins, at any hour. The story of a preset tells of the hours of its own window. */
  readonly symptom?: string;
  /** Causes that look the same in the index, and where to look instead. */
  readonly cannotTell: string;
  /** True when it builds up, instead of beginning all at once. @default false */
  readonly gradual?: boolean;
}

const OUTSIDE =
  "whether the gateway itself failed, the network on the way to it, or only our code that calls it. No field records the connection; the provider's status page and a trace of the route do.";

export const INVESTIGATIONS: Readonly<Partial<Record<IncidentType, Investigation>>> = {
  payment_gateway_timeout: {
    steps: hangingGateway,
    symptom:
      'Within two minutes p95 jumps from less than a second to the 30 s timeout. Once the circuit breakers open, payments fail fast: response times fall, the errors stay.',
    cannotTell: OUTSIDE,
  },
  circuit_breaker: {
    steps: unreachableGateway,
    symptom:
      'Calls to one gateway fail after 10 s without a connection. Within two minutes the circuit breakers open: payments fail fast, a probe finds the gateway still refusing, and they open again.',
    cannotTell: OUTSIDE,
  },
  upstream_degradation: {
    steps: slowGateway,
    symptom:
      'p95 rises while the median hardly moves: most calls to one gateway are late or answer 502, yet too many succeed for the circuit breakers to open.',
    cannotTell: OUTSIDE,
  },
  database_pool_exhaustion: {
    steps: emptyPool,
    symptom:
      'Transactions fail at every checkout step, not only in payment: they wait for a database connection, and many give up after 30 s.',
    cannotTell:
      'whether the code loses its connections or holds them in transactions that it never ends. db_connection_usage_ms is known only of connections that came back; a thread dump and the leak detection of the pool tell of the others.',
  },
  memory_pressure: {
    steps: fullMemory,
    symptom:
      'p95 climbs minute by minute, with no single moment at which something broke; garbage-collection pauses grow with it.',
    gradual: true,
    cannotTell: 'what the new version keeps in memory, and which line of its code. A heap dump does.',
  },
};

/** The steps that need to know nothing of the cause: a type that is not listed above has these. */
const GENERAL: Investigation = {
  steps: [
    whichMinute,
    whichCodes,
    whereAll,
    traffic,
    howItEnded('A cause that is still there: response times are normal again.'),
  ],
  cannotTell: 'what caused it. These steps find when and where it fails; the proof below shows the rest.',
};

export const investigationOf = (type: IncidentType): Investigation => INVESTIGATIONS[type] ?? GENERAL;
