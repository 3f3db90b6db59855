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
  /** Causes that look the same in the index, and where to look instead. */
  readonly cannotTell: string;
  /** True when it builds up, instead of beginning all at once. @default false */
  readonly gradual?: boolean;
}

const OUTSIDE =
  "whether the gateway itself failed, the network on the way to it, or only our code that calls it. No field records the connection; the provider's status page and a trace of the route do.";

export const INVESTIGATIONS: Readonly<Partial<Record<IncidentType, Investigation>>> = {
  payment_gateway_timeout: { steps: hangingGateway, cannotTell: OUTSIDE },
  circuit_breaker: { steps: unreachableGateway, cannotTell: OUTSIDE },
  upstream_degradation: { steps: slowGateway, cannotTell: OUTSIDE },
  database_pool_exhaustion: {
    steps: emptyPool,
    cannotTell:
      'whether the code loses its connections or holds them in transactions that it never ends. db_connection_usage_ms is known only of connections that came back; a thread dump and the leak detection of the pool tell of the others.',
  },
  memory_pressure: {
    steps: fullMemory,
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
