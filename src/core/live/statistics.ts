// What the screen shows of the last minutes: counted from the documents that are in the index.
import type { Shown } from './minute.ts';
import type { LiveMoment, LiveTick } from './types.ts';

/** Moments that are kept. */
const MOMENTS = 60;
const ERRORS = 5;
/** Of a busy step every so many response times are enough for a p95. */
const MOST_TIMES = 5000;
const MINUTE_MS = 60_000;
/** From this speed on a minute passes so fast that no shorter step can be seen. */
const FAST = 4;

interface Step {
  readonly startMs: number;
  /** Of the shop, whether their sessions are kept or not. */
  transactions: number;
  errors: number;
  readonly times: number[];
}

/** How often a moment is noted, and how many steps of the shop's time it looks back on. */
interface Pace {
  readonly stepMs: number;
  readonly steps: number;
}

const paceOf = (speed: number): Pace =>
  speed < FAST ? { stepMs: 10_000, steps: 3 } : { stepMs: MINUTE_MS, steps: 1 };

/** Counts documents that come in the order of their time. */
export class Statistics {
  documents = 0;
  private readonly pace: Pace;
  /** Where the first document may lie, and until when all have come; ms of the shop. */
  private readonly beganMs: number;
  private untilMs: number;
  private moments: LiveMoment[] = [];
  /** The steps that the next moment looks back on; the last one is under way. */
  private steps: Step[] = [];
  private errors: { readonly ms: number; readonly text: string }[] = [];

  /** @param speed seconds of the shop in one. @param beganMs where the first document may lie */
  constructor(speed: number, beganMs: number) {
    this.pace = paceOf(speed);
    this.beganMs = beganMs;
    this.untilMs = beganMs;
  }

  /** Adds what ended before an instant, and after that of the call before. */
  add(shown: readonly Shown[], untilMs: number): void {
    this.documents += shown.length;
    for (const one of shown) this.addOne(one);
    this.moveTo(untilMs - 1);
    this.untilMs = untilMs;
  }

  private addOne({ ms, responseMs, error, marker, weight }: Shown): void {
    this.moveTo(ms);
    const step = this.steps.at(-1);
    if (marker || !step) return;
    step.transactions += weight;
    if (step.times.length < MOST_TIMES) step.times.push(responseMs);
    if (error === '') return;
    step.errors += weight;
    this.errors = [...this.errors, { ms, text: error }].slice(-ERRORS);
  }

  private moveTo(ms: number): void {
    const { stepMs, steps } = this.pace;
    const startMs = Math.floor(ms / stepMs) * stepMs;
    let last = this.steps.at(-1);
    // After a long silence the steps between them are not shown one by one.
    if (!last || startMs - last.startMs > MOMENTS * stepMs) {
      this.steps = [newStep(startMs)];
      return;
    }
    while (last.startMs < startMs) {
      const next = last.startMs + stepMs;
      this.moments = [...this.moments, this.moment(next)].slice(1 - MOMENTS);
      last = newStep(next);
      this.steps = [...this.steps, last].slice(-steps);
    }
  }

  /** What the steps say until an instant. */
  private moment(untilMs: number): LiveMoment {
    const transactions = sum(this.steps.map((step) => step.transactions));
    const errors = sum(this.steps.map((step) => step.errors));
    const times = this.steps.flatMap((step) => step.times).sort((a, b) => a - b);
    const fromMs = Math.max(this.beganMs, this.steps[0]?.startMs ?? untilMs);
    return {
      startMs: this.steps.at(-1)?.startMs ?? untilMs,
      perMinute: Math.round((transactions * MINUTE_MS) / Math.max(1000, untilMs - fromMs)),
      p95Ms: times[Math.max(0, Math.ceil(times.length * 0.95) - 1)] ?? 0,
      errorRate: transactions === 0 ? 0 : errors / transactions,
    };
  }

  /** For the next tick. */
  latest(): Pick<LiveTick, 'documents' | 'moments' | 'errors'> {
    const moments = this.steps.length > 0 ? [...this.moments, this.moment(this.untilMs)] : this.moments;
    return { documents: this.documents, moments, errors: this.errors };
  }
}

const newStep = (startMs: number): Step => ({ startMs, transactions: 0, errors: 0, times: [] });

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
