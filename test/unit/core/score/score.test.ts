// Scores of a small answer key, each worked out by hand.
import { describe, expect, it } from 'vitest';
import type { AnswerEntry } from '../../../../src/core/ground-truth/answer-key.ts';
import { score } from '../../../../src/core/score/baselines.ts';
import type { Detection } from '../../../../src/core/score/detection.ts';
import { figuresOf } from '../../../../src/core/score/score.ts';

const at = (clock: string) => `2026-03-14T${clock}${clock.length === 5 ? ':00' : ''}.000Z`;
const ms = (clock: string) => Date.parse(at(clock));

/** Two incidents and a red herring of one day. */
const KEY = [
  {
    ...{ id: 'a', kind: 'incident', type: 'payment_gateway_timeout', severity: 'major' },
    ...{ component: 'payment_gateway', reason: 'gateway_unresponsive' },
    ...{ onset: at('10:00:30'), start: at('10:00:30'), end: at('10:10'), recovered: at('10:15') },
  },
  {
    ...{ id: 'h', kind: 'red_herring', type: null, severity: null },
    ...{ component: 'traffic', reason: 'flash_sale' },
    ...{ onset: at('11:00'), start: at('11:00'), end: at('11:20'), recovered: at('11:20') },
  },
  {
    ...{ id: 'b', kind: 'incident', type: 'memory_pressure', severity: 'minor' },
    ...{ component: 'service_memory', reason: 'memory_leak' },
    ...{ onset: at('12:00'), start: at('12:00'), end: at('12:05'), recovered: at('12:10') },
  },
] as unknown as readonly AnswerEntry[];

const DAY = { fromMs: Date.parse('2026-03-14T00:00:00Z'), toMs: Date.parse('2026-03-15T00:00:00Z') };

const found = (start: string, end: string, cause: Partial<Detection> = {}): Detection => ({
  startMs: ms(start),
  endMs: ms(end),
  ...cause,
});
const figures = (...detections: readonly Detection[]) => figuresOf(KEY, detections, DAY);

describe('an alarm', () => {
  it('is right when it touches an incident, and its delay ends with the first flagged minute', () => {
    // Onset 10:00:30, first flagged minute 10:03 to 10:04: 3.5 minutes.
    expect(figures(found('10:03:20', '10:05'))).toMatchObject({
      ...{ alarms: 1, precision: 1, recall: 0.5, delay_minutes: 3.5, false_alarms_per_day: 0 },
    });
  });

  it('is false when it touches none', () => {
    expect(figures(found('09:00', '09:05'), found('10:03', '10:05'))).toMatchObject({
      ...{ alarms: 2, precision: 0.5, recall: 0.5, false_alarms_per_day: 1 },
    });
  });

  it('is false when it touches a red herring, which is counted apart', () => {
    expect(figures(found('11:05', '11:10'))).toMatchObject({
      ...{ alarms: 1, precision: 0, recall: 0, red_herrings: 1, red_herrings_flagged: 1 },
      delay_minutes: null,
    });
  });

  it('may begin a minute early and end two minutes after the recovery', () => {
    // The zone of the second incident is 11:59 to 12:12.
    expect(figures(found('11:58', '11:59')).recall).toBe(0);
    expect(figures(found('11:59', '12:00'))).toMatchObject({ recall: 0.5, delay_minutes: 0 });
    expect(figures(found('12:11', '12:12'))).toMatchObject({ recall: 0.5, delay_minutes: 12 });
    expect(figures(found('12:12', '12:13')).recall).toBe(0);
  });

  it('is one with others that are five minutes away at most', () => {
    expect(figures(found('10:01', '10:02'), found('10:07', '10:08')).alarms).toBe(1);
    expect(figures(found('10:01', '10:02'), found('10:07:59', '10:09')).alarms).toBe(1);
    expect(figures(found('10:01', '10:02'), found('10:08', '10:09')).alarms).toBe(2);
  });

  it('that is a moment flags its minute', () => {
    expect(figures(found('12:03:10', '12:03:10'))).toMatchObject({ recall: 0.5, delay_minutes: 4 });
  });

  it('that goes on through more than 30 minutes of calm is a false one as well', () => {
    // Zones 09:59:30 to 10:17 and 11:59 to 12:12, calm between them: right twice, false once.
    expect(figures(found('10:00', '12:05'))).toMatchObject({ alarms: 3, precision: 0.6667, recall: 1 });
    // 30 minutes before the zone are forgiven, 31 are not.
    expect(figures(found('11:29', '12:05'))).toMatchObject({ alarms: 1, precision: 1 });
    expect(figures(found('11:28', '12:05'))).toMatchObject({ alarms: 2, precision: 0.5 });
    expect(figures(found('00:00', '23:59'))).toMatchObject({ alarms: 5, precision: 0.4, recall: 1 });
  });
});

describe('the median delay', () => {
  it('is the mean of the two in the middle', () => {
    // 3.5 minutes for the first incident, 1 for the second.
    expect(figures(found('10:03', '10:05'), found('12:00', '12:01')).delay_minutes).toBe(2.25);
  });
});

const LEAK = { component: 'service_memory', reason: 'memory_leak' } as const;
const GATEWAY = { component: 'payment_gateway', reason: 'gateway_unresponsive' } as const;

describe('the root cause', () => {
  it('is null when no detection says any', () => {
    expect(figures(found('10:03', '10:05'), found('12:01', '12:05')).root_cause).toBeNull();
  });

  it('counts over all incidents, found or not, and needs component and reason', () => {
    expect(figures(found('10:03', '10:05', GATEWAY)).root_cause).toBe(0.5);
    expect(figures(found('10:03', '10:05', LEAK)).root_cause).toBe(0);
    expect(figures(found('10:03', '10:05', { component: 'payment_gateway' })).root_cause).toBe(0);
  });

  it('is that of the detection that begins closest to the onset', () => {
    const two = [found('10:09', '10:10', LEAK), found('10:01', '10:02', GATEWAY)];
    expect(figures(...two).root_cause).toBe(0.5);
    expect(figures(found('10:01', '10:02', LEAK), found('10:09', '10:10', GATEWAY)).root_cause).toBe(0);
  });
});

describe('groups', () => {
  it('have their own incidents', () => {
    const { by_severity, by_type } = figures(found('10:03', '10:05', GATEWAY));
    expect(by_severity).toEqual({
      major: { incidents: 1, recall: 1, delay_minutes: 3.5, root_cause: 1 },
      minor: { incidents: 1, recall: 0, delay_minutes: null, root_cause: 0 },
    });
    expect(Object.keys(by_type)).toEqual(['payment_gateway_timeout', 'memory_pressure']);
  });
});

describe('baselines', () => {
  it('the constant answer finds everything, raises false alarms, and knows one cause', () => {
    const { constant } = score({ key: KEY, detections: [], span: DAY });
    expect(constant).toMatchObject({ recall: 1, alarms: 5, precision: 0.4, root_cause: 0.5 });
    expect(constant.false_alarms_per_day).toBe(3);
  });

  it('the rule flags minutes in which more than 5 % take over 2,000 ms, and more than one document', () => {
    const minutes = [
      { minuteMs: ms('10:02'), documents: 40, slow: 3 },
      { minuteMs: ms('11:05'), documents: 40, slow: 2 },
      { minuteMs: ms('03:00'), documents: 10, slow: 1 },
      { minuteMs: ms('12:04'), documents: 39, slow: 2 },
    ];
    const { p95_rule: rule } = score({ key: KEY, detections: [], span: DAY, minutes });
    // 2.5 minutes for the first, 5 for the second.
    expect(rule).toMatchObject({ alarms: 2, precision: 1, recall: 1, delay_minutes: 3.75, root_cause: null });
  });

  it('the rule is left out without data, and false alarms a day without a span', () => {
    const { p95_rule: rule, false_alarms_per_day: aDay } = score({ key: KEY, detections: [] });
    expect([rule, aDay]).toEqual([null, null]);
  });
});

describe('nothing', () => {
  it('found is a recall of 0 and no precision', () => {
    expect(figures()).toMatchObject({ alarms: 0, precision: null, recall: 0, delay_minutes: null });
  });

  it('to find is no recall', () => {
    expect(figuresOf([], [found('10:00', '10:05')], DAY)).toMatchObject({
      recall: null,
      precision: 0,
      alarms: 1,
    });
  });
});
