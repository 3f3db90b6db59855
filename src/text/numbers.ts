// Numbers for people.

/** A formatter that is made when it is first used: making one takes 10 ms of every start. */
function formatter(options: Intl.NumberFormatOptions): (value: number) => string {
  let made: Intl.NumberFormat | undefined;
  return (value) => {
    made ??= new Intl.NumberFormat('en-US', options);
    return made.format(value);
  };
}

/** A whole number with commas between thousands: `271,400`. Fractions are rounded. */
export const grouped = formatter({ maximumFractionDigits: 0 });

/** A number with commas between thousands and at most three decimals: `1,024.5`. */
export const decimal = formatter({});

/** Milliseconds as seconds, to about two digits: `8.9`, `30`. */
export function secondsText(ms: number): string {
  return ms < 9950 ? (ms / 1000).toFixed(1) : grouped(ms / 1000);
}

/** A share between 0 and 1 as a percentage with at most this many decimals: `34 %`, `1.38 %`. */
export function percent(share: number, decimals: number): string {
  const unit = 10 ** decimals;
  return `${Math.round(share * 100 * unit) / unit} %`;
}
