// How many sessions without an incident's errors, and how many of these errors, the sessions of a slot may have.
import { INCIDENT_CODES } from '../../plan/shop.ts';

/** One number for an incident of the plan and a code. */
export function codeKey(incident: number, code: string): number {
  return incident * INCIDENT_CODES.length + (INCIDENT_CODES as readonly string[]).indexOf(code);
}

/** What is still open of a slot's allotment. A session is taken back when it does not fit. */
export class Quota {
  private clean: number;
  private left: number;
  private readonly byCode: Map<number, number>;
  private used: number[] = [];

  constructor(clean: number, byCode: ReadonlyMap<number, number>) {
    this.clean = clean;
    this.byCode = new Map(byCode);
    this.left = [...byCode.values()].reduce((sum, count) => sum + count, 0);
  }

  /** True when nothing is open. */
  get full(): boolean {
    return this.clean <= 0 && this.left <= 0;
  }

  /** Begins a session. */
  begin(): void {
    this.used = [];
  }

  /** Takes one error of the session; false when there is none of this kind left. */
  take(key: number): boolean {
    const left = this.byCode.get(key) ?? 0;
    if (left <= 0) return false;
    this.byCode.set(key, left - 1);
    this.left--;
    this.used.push(key);
    return true;
  }

  /** Ends a session that fitted so far; false, and all is as before, when it has no errors and is one too many. */
  keep(): boolean {
    if (this.used.length > 0) return true;
    if (this.clean <= 0) return false;
    this.clean--;
    return true;
  }

  /** Gives back what the session took. */
  undo(): void {
    for (const key of this.used) this.byCode.set(key, (this.byCode.get(key) ?? 0) + 1);
    this.left += this.used.length;
    this.used = [];
  }
}
