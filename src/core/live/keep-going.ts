// The loop of a live shop: carries out commands, sends the requests that have ended, and reports every second.
import { asAppError } from '../../errors/app-error.ts';
import type { Cluster } from '../cluster/client.ts';
import { indexUuid } from '../cluster/indexes/admin.ts';
import { runFolder } from '../history/runs.ts';
import { wholeSecond } from '../plan/durations.ts';
import { watchIndex } from '../run/index-watch.ts';
import type { RunResult } from '../run/run-result.ts';
import type { RunContext } from '../run/stages.ts';
import { removeAutoCreatedAfter } from '../run/stray-index.ts';
import type { LiveControl } from './control.ts';
import type { LinkRequest } from './dashboard.ts';
import type { Gap } from './gap.ts';
import { Keeper } from './keeper.ts';
import type { LivedIn } from './open.ts';
import { Pump } from './pump.ts';
import { Release } from './release.ts';
import type { Last, LiveRequest } from './request.ts';
import { type Answer, LiveShop } from './shop.ts';
import { sinceThen } from './since-then.ts';
import { Statistics } from './statistics.ts';
import { Told } from './told.ts';
import type { LiveCommand, LiveEvent } from './types.ts';

/** Told so often, and commands are carried out then; ms on the wall. */
export const TICK_MS = 1000;
/** How long requests under way may take when the shop is stopped, ms. */
const CLOSING_MS = 10_000;
/** How long the last documents may be late when the time is over. */
const LATE_MS = 60_000;

export interface Opened {
  readonly request: LiveRequest;
  readonly context: RunContext;
  readonly control: LiveControl;
  readonly cluster: Cluster;
  readonly found: LivedIn;
  readonly gap: Gap;
  /** The clock on the wall, ms since 1970. */
  readonly wallMs: number;
  readonly url: string;
  readonly last: Last;
}

/** Runs until the signal or the time ends it. Throws the AppError of what no repetition mends. */
export async function* keepGoing(opened: Opened): AsyncGenerator<LiveEvent> {
  const { request, context, control, cluster, found, gap, wallMs, url, last } = opened;
  const { signal, clock, result } = context;
  const { index, speed, forMs, directories, command, random } = request;
  const { meta, input, endMs } = found;
  const beganMs = Math.max(endMs, wholeSecond(wallMs));
  const shop = new LiveShop(input);
  const statistics = new Statistics(speed, endMs);
  const folder = runFolder(directories, meta.run);
  const release = new Release({ cluster, index, shop, statistics, releasedMs: endMs });
  const keeper = new Keeper({ cluster, index, url, meta, shop, folder, command });
  last.key = keeper.keyPath;

  yield* sinceThen({ gap, found, beganMs, shop, keeper });
  if (request.sample !== undefined && shop.keepOneIn(request.sample, Math.max(beganMs, found.lastMs)))
    keeper.changed(beganMs + 1000);
  const overMs = forMs === undefined ? Number.POSITIVE_INFINITY : beganMs + forMs * speed;
  let clockMs = clock.now();
  const simulated = () => Math.min(overMs, beganMs + (clock.now() - clockMs) * speed);
  const { timeZone } = input.parameters;
  const dashboard = yield* linkOf({ request, cluster, beganMs, signal });
  yield {
    type: 'live-started',
    id: meta.run,
    ...{ index, url, speed, timeZone },
    simulatedMs: beganMs,
    ...(dashboard === undefined ? {} : { dashboard }),
  };

  // The shop goes on from here, however long the questions before took.
  clockMs = clock.now();
  const uuid = await indexUuid(cluster, index, signal);
  const watch = watchIndex(cluster, index, uuid, signal);
  const pump = new Pump({ release, keeper, watch, clock, random, simulated });
  const pumping = pump.run();
  const told = new Told(shop, beganMs);
  let notTaken = '';
  try {
    for (let tick = 1; !signal.aborted && !pump.failed; tick++) {
      const nowMs = simulated();
      for (const asked of control.take()) {
        const answer = carryOut(shop, asked, wholeSecond(nowMs) + 1000);
        if (answer.ok) keeper.changed(Math.max(wholeSecond(nowMs) + 2000, answer.incident.startMs + 1000));
        yield told.answer(asked, answer);
      }
      yield* told.passed(nowMs);
      if (pump.trouble !== notTaken) {
        notTaken = pump.trouble;
        yield { type: 'notice', text: troubleText(notTaken) };
      }
      const lagMs = Math.max(0, nowMs - release.releasedMs);
      yield {
        type: 'tick',
        simulatedMs: nowMs,
        indexedMs: release.releasedMs,
        lagMs,
        ...statistics.latest(),
        ...told.underWay(nowMs),
      };
      const late = clock.now() - clockMs - (forMs ?? 0);
      if (nowMs >= overMs && (release.releasedMs >= wholeSecond(overMs) || late > LATE_MS)) break;
      await clock.sleep(Math.max(0, clockMs + tick * TICK_MS - clock.now()), signal);
    }
  } finally {
    await pump.stop(pumping, CLOSING_MS);
    result.documents = counts(release);
  }
  if (pump.failed) {
    // Where the index was deleted, the cluster may have made one without our mapping.
    await removeAutoCreatedAfter({ cluster, index, uuid, key: meta.key }, context).catch(() => false);
    throw asAppError(pump.failed);
  }
  yield* end(keeper, release, result);
}

/** The link to the dashboards; a shop without them is live all the same. */
async function* linkOf(wanted: LinkRequest): AsyncGenerator<LiveEvent, string | undefined> {
  if (wanted.request.dashboards === undefined) return undefined;
  try {
    // Loaded on demand: a shop without Dashboards starts no slower.
    const { liveLink } = await import('./dashboard.ts');
    return await liveLink(wanted);
  } catch (error) {
    yield { type: 'notice', text: `Without a link to Dashboards: ${asAppError(error).message}` };
    return undefined;
  }
}

const counts = ({ acknowledged, refused }: Release): RunResult['documents'] => ({
  planned: acknowledged + refused,
  acknowledged,
  found: acknowledged,
  refused,
});

/** Writes the last word. The cluster may be away by then: what is in the index stays, and the key is complete. */
async function* end(keeper: Keeper, release: Release, result: RunResult): AsyncGenerator<LiveEvent> {
  try {
    result.guide = await keeper.finish(release.releasedMs, AbortSignal.timeout(6 * CLOSING_MS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    yield { type: 'notice', text: `The investigation guide was not written: ${reason}` };
  }
}

const troubleText = (trouble: string) =>
  trouble === ''
    ? 'The cluster takes documents again: the index catches up'
    : `Documents wait, none is lost: ${trouble}`;

function carryOut(shop: LiveShop, command: LiveCommand, nextMs: number): Answer {
  return command.type === 'start' ? shop.start(command, nextMs) : shop.recover(nextMs);
}
