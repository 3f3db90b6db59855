// Plans and documents that the engine's tests share.
import fc from 'fast-check';
import {
  type GeneratedDocument,
  type GeneratedTransaction,
  generateDocuments,
  isTransaction,
  type SomeSlots,
} from '../../src/core/generate/index.ts';
import { type Incident, makePlan, type Plan, type PlanParameters } from '../../src/core/plan/index.ts';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { DEFAULTS } from './parameters.ts';

export { DEFAULTS } from './parameters.ts';

/** 17:00 in Berlin on a Saturday. */
export const NOW = Date.parse('2026-03-14T16:00:00Z');

export function planWith(changes: Partial<PlanParameters> = {}, nowMs = NOW, presets = BUILT_IN): Plan {
  return makePlan({ parameters: { ...DEFAULTS, ...changes }, presets, nowMs });
}

/** The action line and the source line of a document, the plain way. */
export const encode = ({ id, source }: GeneratedDocument) =>
  `${JSON.stringify({ create: { _id: id } })}\n${JSON.stringify(source)}\n`;

/** The transactions of a plan or of some slots, without its markers. */
export const transactionsOf = (plan: Plan, slots?: SomeSlots): GeneratedTransaction[] =>
  [...generateDocuments(plan, slots)].filter(isTransaction);

/** The slots whose sessions can have documents around an incident, with some minutes of calm before and after. */
export function documentsAround(plan: Plan, { startMs, recoveredMs }: Incident): GeneratedTransaction[] {
  const slotOf = (ms: number) => Math.floor((ms - plan.firstSlotMs) / plan.slotMs);
  const from = Math.max(0, slotOf(startMs) - 10);
  return transactionsOf(plan, { from, to: Math.min(plan.slotCount, slotOf(recoveredMs) + 3) });
}

export const inWindow = (documents: readonly GeneratedTransaction[], { startMs, endMs }: Incident) =>
  documents.filter(({ ms }) => ms >= startMs && ms < endMs);

export const failed = ({ source }: GeneratedTransaction) => source.status === 'error';
export const withCode = (code: string) => (document: GeneratedTransaction) =>
  document.source.error_code === code;

/** The value below which a share of the numbers lie. */
export function quantileOf(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

const range = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }));

/** Parameters of every kind that give some thousand documents. */
export const anyParameters: fc.Arbitrary<PlanParameters> = fc
  .record({
    days: fc.integer({ min: 1, max: 3 }),
    incidentsPerDay: range(0, 8),
    baseTps: fc.constantFrom(0.1, 1, 7, 20, 100, 2000),
    peakMultiplier: fc.constantFrom(1, 1.5, 2.5, 6, 20),
    errorRateNormal: range(0, 10),
    errorRateIncident: range(5, 90),
    coarseness: fc.constantFrom(150, 400, 1500),
    seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    timeZone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    ),
    profile: fc.constant('demo' as const),
    labelDocuments: fc.boolean(),
  })
  .map(({ coarseness, ...parameters }) => ({
    ...parameters,
    sample: Math.max(1, Math.round((coarseness * parameters.baseTps * parameters.peakMultiplier) / 50)),
  }));

/** Instants in years around now, those of clock changes among them. */
export const anyNow = fc.oneof(
  fc.constantFrom(
    Date.parse('2026-03-29T20:00:00Z'),
    Date.parse('2026-10-25T20:00:00Z'),
    Date.parse('2026-03-08T23:30:00Z'),
    Date.parse('2026-11-01T23:30:00Z'),
  ),
  fc.integer({ min: Date.parse('2024-01-01T00:00:00Z'), max: Date.parse('2028-01-01T00:00:00Z') }),
);
