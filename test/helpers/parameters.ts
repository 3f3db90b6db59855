// The default parameters with a fixed seed and zone: what tests and the bench begin with.
import type { PlanParameters } from '../../src/core/plan/index.ts';
import { DEFAULT_PARAMETERS } from '../../src/core/plan/parameters.ts';

export const DEFAULTS: PlanParameters = { ...DEFAULT_PARAMETERS, seed: 1, timeZone: 'Europe/Berlin' };
