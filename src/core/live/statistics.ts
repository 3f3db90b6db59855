// What the screen shows of the last minutes: counted from the documents that are in the index.
import type { Shown } from './minute.ts';
import type { LiveMinute, LiveTick } from './types.ts';

const MINUTE_MS = 60_000;
const MINUTES = 60;
const ERRORS = 5;
/** Of a busy minute every so many response times are enough for a p95. */
const MOST_TIMES = 5000;

interface Open {
  readonly startMs: number;
  documents: number;
  errors: number;
  readonly times: number[];
}

function closed({ startMs, documents, errors, times }: Open): LiveMinute {
  const sorted = times.toSorted((a, b) => a - b);
  const p95Ms = sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
  return { startMs, documents, p95Ms, errorRate: documents === 0 ? 0 : errors / documents };
}

/** Counts documents that come in the order of their time. */
export class Statistics {
  documents = 0;
  private minutes: LiveMinute[] = [];
  private open: Open | undefined;
  private errors: { readonly ms: number; readonly text: string }[] = [];

  add(shown: readonly Shown[]): void {
    this.documents += shown.length;
    for (const one of shown) this.addOne(one);
  }

  private addOne({ ms, responseMs, error, marker }: Shown): void {
    this.moveTo(Math.floor(ms / MINUTE_MS) * MINUTE_MS);
    if (marker || !this.open) return;
    this.open.documents++;
    if (this.open.times.length < MOST_TIMES) this.open.times.push(responseMs);
    if (error === '') return;
    this.open.errors++;
    this.errors = [...this.errors, { ms, text: error }].slice(-ERRORS);
  }

  private moveTo(startMs: number): void {
    if (this.open && this.open.startMs >= startMs) return;
    if (this.open) this.minutes = [...this.minutes, closed(this.open)].slice(1 - MINUTES);
    this.open = { startMs, documents: 0, errors: 0, times: [] };
  }

  /** For the next tick. */
  latest(): Pick<LiveTick, 'documents' | 'minutes' | 'errors'> {
    const minutes = this.open ? [...this.minutes, closed(this.open)] : this.minutes;
    return { documents: this.documents, minutes, errors: this.errors };
  }
}
