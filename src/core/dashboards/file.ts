// The file of the dashboards, to be imported by hand.
import { mappingFor } from '../cluster/indexes/mapping.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { Plan } from '../plan/types.ts';
import { patternFields } from './index-pattern.ts';
import { importFile } from './rooms.ts';
import { ndjsonOf } from './saved-object.ts';

/** Its name beside the files of a data set. */
export const DASHBOARDS_FILE = 'dashboards.ndjson';

export interface DashboardsText {
  readonly plan: Plan;
  /** The index that they show. */
  readonly index: string;
  /** True when its companion names the incidents. */
  readonly answers: boolean;
}

/** The text of the file: one saved object a line, for Stack Management, Saved Objects, Import. */
export function dashboardsText({ plan, index, answers }: DashboardsText): string {
  const { properties } = mappingFor(STORED_TRANSACTIONS, plan.parameters.labelDocuments).mappings;
  return ndjsonOf(importFile({ plan, index, answers }, patternFields(properties)));
}

/** True for the first line of such a file. */
export const isOurLine = (line: string): boolean =>
  /^\{"type":"index-pattern","id":"incident-demo-/.test(line);
