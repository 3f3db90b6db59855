// Digits as ASCII bytes in a buffer.

/** Both digits of each number of two digits, in a base, the first in the lower byte. */
const pairs = (base: number) =>
  Uint16Array.from({ length: base * base }, (_, value) => {
    const [first = 0, second = 0] = value
      .toString(base)
      .padStart(2, '0')
      .split('')
      .map((digit) => digit.charCodeAt(0));
    return first | (second << 8);
  });

/** Writes a number at a place and returns the place after it. */
export type Put = (out: Uint8Array, at: number, value: number) => number;

const DECIMAL = pairs(10);
const BASE_36 = pairs(36);
const ZERO = 48;
const DOT = 46;
const QUOTE = 34;

function put(out: Uint8Array, at: number, pair: number): void {
  out[at] = pair & 255;
  out[at + 1] = pair >>> 8;
}

/** Two decimal digits. @param value 0 to 99. */
export function put2(out: Uint8Array, at: number, value: number): void {
  put(out, at, DECIMAL[value] ?? 0);
}

/** Six decimal digits. @param value 0 to 999,999. */
export function put6(out: Uint8Array, at: number, value: number): void {
  const thousands = (value / 10_000) | 0;
  const rest = value - thousands * 10_000;
  const hundreds = (rest / 100) | 0;
  put2(out, at, thousands);
  put2(out, at + 2, hundreds);
  put2(out, at + 4, rest - hundreds * 100);
}

/** One decimal digit. @param value 0 to 9. */
export function put1(out: Uint8Array, at: number, value: number): void {
  out[at] = ZERO + value;
}

/** Four digits of base 36. @param value 0 to 1,679,615. */
export function putBase36(out: Uint8Array, at: number, value: number): void {
  const high = (value / 1296) | 0;
  put(out, at, BASE_36[high] ?? 0);
  put(out, at + 2, BASE_36[value - high * 1296] ?? 0);
}

/** A whole number without leading zeros; returns the place after it. @param value 0 to 2,147,483,647. */
export function putNumber(out: Uint8Array, at: number, value: number): number {
  let left = value | 0;
  let width = 1;
  for (let limit = 10; width < 10 && left >= limit; limit *= 10) width++;
  for (let place = at + width - 1; place >= at; place--) {
    const tenth = (left / 10) | 0;
    out[place] = ZERO + left - tenth * 10;
    left = tenth;
  }
  return at + width;
}

/** An IPv4 address in quotes; returns the place after it. */
export function putAddress(out: Uint8Array, at: number, address: number): number {
  out[at] = QUOTE;
  let end = putNumber(out, at + 1, address >>> 24);
  for (let shift = 16; shift >= 0; shift -= 8) {
    out[end] = DOT;
    end = putNumber(out, end + 1, (address >>> shift) & 255);
  }
  out[end] = QUOTE;
  return end + 1;
}
