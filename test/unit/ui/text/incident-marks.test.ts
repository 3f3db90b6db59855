// The letters of incidents under a chart, and their legend.
import { describe, expect, it } from 'vitest';
import { incidentMarks, marksLegend } from '../../../../src/ui/text/incident-marks.ts';
import { FORECAST } from '../../../helpers/fake-world.ts';

const [first] = FORECAST.incidents;
if (!first) throw new Error('the forecast has no incidents');
const random = { ...first, id: 'random-2026-11-20-1', preset: null };
const window = { fromMs: FORECAST.startMs, toMs: FORECAST.endMs };

describe('the marks of incidents', () => {
  it('are a letter for each preset and a dot for random ones, which never hide a preset', () => {
    const marks = incidentMarks([...FORECAST.incidents, random]);
    expect(marks.map(({ mark }) => mark).toSorted()).toEqual(['D', 'M', 'P', '·'].toSorted());
    expect(marks[0]?.mark).toBe('·');
  });

  it('differ where titles begin alike', () => {
    const twins = ['Mine', 'My other one'].map((title, place) => ({
      ...first,
      id: title,
      title,
      startMs: place,
    }));
    expect(new Set(incidentMarks(twins).map(({ mark }) => mark)).size).toBe(2);
  });

  it('are explained as far as there is room, and only those in view', () => {
    const incidents = [...FORECAST.incidents, random];
    for (const columns of [40, 41])
      expect(marksLegend(incidents, window, columns)).toMatch(/^M Memory +D Database +P Payment +· random$/);
    expect(marksLegend(incidents, window, 200)).toContain('P Payment gateway timeout');
    expect(marksLegend(incidents, window, 10)).toBe('');
    expect(marksLegend(incidents, { fromMs: first.startMs, toMs: first.endMs }, 60)).not.toContain('Memory');
  });
});
