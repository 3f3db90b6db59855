// What is left of a slot's quota while its sessions are drawn.
import { INCIDENT_CODES } from '../../plan/models/registry.ts';

/** One number for an incident of the plan and a code. */
export function codeKey(incident: number, code: string): number {
  return incident * INCIDENT_CODES.length + (INCIDENT_CODES as readonly string[]).indexOf(code);
}

/** What decides whether a session is kept, error by error. */
export interface Quota {
  begin(): void;
  /** False when no error of this kind is left. @param ms when its document ends. */
  take(key: number, ms: number): boolean;
  keep(): boolean;
  undo(): void;
}

/** Sessions without an incident's errors, and errors by code, that are still to come. A session that does not fit is taken back. */
export class OpenQuota implements Quota {
  private clean: number;
  private left: number;
  private readonly byCode: Map<number, number>;
  private used: number[] = [];
  /** What was decided of the latest session, in order. */
  readonly decided: boolean[] = [];

  constructor(clean: number, byCode: ReadonlyMap<number, number>) {
    this.clean = clean;
    this.byCode = new Map(byCode);
    this.left = [...byCode.values()].reduce((sum, count) => sum + count, 0);
  }

  /** True when nothing is left. */
  get full(): boolean {
    return this.clean <= 0 && this.left <= 0;
  }

  /** Begins a session. */
  begin(): void {
    this.used = [];
    this.decided.length = 0;
  }

  /** Takes one error of the session; false when there is none of this kind left. */
  take(key: number): boolean {
    const taken = this.takeOne(key);
    this.decided.push(taken);
    return taken;
  }

  private takeOne(key: number): boolean {
    const left = this.byCode.get(key) ?? 0;
    if (left <= 0) return false;
    this.byCode.set(key, left - 1);
    this.left--;
    this.used.push(key);
    return true;
  }

  /** Ends a session whose errors all fit; false when it has none and no session without errors is left. */
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

/** Decides until an instant as was decided before, and keeps everything after it. */
export class DecidedQuota implements Quota {
  private at = 0;
  private readonly untilMs: number;
  private decided: readonly boolean[] = [];

  constructor(untilMs: number) {
    this.untilMs = untilMs;
  }

  /** For the next session: what was decided of it. */
  follow({ decided }: OpenQuota): void {
    this.decided = decided;
  }

  begin(): void {
    this.at = 0;
  }

  take(_key: number, ms: number): boolean {
    const decided = this.decided[this.at++];
    return ms >= this.untilMs || (decided ?? true);
  }

  keep(): boolean {
    return true;
  }

  undo(): void {}
}
