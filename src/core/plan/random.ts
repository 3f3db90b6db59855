// Random streams. A stream is keyed by (seed, name, number), so that any part of the data can be drawn without the rest.

const MIX_A = 0x85ebca6b;
const MIX_B = 0xc2b2ae35;

/** Avalanche of 32 bits (the finaliser of MurmurHash3). */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), MIX_A);
  h = Math.imul(h ^ (h >>> 13), MIX_B);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32-bit hash of a text (FNV-1a, then mixed). */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

/** A number in [0, 1) that belongs to these keys: noise that needs no stream. */
export function noise(seed: number, a: number, b: number): number {
  return mix(mix(mix(seed ^ 0x9e3779b9) ^ a) ^ Math.imul(b, 0x9e3779b1)) / 4294967296;
}

/** A stream of random numbers: sfc32, 2^128 states, about 3 ns a draw. */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;

  constructor(seed: number, name: number, number: number) {
    this.reset(seed, name, number);
  }

  /** Starts the stream of these keys. @param name hash of the stream's name, see hashText. */
  reset(seed: number, name: number, number: number): void {
    this.a = mix(seed ^ 0x2545f491) | 0;
    this.b = mix(name + Math.imul(seed, 0x9e3779b1)) | 0;
    this.c = mix(number ^ this.b) | 0;
    this.counter = 1;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Goes on where another stream is. */
  follow({ a, b, c, counter }: Random): void {
    this.a = a;
    this.b = b;
    this.c = c;
    this.counter = counter;
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** Uniform whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** Standard normal, cut at ±3.7. */
  normal(): number {
    return normalQuantile(this.next());
  }

  /** A value of a distribution, see quantileTable(). */
  of(table: Float64Array): number {
    return tableAt(table, this.next());
  }

  /** Exponential with this mean. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** Poisson count. Exact by Knuth's product up to a mean of 30, in pieces above it. */
  poisson(mean: number): number {
    let count = 0;
    let left = mean;
    while (left > 0) {
      const limit = Math.exp(-Math.min(left, 30));
      for (let product = this.next(); product > limit; product *= this.next()) count++;
      left -= 30;
    }
    return count;
  }
}

/** A stream by its name. */
export function stream(seed: number, name: string, number: number): Random {
  return new Random(seed, hashText(name), number);
}

/** The standard normal's value at p in [0, 1), interpolated in a table; cut at ±3.7. */
export const normalQuantile = (p: number): number => tableAt(TABLE, p);

/** The value at p in [0, 1), straight between the table's. */
function tableAt(table: Float64Array, p: number): number {
  const at = p * QUANTILES;
  const index = at | 0;
  const low = table[index] ?? 0;
  return low + (at - index) * ((table[index + 1] ?? low) - low);
}

/** Quantiles of what a function makes of a standard normal value, so that it need not be computed for each draw. */
export const quantileTable = (of: (z: number) => number): Float64Array => TABLE.map(of);

/** Inverse of the normal distribution's function: P. J. Acklam's rational approximation, relative error under 1.2e-9. */
function inverseNormal(p: number): number {
  if (p > 0.5) return -inverseNormal(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return horner(TAIL, q) / (horner(TAIL_DIVISOR, q) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (horner(MIDDLE, r) * q) / (horner(MIDDLE_DIVISOR, r) * r + 1);
}

const horner = (coefficients: readonly number[], x: number) =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);

const MIDDLE = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const MIDDLE_DIVISOR = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const TAIL = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_DIVISOR = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

const QUANTILES = 4096;
const TABLE = Float64Array.from({ length: QUANTILES + 1 }, (_, i) =>
  inverseNormal((i + 0.5) / (QUANTILES + 1)),
);

/** Share of the standard normal below z. */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - poly * Math.exp(-x * x);
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}
