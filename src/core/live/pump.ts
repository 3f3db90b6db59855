// Sends what has ended, over and over; while the cluster is away it waits, and the index falls behind.
import { AppError } from '../../errors/app-error.ts';
import type { Clock } from '../async/clock.ts';
import { backoffMs } from '../load/backoff.ts';
import { wholeSecond } from '../plan/durations.ts';
import type { IndexWatch } from '../run/index-watch.ts';
import type { Keeper } from './keeper.ts';
import { NotTaken, type Release } from './release.ts';

export interface PumpRequest {
  readonly release: Release;
  readonly keeper: Keeper;
  /** Throws once the index is another one. */
  readonly watch: Pick<IndexWatch, 'look'>;
  readonly clock: Clock;
  /** Numbers from 0 to 1, for the back-off. */
  readonly random: () => number;
  /** The instant of the shop, ms since 1970. */
  readonly simulated: () => number;
}

/** Interval between looks for documents that have ended, ms. */
const REST_MS = 200;
/** Interval at which the index's metadata is updated with the end of its documents, ms. */
const REMEMBER_MS = 60_000;

export class Pump {
  /** What no repetition mends; the pump stands then. */
  failed: Error | undefined;
  /** Why documents wait; empty when none do. */
  trouble = '';
  private readonly request: PumpRequest;
  private readonly stopping = new AbortController();
  /** Ends the request that is under way. */
  private readonly closing = new AbortController();
  private rememberedMs = Number.NEGATIVE_INFINITY;

  constructor(request: PumpRequest) {
    this.request = request;
  }

  /** Runs until it is stopped or cannot go on; never rejects. */
  async run(): Promise<void> {
    const { clock, random } = this.request;
    const { signal } = this.stopping;
    for (let attempt = 1; !signal.aborted && !this.failed; ) {
      try {
        const idle = await this.step();
        attempt = 1;
        this.trouble = '';
        if (idle) await clock.sleep(REST_MS, signal);
      } catch (error) {
        const reason = passing(error);
        if (reason === undefined) {
          if (!this.closing.signal.aborted)
            this.failed = error instanceof Error ? error : new Error(String(error));
          return;
        }
        this.trouble = reason;
        await clock.sleep(REST_MS + backoffMs(attempt++, random), signal);
      }
    }
  }

  /** Does what is next; true when nothing was to be done. */
  private async step(): Promise<boolean> {
    const { release, keeper, watch, clock, simulated } = this.request;
    const { signal } = this.closing;
    watch.look(clock.now());
    // Of an incident that the index does not know no document may come.
    if (keeper.behind || clock.now() - this.rememberedMs >= REMEMBER_MS) {
      await keeper.remember(release.releasedMs, signal);
      this.rememberedMs = clock.now();
      return false;
    }
    const untilMs = wholeSecond(simulated());
    if (untilMs <= release.releasedMs) return true;
    await release.step(untilMs, signal);
    return false;
  }

  /** Lets what is under way end within so many ms. @param running what `run` gave */
  async stop(running: Promise<void>, withinMs: number): Promise<void> {
    this.stopping.abort();
    const ended = new AbortController();
    const late = this.request.clock.sleep(withinMs, ended.signal).then(() => this.closing.abort());
    await running;
    ended.abort();
    await late;
  }
}

/** Why something failed that may pass; undefined where it cannot. */
function passing(error: unknown): string | undefined {
  if (error instanceof NotTaken) return error.message;
  return error instanceof AppError && error.transient !== undefined ? error.message : undefined;
}
