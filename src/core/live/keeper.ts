// What is remembered of a live shop beside its documents: in the index, in its companion and in the folder of the run.
import { join } from 'node:path';
import type { Cluster } from '../cluster/client.ts';
import { updateMeta } from '../cluster/indexes/admin.ts';
import { inspectCompanion } from '../cluster/indexes/companion.ts';
import { refreshIndex } from '../cluster/indexes/refresh.ts';
import type { RunMeta } from '../cluster/indexes/run-meta.ts';
import { summaryOf } from '../dataset/summary.ts';
import { writeJson } from '../files/json-file.ts';
import type { Tally } from '../generate/count/tally.ts';
import { TRANSACTIONS } from '../generate/signals/transactions.ts';
import { answerKey } from '../ground-truth/answer-key.ts';
import type { Plan } from '../plan/types.ts';
import { guideOf, writeGuide } from '../run/guide.ts';
import { markIncidents } from '../run/mark-incidents.ts';
import { packLive } from '../run/packed-live.ts';
import type { LiveShop } from './shop.ts';

const KEY_FILE = 'incidents.json';

export interface KeeperRequest {
  readonly cluster: Cluster;
  readonly index: string;
  readonly url: string;
  readonly meta: RunMeta;
  readonly shop: LiveShop;
  readonly folder: string;
  readonly command: string;
}

export class Keeper {
  private readonly request: KeeperRequest;
  /** Set when the index does not know yet what was started or ended. */
  private dirty = false;

  constructor(request: KeeperRequest) {
    this.request = request;
  }

  get keyPath(): string {
    return join(this.request.folder, KEY_FILE);
  }

  /** True until the index knows of the last change: no document of it may come before. */
  get behind(): boolean {
    return this.dirty;
  }

  /** Something was started or ended: the answer key says so at once. @param untilMs later than its begin. */
  changed(untilMs: number): void {
    this.dirty = true;
    this.writeKey(this.request.shop.planUntil(untilMs));
  }

  /** Writes the answer key; with counted figures where a tally is given. Throws AppError `state-unwritable`. */
  private writeKey(plan: Plan, tally?: Tally): void {
    writeJson(this.request.folder, KEY_FILE, answerKey(plan, tally));
  }

  /** Lets the index know how far its documents go and what was started. */
  async remember(untilMs: number, signal: AbortSignal): Promise<void> {
    const { cluster, index, meta, shop } = this.request;
    const live = packLive(shop.course(untilMs));
    // What is started from here on is another change.
    this.dirty = false;
    try {
      await updateMeta(cluster, index, { ...meta, live }, signal);
    } catch (error) {
      this.dirty = true;
      throw error;
    }
    if ((await inspectCompanion(cluster, index, signal)) !== 'ours') return;
    const plan = shop.planUntil(untilMs);
    await markIncidents({ cluster, plan, index, keep: true, run: meta.run, signal });
  }

  /** The last word: everything is counted. Returns the path of the guide. */
  async finish(untilMs: number, signal: AbortSignal): Promise<string> {
    const { cluster, index, url, meta, shop, folder, command } = this.request;
    const plan = shop.planUntil(untilMs);
    const tally = TRANSACTIONS.tally.count(plan);
    this.writeKey(plan, tally);
    writeJson(folder, 'summary.json', summaryOf({ plan, part: undefined, meta, command, files: [], tally }));
    await this.remember(untilMs, signal);
    await refreshIndex(cluster, index);
    return writeGuide(folder, await guideOf({ cluster, index, plan, tally, url, signal }));
  }
}
