// The plan: everything that is decided before a document exists.
export { DAY_PARTS, trafficAt } from './curve.ts';
export { estimate } from './estimate.ts';

export { makePlan } from './make-plan.ts';
export type { PlanParameters } from './parameters.ts';
export { preview } from './preview.ts';
export type { Incident, Plan } from './types.ts';
