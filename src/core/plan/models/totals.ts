// What a model gives in the incident's window, at the size of the default shop and before sampling.

export interface Totals {
  documents: number;
  /** Failed transactions by error code, without the customers' own. */
  readonly errors: Record<string, number>;
  /** The same, with the recovery. */
  readonly allErrors: Record<string, number>;
}

export const emptyTotals = (): Totals => ({ documents: 0, errors: {}, allErrors: {} });

/** Counts failed transactions of a second in the window or in the recovery. */
export function countErrors(totals: Totals, code: string, amount: number, inWindow: boolean): void {
  if (amount <= 0) return;
  totals.allErrors[code] = (totals.allErrors[code] ?? 0) + amount;
  if (inWindow) totals.errors[code] = (totals.errors[code] ?? 0) + amount;
}

/** Share of the transactions that fail, with the customers' own errors among the others. */
export function errorShare({ documents, errors }: Totals, background: number): number {
  const share = Object.values(errors).reduce((sum, amount) => sum + amount, 0) / documents;
  return share + (1 - share) * background;
}
