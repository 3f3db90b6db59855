// How much of a whole is done.
import { SYMBOLS } from '../../text/symbols.ts';
import { Toned } from './line.tsx';

/** `██████░░░░` in so many columns; the fraction is from 0 to 1. */
export function Bar({ fraction, width }: { readonly fraction: number; readonly width: number }) {
  const full = Math.round(Math.max(0, Math.min(1, fraction)) * width);
  return (
    <Toned spoken="">
      <Toned tone="done">{SYMBOLS.bar.repeat(full)}</Toned>
      <Toned tone="quiet">{SYMBOLS.barEmpty.repeat(width - full)}</Toned>
    </Toned>
  );
}
