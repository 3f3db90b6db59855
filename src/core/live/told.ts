// Which events of the incidents started by hand have been reported: each starts, ends and recovers once.
import type { Answer, LiveShop } from './shop.ts';
import type { LiveCommand, LiveEvent, LiveIncident, LiveTick } from './types.ts';

export class Told {
  private readonly shop: LiveShop;
  private readonly incidents = new Map<string, LiveIncident>();
  private readonly ended = new Set<string>();

  /** @param nowMs when the shop goes live; incidents started earlier that are not over yet are reported too when they end */
  constructor(shop: LiveShop, nowMs: number) {
    this.shop = shop;
    for (const incident of shop.started(nowMs)) {
      if (incident.recoveredMs <= nowMs) continue;
      this.incidents.set(incident.id, incident);
      if (incident.endMs <= nowMs) this.ended.add(incident.id);
    }
  }

  answer(command: LiveCommand, answer: Answer): LiveEvent {
    if (!answer.ok) return { type: 'command-refused', reason: answer.reason };
    const { incident } = answer;
    this.incidents.set(incident.id, incident);
    if (command.type === 'start') return { type: 'incident-started', incident };
    this.ended.add(incident.id);
    return { type: 'incident-ended', incident };
  }

  /** What has ended or recovered by an instant. */
  *passed(ms: number): Generator<LiveEvent> {
    for (const [id, incident] of this.incidents) {
      if (ms >= incident.endMs && !this.ended.has(id)) {
        this.ended.add(id);
        yield { type: 'incident-ended', incident };
      }
      if (ms < incident.recoveredMs) continue;
      this.incidents.delete(id);
      yield { type: 'incident-recovered', incident };
    }
  }

  /** What is under way at an instant: started by hand, or by the plan of the data. */
  underWay(ms: number): Pick<LiveTick, 'running' | 'planned'> {
    const [running, planned] = [this.shop.running(ms), this.shop.planned(ms)];
    return {
      ...(running ? { running: this.shop.told(running) } : {}),
      ...(planned ? { planned: this.shop.told(planned) } : {}),
    };
  }
}
