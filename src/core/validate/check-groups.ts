// The checks by what they are about: the data as a whole, normal operation, each incident of a preset, random ones.
import type { CheckResult } from '../events.ts';
import { windowOfTitle } from './read-results.ts';

export interface CheckGroup {
  /** `data`, `normal`, `random`, or the id of a preset's incident. */
  readonly id: string;
  readonly kind: 'data' | 'normal' | 'preset' | 'random';
  /** Title of the incident; empty for the other kinds. */
  readonly title: string;
  /** Start and end of the incident, ms; left out for the other kinds. */
  readonly window?: { readonly startMs: number; readonly endMs: number };
  /** Failed ones first, otherwise in the order in which they ran. */
  readonly checks: readonly CheckResult[];
  readonly failed: number;
}

/** Ids of the checks of normal operation. */
const NORMAL = ['traffic', 'normal-error-rate', 'normal-response-time', 'rules', 'incident-codes'];

const RANDOM = /^random-\d{4}-\d{2}-\d{2}-\d+$/;

/** The id of the group that a check belongs to. */
function groupIdOf({ id }: Pick<CheckResult, 'id'>): string {
  const [incident = '', evidence] = id.split(/\/(.*)/s);
  if (evidence === undefined) return NORMAL.includes(id) ? 'normal' : 'data';
  return RANDOM.test(incident) ? 'random' : incident;
}

function groupOf(id: string, checks: readonly CheckResult[]): CheckGroup {
  const failed = checks.filter(({ ok }) => !ok);
  const ordered = [...failed, ...checks.filter(({ ok }) => ok)];
  const common = { id, checks: ordered, failed: failed.length };
  if (id === 'data' || id === 'normal' || id === 'random') return { ...common, kind: id, title: '' };
  const [found] = checks.flatMap(({ title }) => windowOfTitle(title) ?? []);
  const { title = checks[0]?.title.split(': ')[0] ?? id, startMs, endMs } = found ?? {};
  const window = startMs === undefined || endMs === undefined ? {} : { window: { startMs, endMs } };
  return { ...common, kind: 'preset', title, ...window };
}

/** Place of a group: the data, normal operation, incidents of presets from the latest on, the random ones. */
function rankOf({ kind, window }: CheckGroup): number {
  if (kind === 'preset') return 2 - (window?.startMs ?? 0) / Number.MAX_SAFE_INTEGER;
  return { data: 0, normal: 1, random: 3 }[kind];
}

/** The groups of these checks, those with a failed check first; none is empty. */
export function checkGroups(results: readonly CheckResult[]): readonly CheckGroup[] {
  const groups = [...Map.groupBy(results, groupIdOf)].map(([id, checks]) => groupOf(id, checks));
  return groups.sort((a, b) => Number(b.failed > 0) - Number(a.failed > 0) || rankOf(a) - rankOf(b));
}
