// A program that uses this one as a library may pass anything for a plan.
import { badArgument } from '../../errors/app-error.ts';
import { quotedValue } from '../schema/problem.ts';
import type { Plan } from './types.ts';

/** Throws AppError `argument` for what `plan` did not return. */
export function assertPlan(value: unknown): asserts value is Plan {
  if (typeof value === 'object' && value !== null && 'slotCount' in value && 'incidents' in value) return;
  throw badArgument(`${quotedValue(value)} is not a plan; make one with plan()`);
}
