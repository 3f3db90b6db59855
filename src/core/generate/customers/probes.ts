// The calls that a half-open breaker lets through: ten a stay, counted, not left to chance.
import { breakerStays } from '../../plan/breaker-stays.ts';
import { PROBES } from '../../plan/models/breaker.ts';
import { MAX_SESSION_MS, SERVERS } from '../../plan/shop.ts';
import type { Plan } from '../../plan/types.ts';

interface Stay {
  readonly fromMs: number;
  readonly toMs: number;
  left: number;
}

/** Counts the probes of each half-open stay of a plan. A session that is taken back gives its probes back. */
export class Probes {
  private readonly stays: readonly (readonly Stay[])[];
  private taken: Stay[] = [];

  constructor(plan: Plan) {
    this.stays = SERVERS.map((_, server) =>
      [...plan.incidents, ...plan.upcoming].flatMap((incident) =>
        // Calls in an incident started by hand are no probes: what is drawn again must not depend on the order of sessions.
        incident.gateway === undefined || incident.live !== undefined
          ? []
          : breakerStays(plan, incident, server)
              .filter(({ state }) => state === 'half_open')
              .map(({ fromMs, toMs }) => ({ fromMs, toMs, left: PROBES })),
      ),
    );
  }

  /**
   * The instant from which on sessions decide how many probes those find that begin at `ms`: these probes, and those that
   * the sessions before them find, who may be as long under way.
   */
  decidedFrom(ms: number): number {
    const reach = this.stays.flat().map(({ fromMs, toMs }) => ({ fromMs: fromMs - MAX_SESSION_MS, toMs }));
    let decided = ms;
    for (;;) {
      const within = reach.filter(({ fromMs, toMs }) => fromMs < decided && toMs > decided);
      if (within.length === 0) return decided;
      decided = Math.min(...within.map(({ fromMs }) => fromMs));
    }
  }

  /** Begins a session. */
  begin(): void {
    this.taken = [];
  }

  /** Takes a probe of the stay at an instant; false when there is none left. */
  take(server: number, ms: number): boolean {
    const stay = this.stays[server]?.find(({ fromMs, toMs }) => ms >= fromMs && ms < toMs);
    if (!stay) return true;
    if (stay.left <= 0) return false;
    stay.left--;
    this.taken.push(stay);
    return true;
  }

  /** Gives back what the session took. */
  undo(): void {
    for (const stay of this.taken) stay.left++;
    this.taken = [];
  }
}
