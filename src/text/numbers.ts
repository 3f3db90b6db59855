// Numbers for people.

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const ANY = new Intl.NumberFormat('en-US');

/** A whole number with commas between thousands: `271,400`. Fractions are rounded. */
export function grouped(value: number): string {
  return WHOLE.format(value);
}

/** A number with commas between thousands and at most three decimals: `1,024.5`. */
export function decimal(value: number): string {
  return ANY.format(value);
}

/** Milliseconds as seconds, to about two digits: `8.9`, `30`. */
export function secondsText(ms: number): string {
  return ms < 9950 ? (ms / 1000).toFixed(1) : grouped(ms / 1000);
}

/** A share between 0 and 1 as a percentage with at most this many decimals: `34 %`, `1.38 %`. */
export function percent(share: number, decimals: number): string {
  const unit = 10 ** decimals;
  return `${Math.round(share * 100 * unit) / unit} %`;
}
