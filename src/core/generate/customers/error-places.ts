// Where an incident's error may stand. A document shows the reading of the instant it ends at, which a request that
// takes thirty seconds reaches long after its failure was certain.
import { OPEN } from '../../plan/models/breaker.ts';
import { FULL_HEAP } from '../../plan/models/leaking-server.ts';
import { promisedTimeouts } from '../../plan/timeout-promise.ts';
import type { Plan } from '../../plan/types.ts';
import type { ShopState } from './shop-state.ts';

export class ErrorPlaces {
  /** By incident: true where an exact number of timeouts is promised, all of them in its window. */
  private readonly promised: readonly boolean[];

  constructor(plan: Plan) {
    const incidents = [...plan.incidents, ...plan.upcoming];
    this.promised = incidents.map((incident) => promisedTimeouts(plan, incident) !== undefined);
  }

  /**
   * True when a document of this server that ends at this instant may show the error: in an incident, a promised timeout
   * in its window, and beside gauges that agree with it. It moves the state to the instant.
   */
  fit(state: ShopState, ms: number, server: number, code: string): boolean {
    state.at(ms);
    if (state.incident < 0) return false;
    if (code === 'PAYMENT_TIMEOUT') return state.phase === 1 || !this.promised[state.incident];
    if (code === 'DB_CONN_EXHAUSTED') return state.readingOf(ms, server).poolPending > 0;
    if (code === 'CIRCUIT_BREAKER_OPEN') return state.readingOf(ms, server).breaker === OPEN;
    if (code === 'MEMORY_EXHAUSTED') return state.readingOf(ms, server).heap > FULL_HEAP;
    return true;
  }
}
