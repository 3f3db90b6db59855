// The plan: everything that is decided before a document exists.
export { BLOCKS, trafficAt } from './curve.ts';
export { estimate } from './estimate.ts';
export type { IncidentType } from './incident-types.ts';
export { makePlan, PLAN_VERSION, type PlanInput } from './make-plan.ts';
export { type Preview, type PreviewRequest, preview } from './preview.ts';
export type { Incident, Omitted, Phase, Plan, PlanParameters, Range } from './types.ts';
