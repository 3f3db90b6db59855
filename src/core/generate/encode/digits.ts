// Writes digits as ASCII characters. Neighboring characters are written as one number, the first in its lowest byte.
import type { WriteBuffer } from './buffers.ts';

/** Writes a number at a place and returns the place after it; up to three bytes beyond may be touched. */
export type Put = (buffer: WriteBuffer, at: number, value: number) => number;

const ZERO = 48;
const DOT = 46;
const QUOTE = 34;

const wordOf = (text: string) =>
  text.split('').reduceRight((word, character) => word * 256 + character.charCodeAt(0), 0);

/** The numbers below base^width as texts of that width. */
const wordsOf = (base: number, width: number) =>
  Array.from({ length: base ** width }, (_, value) => wordOf(value.toString(base).padStart(width, '0')));

const TWO_DIGITS = Uint16Array.from(wordsOf(10, 2));
const THREE_DIGITS = Uint32Array.from(wordsOf(10, 3));
const BASE_36 = Uint16Array.from(wordsOf(36, 2));

/** One decimal digit. @param value 0 to 9. */
export function put1(buffer: WriteBuffer, at: number, value: number): void {
  buffer.bytes[at] = ZERO + value;
}

/** Two decimal digits. @param value 0 to 99. */
export function put2(buffer: WriteBuffer, at: number, value: number): void {
  buffer.view.setUint16(at, TWO_DIGITS[value] ?? 0, true);
}

/** Three decimal digits and an ASCII character. @param value 0 to 999. */
export function put3(buffer: WriteBuffer, at: number, value: number, character: number): void {
  buffer.view.setUint32(at, (THREE_DIGITS[value] ?? 0) | (character << 24), true);
}

/** Eight decimal digits. @param value 0 to 99,999,999. */
export function put8(buffer: WriteBuffer, at: number, value: number): void {
  const high = (value / 10_000) | 0;
  const low = value - high * 10_000;
  const highHundreds = (high / 100) | 0;
  const lowHundreds = (low / 100) | 0;
  put2(buffer, at, highHundreds);
  put2(buffer, at + 2, high - highHundreds * 100);
  put2(buffer, at + 4, lowHundreds);
  put2(buffer, at + 6, low - lowHundreds * 100);
}

/** Four digits of base 36. @param value 0 to 1,679,615. */
export function putBase36(buffer: WriteBuffer, at: number, value: number): void {
  const high = (value / 1296) | 0;
  buffer.view.setUint32(at, (BASE_36[high] ?? 0) | ((BASE_36[value - high * 1296] ?? 0) << 16), true);
}

/** Digits of a whole number; 0 of a negative one. @param value below 10,000,000. */
export function widthOf(value: number): number {
  if (value < 0) return 0;
  if (value < 1000) return value < 10 ? 1 : value < 100 ? 2 : 3;
  return value < 10_000 ? 4 : value < 100_000 ? 5 : value < 1_000_000 ? 6 : 7;
}

/** A whole number of known width, and nothing beyond it. */
export function putDigits(buffer: WriteBuffer, at: number, value: number, width: number): void {
  let left = value | 0;
  let end = at + width;
  for (; end - at > 1; end -= 2) {
    const hundreds = (left / 100) | 0;
    put2(buffer, end - 2, left - hundreds * 100);
    left = hundreds;
  }
  if (end > at) put1(buffer, at, left);
}

/** A whole number without leading zeros; returns the place after it. @param value 0 to 2,147,483,647. */
function putNumber(buffer: WriteBuffer, at: number, value: number): number {
  if (value >= 1000) {
    const thousands = (value / 1000) | 0;
    const end = putNumber(buffer, at, thousands);
    put3(buffer, end, value - thousands * 1000, 0);
    return end + 3;
  }
  const width = value < 10 ? 1 : value < 100 ? 2 : 3;
  buffer.view.setUint32(at, (THREE_DIGITS[value] ?? 0) >>> ((3 - width) * 8), true);
  return at + width;
}

/** Cents as a decimal number of whole units, as JSON writes it: 12.5 and not 12.50. @param value 0 to 2,147,483,647. */
export function putMoney(buffer: WriteBuffer, at: number, value: number): number {
  const { bytes } = buffer;
  const units = (value / 100) | 0;
  const cents = value - units * 100;
  const end = putNumber(buffer, at, units);
  if (cents === 0) return end;
  const tenths = (cents / 10) | 0;
  bytes[end] = DOT;
  put1(buffer, end + 1, tenths);
  if (cents === tenths * 10) return end + 2;
  put1(buffer, end + 2, cents - tenths * 10);
  return end + 3;
}

/** An IPv4 address in quotes; returns the place after it. */
export function putAddress(buffer: WriteBuffer, at: number, address: number): number {
  const { bytes } = buffer;
  bytes[at] = QUOTE;
  let end = putNumber(buffer, at + 1, address >>> 24);
  for (let shift = 16; shift >= 0; shift -= 8) {
    bytes[end] = DOT;
    end = putNumber(buffer, end + 1, (address >>> shift) & 255);
  }
  bytes[end] = QUOTE;
  return end + 1;
}
