// Which windows of the plan's incidents hold a moment. Incidents may overlap, so that a document can lie in several.
import type { Plan } from '../../plan/types.ts';

interface Window {
  /** Index into the plan's incidents. */
  readonly incident: number;
  readonly phase: 'incident' | 'recovery';
}

type Windows = readonly Window[];

/** Finds windows by time; moments asked for in order are found at once. */
export class WindowsAt {
  private readonly incidents: Plan['incidents'];
  private fromMs = 0;
  private toMs = 0;
  private windows: Windows = [];

  constructor({ incidents }: Plan) {
    this.incidents = incidents;
  }

  /** The windows that hold a moment, in the order of the incidents; none in normal operation. */
  at(ms: number): Windows {
    if (ms < this.fromMs || ms >= this.toMs) this.look(ms);
    return this.windows;
  }

  private look(ms: number): void {
    const edges = this.incidents.flatMap(({ startMs, endMs, recoveredMs }) => [startMs, endMs, recoveredMs]);
    this.fromMs = Math.max(Number.NEGATIVE_INFINITY, ...edges.filter((edge) => edge <= ms));
    this.toMs = Math.min(Number.POSITIVE_INFINITY, ...edges.filter((edge) => edge > ms));
    this.windows = this.incidents.flatMap(({ startMs, endMs, recoveredMs }, incident): Windows => {
      if (ms < startMs || ms >= recoveredMs) return [];
      return [{ incident, phase: ms < endMs ? 'incident' : 'recovery' }];
    });
  }
}
