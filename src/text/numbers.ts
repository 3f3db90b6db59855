// Numbers for people.

/** A whole number with commas between thousands: `271,400`. Fractions are rounded. */
export function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Milliseconds as seconds, to about two digits: `8.9`, `30`. */
export function secondsText(ms: number): string {
  return ms < 9950 ? (ms / 1000).toFixed(1) : grouped(ms / 1000);
}
