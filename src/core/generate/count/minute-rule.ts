// A rule that any monitoring has, tried on every minute: the answer key says when it first notices an incident.
import { MINUTE_MS } from '../../plan/durations.ts';

/** The rule fires in a minute of UTC in which so many documents are slow, or fail, and at least three of them are. */
export const MINUTE_RULE = {
  /** A response is slow when it takes longer, ms. */
  slowMs: 2000,
  /** More than this percentage of the documents: then p95 is above slowMs. */
  slowPercent: 5,
  /** At least this percentage. */
  errorPercent: 10,
  /** Fewer of either are chance. */
  least: 3,
} as const;

/** Tries the rule on documents that come in the order of their time. */
export class MinuteRule {
  private endMs = 0;
  private documents = 0;
  private slow = 0;
  private errors = 0;
  private fired: number[] = [];

  /** Counts one document. */
  add(ms: number, responseMs: number, failed: boolean): void {
    if (ms >= this.endMs) {
      this.endMinute();
      this.endMs = (Math.floor(ms / MINUTE_MS) + 1) * MINUTE_MS;
    }
    this.documents++;
    if (responseMs > MINUTE_RULE.slowMs) this.slow++;
    if (failed) this.errors++;
  }

  /** The minutes, since 1970, in which the rule fired since the last call. */
  take(): number[] {
    this.endMinute();
    const { fired } = this;
    this.endMs = 0;
    this.fired = [];
    return fired;
  }

  private endMinute(): void {
    if (this.fires()) this.fired.push(this.endMs / MINUTE_MS - 1);
    this.documents = 0;
    this.slow = 0;
    this.errors = 0;
  }

  private fires(): boolean {
    const { slowPercent, errorPercent, least } = MINUTE_RULE;
    const { documents, slow, errors } = this;
    return (
      (slow >= least && slow * 100 > slowPercent * documents) ||
      (errors >= least && errors * 100 >= errorPercent * documents)
    );
  }
}
