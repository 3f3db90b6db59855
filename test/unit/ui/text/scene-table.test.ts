// The table of the scenarios in any width, and the summary on exit with it.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { DashboardLink } from '../../../../src/core/events.ts';
import { BARE } from '../../../../src/ui/text/hyperlink.ts';
import { sceneSummary, sceneTable } from '../../../../src/ui/text/scene-table.ts';
import { briefScenes } from '../../../../src/ui/text/scenes.ts';
import { SCENARIOS } from '../../../helpers/fake-world.ts';

const url = (path: string) => `http://localhost:5601/app/dashboards#/view/${path}`;
const links: readonly DashboardLink[] = [
  { incident: null, title: 'All of the data', url: url('all') },
  { incident: 'inc-1', title: 'Payment gateway timeout', url: url('payment'), preset: 'p' },
];
const scenes = briefScenes(SCENARIOS, links);

describe('the table of scenarios', () => {
  it('shortens times first, then titles by whole words', () => {
    const wide = sceneTable(scenes, 100).rows[1];
    expect(wide).toBe('Database connection pool exhaustion  Mon 23 Nov 12:15-12:25  29.6 %  30 s   0.5 s');
    expect(sceneTable(scenes, 76).rows[1]).toMatch(/^Database connection pool {2,}Mon 23 Nov 12:15-12:25 /);
    expect(sceneTable(scenes, 54).rows[1]).toMatch(/^Database connection {2,}Mon 12:15 /);
  });

  it('fits into any width from 40 columns on, with no number cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 160 }), (columns) => {
        const { head, rows } = sceneTable(scenes, columns);
        for (const row of [head, ...rows]) expect(stringWidth(row)).toBeLessThanOrEqual(columns);
        expect(rows[0]).toMatch(/29\.7 % {2,}30 s {2,}0\.5 s$/);
        expect(head).toMatch(/errors {2,}p95 {2,}before$/);
      }),
    );
  });

  it('is as wide with links as without', () => {
    const plain = sceneTable(scenes, 76).rows;
    const linked = sceneTable(scenes, 76, { clickable: true }).rows;
    expect(linked.map((row) => stringWidth(row))).toEqual(plain.map((row) => stringWidth(row)));
    expect(linked[0]).toContain(`\u001B]8;;${url('payment')}\u0007`);
  });

  it('has one row for an incident over midnight, with both days', () => {
    const [scene] = scenes;
    if (!scene) throw new Error('there is no scene');
    const late = {
      ...scene,
      startMs: Date.parse('2026-11-24T23:55:00Z'),
      endMs: Date.parse('2026-11-25T00:05:00Z'),
    };
    expect(sceneTable([late], 100).rows[0]).toContain('Tue 24 Nov 23:55-Wed 25 Nov 00:05');
  });
});

describe('the summary on exit', () => {
  it('has the address of each dashboard below its scenario, and that of all the data', () => {
    const lines = sceneSummary(scenes, links, BARE);
    const place = lines.findIndex((line) => line.startsWith('Payment gateway timeout'));
    expect(lines[place + 1]?.trim()).toBe(url('payment'));
    expect(lines.at(-1)).toBe(`All of the data: ${url('all')}`);
  });

  it('has no bare address where titles are links', () => {
    const lines = sceneSummary(scenes, links, { clickable: true });
    expect(lines).toHaveLength(1 + scenes.length + 1);
    expect(lines.join('\n').replaceAll(/\u001B\]8;;[^\u0007]*\u0007/g, '')).not.toContain('http');
  });
});
