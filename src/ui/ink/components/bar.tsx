// How much of a whole is done.
import { SYMBOLS } from '../../text/symbols.ts';
import { Say } from './line.tsx';

/** `██████░░░░` in so many columns; the fraction is from 0 to 1. */
export function Bar({ fraction, width }: { readonly fraction: number; readonly width: number }) {
  const full = Math.round(Math.max(0, Math.min(1, fraction)) * width);
  return (
    <Say aloud="">
      <Say tone="done">{SYMBOLS.bar.repeat(full)}</Say>
      <Say tone="quiet">{SYMBOLS.barEmpty.repeat(width - full)}</Say>
    </Say>
  );
}
