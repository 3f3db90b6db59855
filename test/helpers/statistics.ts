// Plain statistics that the tests of the data share.

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]) => sum(values) / values.length;

/** Variance of a sample. */
function variance(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1);
}

/** Variance over mean: 1 for a Poisson count. */
export const dispersion = (counts: readonly number[]) => variance(counts) / mean(counts);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Pearson's correlation; 0 where one of the series does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = sum(a.map((value, at) => (value - meanA) * ((b[at] ?? 0) - meanB)));
  const scale = Math.sqrt(
    sum(a.map((value) => (value - meanA) ** 2)) * sum(b.map((value) => (value - meanB) ** 2)),
  );
  return scale === 0 ? 0 : product / scale;
}

/** All pairs of a list, each once. */
export const pairsOf = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((item, at) => items.slice(at + 1).map((other) => [item, other] as const));
