// Puts documents in order. Sessions are drawn one after the other while their documents interleave, so rows wait in a
// ring of short bins until no session to come can have one before them.
import { isPaused, type Pause } from '../../plan/pauses.ts';
import { MAX_SESSION_MS } from '../../plan/shop.ts';
import { compareRows, type Row } from './row.ts';

/** Length of a bin: a minute is a multiple of it, and at the default traffic a bin holds few rows. */
const BIN_MS = 250;

/** Bins of the ring, a power of two: those of the longest session and of the minute it starts in, at least. */
const BINS = 2 ** Math.ceil(Math.log2((MAX_SESSION_MS + 60_000) / BIN_MS));

/** More rows than this are sorted faster by the array itself than by insertion. */
const FEW = 64;

/** Rows by the instant they end at. */
export class RowRing {
  /** The rows taken last, in the order of their ids; rows after them are from earlier. */
  readonly taken: Row[] = [];
  private readonly spareRow: () => Row;
  private readonly spare: Row[] = [];
  private readonly bins: Row[][] = Array.from({ length: BINS }, () => []);
  private readonly counts = new Uint32Array(BINS);
  private takenCount = 0;
  private readonly fromMs: number;
  private readonly toMs: number;
  private readonly pauses: readonly Pause[];
  /** Everything before this instant was taken. */
  private doneMs: number;

  /** Keeps rows that end in `[fromMs, toMs)`, in whole seconds, and in no pause. @param spareRow makes one more row. */
  constructor(spareRow: () => Row, fromMs: number, toMs: number, pauses: readonly Pause[]) {
    this.pauses = pauses;
    this.spareRow = spareRow;
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.doneMs = fromMs;
  }

  /** Adds the first rows of an array and puts spare ones in their places. Throws RangeError for one that comes too late. */
  readonly add = (rows: Row[], count: number): void => {
    for (let index = 0; index < count; index++) {
      const row = rows[index];
      if (!row || row.ms < this.fromMs || row.ms >= this.toMs) continue;
      if (this.pauses.length > 0 && isPaused(this.pauses, row.ms)) continue;
      this.addOne(row);
      rows[index] = this.spare.pop() ?? this.spareRow();
    }
  };

  private addOne(row: Row): void {
    const { ms } = row;
    if (ms < this.doneMs || ms >= this.doneMs + BINS * BIN_MS)
      throw new RangeError(`a document of ${ms} cannot be put in order at ${this.doneMs}`);
    const bin = Math.floor(ms / BIN_MS) & (BINS - 1);
    const at = this.counts[bin] ?? 0;
    const held = this.bins[bin];
    if (held) held[at] = row;
    this.counts[bin] = at + 1;
  }

  /** Moves the rows before an instant into `taken`, valid until the next call; returns how many. @param ms a whole second. */
  takeBefore(ms: number): number {
    const { taken, spare, bins, counts } = this;
    for (let index = 0; index < this.takenCount; index++) {
      const row = taken[index] as Row;
      if (row.marker === undefined) spare.push(row);
    }
    let end = 0;
    for (let at = this.doneMs; at < ms; at += BIN_MS) {
      const bin = Math.floor(at / BIN_MS) & (BINS - 1);
      const count = counts[bin] ?? 0;
      if (count === 0) continue;
      counts[bin] = 0;
      end = append(taken, end, bins[bin] ?? [], count);
    }
    this.doneMs = Math.max(this.doneMs, ms);
    this.takenCount = end;
    return end;
  }
}

/** Appends the first rows of a bin in order; returns the new end. */
function append(taken: Row[], begin: number, bin: readonly Row[], count: number): number {
  if (count > FEW) {
    bin
      .slice(0, count)
      .sort(compareRows)
      .forEach((row, index) => {
        taken[begin + index] = row;
      });
    return begin + count;
  }
  for (let index = 0; index < count; index++) {
    const row = bin[index] as Row;
    let at = begin + index;
    for (; at > begin; at--) {
      const before = taken[at - 1] as Row;
      if (compareRows(before, row) < 0) break;
      taken[at] = before;
    }
    taken[at] = row;
  }
  return begin + count;
}
