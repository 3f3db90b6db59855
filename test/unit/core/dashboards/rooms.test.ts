// What is stored in Dashboards: whole, the same at each run, and in the incident room nothing of the answer.
import { beforeAll, describe, expect, test } from 'vitest';
import { roomsOf } from '../../../../src/core/dashboards/rooms.ts';
import { MARK, ndjsonOf, type SavedObject } from '../../../../src/core/dashboards/saved-object.ts';
import type { Incident, Plan } from '../../../../src/core/plan/types.ts';
import { bucketSeconds, everyField, objectsOf, unpacked } from '../../../helpers/dashboards.ts';
import { planWith } from '../../../helpers/generated.ts';

const plan = planWith({ days: 7 });
let objects: SavedObject[];
beforeAll(() => {
  objects = objectsOf(plan);
});

const keyOf = ({ type, id }: { readonly type: string; readonly id: string }) => `${type}/${id}`;
const dashboardsIn = (all: readonly SavedObject[]) => all.filter(({ type }) => type === 'dashboard');
const titleOf = ({ attributes }: SavedObject) => String(attributes['title']);

describe('the objects', () => {
  test('have ids of their own that a second run and another seed use again', () => {
    const ids = objects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^incident-demo-demo-[a-z0-9-]+$/);
    expect(objectsOf(planWith({ days: 7, seed: 99 })).map(({ id }) => id)).toEqual(ids);
    expect(ndjsonOf(objectsOf(plan))).toBe(ndjsonOf(objects));
    const others = objectsOf(plan, { index: 'other' }).map(({ id }) => id);
    expect(others.filter((id) => ids.includes(id))).toEqual([]);
  });

  test.each(['a%b', "it's(1)", 'ä', 'a+b', 'a b&c=d'])(
    'have ids that stand in an address as they are: %s',
    (index) => {
      const ids = objectsOf(plan, { index }).map(({ id }) => id);
      for (const id of ids) expect(encodeURIComponent(id)).toBe(id);
      const others = objectsOf(plan, { index: index.replace(/[^\w.-]+/g, '-') }).map(({ id }) => id);
      expect(ids.filter((id) => others.includes(id))).toEqual([]);
    },
  );

  test('are two dashboards, a saved search, an index pattern and their panels', () => {
    expect(dashboardsIn(objects).map(titleOf)).toEqual(['Checkout: incident room', 'Checkout: answers']);
    expect(objects.filter(({ type }) => type === 'search')).toHaveLength(1);
    expect(objects.filter(({ type }) => type === 'index-pattern')).toHaveLength(1);
    expect(dashboardsIn(objectsOf(plan, { answers: false })).map(titleOf)).toEqual([
      'Checkout: incident room',
    ]);
  });

  test('refer only to objects that are among them', () => {
    const there = new Set(objects.map(keyOf));
    const references = objects.flatMap((object) => object.references);
    expect(references.length).toBeGreaterThan(30);
    expect(references.filter((reference) => !there.has(keyOf(reference)))).toEqual([]);
  });

  test('are each used: by a dashboard, or as its pattern', () => {
    const used = new Set(objects.flatMap(({ references }) => references.map(keyOf)));
    expect(objects.filter((object) => object.type !== 'dashboard' && !used.has(keyOf(object)))).toEqual([]);
  });

  test('name every reference that their JSON names', () => {
    for (const { attributes, references } of objects) {
      const named = everyField(unpacked(attributes))
        .filter(({ key }) => /RefName$/.test(key))
        .map(({ value }) => value);
      expect(references.map(({ name }) => name).sort()).toEqual(named.sort());
    }
  });

  test('say the shapes that 2.x and 3.x know, and none newer', () => {
    for (const { type, migrationVersion } of objects)
      expect(migrationVersion).toEqual({
        [type]: { 'index-pattern': '7.6.0', search: '7.9.3', visualization: '7.10.0', dashboard: '7.9.3' }[
          type
        ],
      });
  });

  test('carry the mark by which clean knows them', () => {
    expect(objects.filter(({ attributes }) => !String(attributes['description']).includes(MARK))).toEqual([]);
  });

  test('ask for no bucket below 30 seconds', () => {
    const widths = objects.flatMap((object) => bucketSeconds(object));
    expect(widths.length).toBeGreaterThan(10);
    expect(Math.min(...widths)).toBe(30);
  });

  test('are made in under 100 ms', () => {
    const start = performance.now();
    objectsOf(plan);
    expect(performance.now() - start).toBeLessThan(100);
  });
});

describe('a dashboard', () => {
  interface Panel {
    readonly gridData: {
      readonly x: number;
      readonly y: number;
      readonly w: number;
      readonly h: number;
      readonly i: string;
    };
    readonly panelIndex: string;
    readonly panelRefName: string;
    readonly embeddableConfig: { readonly title: string };
  }
  const panelsOf = ({ attributes }: SavedObject) => JSON.parse(String(attributes['panelsJSON'])) as Panel[];

  test('has panels side by side, none over another or over the edge', () => {
    for (const dashboard of dashboardsIn(objects)) {
      const taken = new Set<string>();
      for (const { gridData } of panelsOf(dashboard)) {
        const { x, y, w, h } = gridData;
        expect(x + w).toBeLessThanOrEqual(48);
        for (let column = x; column < x + w; column++)
          for (let row = y; row < y + h; row++) {
            expect(taken.has(`${column},${row}`)).toBe(false);
            taken.add(`${column},${row}`);
          }
      }
    }
  });

  test('has a place, an index, a title and a reference for each panel', () => {
    for (const dashboard of dashboardsIn(objects)) {
      const panels = panelsOf(dashboard);
      expect(panels.map(({ panelRefName }) => panelRefName)).toEqual(
        dashboard.references.map(({ name }) => name),
      );
      for (const { gridData, panelIndex, embeddableConfig } of panels) {
        expect(gridData.i).toBe(panelIndex);
        expect(embeddableConfig.title).not.toBe('');
      }
      expect(new Set(panels.map(({ panelIndex }) => panelIndex)).size).toBe(panels.length);
    }
  });

  test('opens with all of the data', () => {
    const [room] = dashboardsIn(objects);
    expect(room?.attributes).toMatchObject({
      timeRestore: true,
      timeFrom: new Date(plan.startMs).toISOString(),
      timeTo: new Date(plan.endMs).toISOString(),
    });
  });
});

describe('the incident room', () => {
  /** Everything that the room shows, asks or links to. */
  const roomText = (of: Plan) => {
    const all = objectsOf(of, { answers: false });
    return all
      .map(({ attributes, references }) => JSON.stringify([unpacked(attributes), references]))
      .join('\n');
  };
  const text = roomText(plan);
  const iso = (ms: number) => new Date(ms).toISOString();

  test('is the same, but for the span of the data, whatever the incidents are', () => {
    const calm = planWith({ days: 7, incidentsPerDay: { min: 0, max: 0 } }, undefined, []);
    expect(plan.incidents.length).toBeGreaterThan(10);
    expect(calm.incidents).toEqual([]);
    expect([calm.startMs, calm.endMs]).toEqual([plan.startMs, plan.endMs]);
    expect(roomText(calm)).toBe(text);
  });

  test.each(plan.incidents.map((incident) => [incident.id, incident] as const))(
    'does not name %s: neither when, nor what, nor why',
    (_, { id, title, rootCause, startMs, endMs, preset }: Incident) => {
      for (const part of [id, title, rootCause, iso(startMs), iso(endMs), iso(startMs).slice(0, 16), preset])
        if (part !== null) expect(text).not.toContain(part);
    },
  );

  test('treats gateways and servers alike: each is named as often as the others', () => {
    const count = (word: string) => text.split(word).length - 1;
    const gateways = ['stripe', 'paypal', 'square'].map(count);
    const servers = ['checkout-service-01', 'checkout-service-02', 'checkout-service-03'].map(count);
    expect(new Set(gateways).size).toBe(1);
    expect(new Set(servers).size).toBe(1);
    expect(Math.min(...gateways, ...servers)).toBeGreaterThan(0);
  });

  test('does not ask the index of incidents', () => {
    expect(text).not.toContain('demo-incidents');
  });
});

describe('the dashboard of answers', () => {
  test('names every incident with its cause, and links to its time', () => {
    const answers = objects.find(({ id }) => id.endsWith('-answers-text'));
    const markdown = (unpacked(answers?.attributes) as { visState: { params: { markdown: string } } })
      .visState.params.markdown;
    for (const { title, rootCause, startMs } of plan.incidents) {
      expect(markdown).toContain(`**${title}** | ${rootCause} |`);
      expect(markdown).toContain(new Date(startMs - 600_000).toISOString());
    }
  });

  test('keeps its table whole when the words of a preset have a bar', () => {
    const [first, ...rest] = plan.incidents;
    if (!first) throw new Error('no incident');
    const barred: Plan = { ...plan, incidents: [{ ...first, title: 'a|b', rootCause: 'c|d' }, ...rest] };
    const text = objectsOf(barred).find(({ id }) => id.endsWith('-answers-text'));
    const { visState } = unpacked(text?.attributes) as { visState: { params: { markdown: string } } };
    const row = visState.params.markdown.split('\n').find((line) => line.includes('a\\|b'));
    expect(row?.split(/(?<!\\)\|/)).toHaveLength(5);
  });

  test('marks the bands from the index of incidents, under the time filter', () => {
    const marked = JSON.stringify(unpacked(objects.find(({ id }) => id.endsWith('-marked'))?.attributes));
    expect(marked).toContain('demo-incidents');
    expect(marked).toContain('%timefilter%');
  });
});

test('every panel but text has a search by which it is tried', () => {
  const { panels } = roomsOf({ plan, index: 'demo', pattern: 'p', answers: true });
  expect(panels.filter(({ search }) => !search).map(({ piece }) => piece)).toEqual(['start', 'answers-text']);
});
