// What a person reads about Dashboards without --json.
import { expect, it } from 'vitest';
import type { DashboardLink, RunEvent } from '../../../../src/core/events.ts';
import { sentenceWriter } from '../../../../src/ui/text/event-text.ts';
import { SCENARIOS } from '../../../helpers/fake-world.ts';

const url = 'http://localhost:5601/app';
const links: readonly DashboardLink[] = [
  { incident: null, title: 'All of the data', url: `${url}/all` },
  { incident: 'i1', title: 'Memory pressure', url: `${url}/memory`, preset: 'memory-pressure' },
  { incident: 'i2', title: 'A random one', url: `${url}/random` },
  { incident: null, title: 'Errors that took over 5 s', url: `${url}/slow` },
];

function told(events: readonly RunEvent[]) {
  const out: string[] = [];
  const say: string[] = [];
  const write = sentenceWriter({ out: (line) => out.push(line), say: (line) => say.push(line) });
  for (const event of events) write(event);
  return { out, say };
}

it('what was installed, then at the end the data and the incidents of presets', () => {
  const { out, say } = told([
    { type: 'dashboards', url, version: '2.8.0\u001b[2J', tenant: 'global', objects: 21, links },
    {
      ...{
        type: 'done',
        ok: true,
        exit: 0,
        url: 'http://localhost:9200',
        index: 'demo',
        seed: 7,
        command: 'x',
      },
      documents: { planned: 1, acknowledged: 1, found: 1, refused: 0 },
      ...{ checks: [], seconds: { plan: 0, load: 0, validate: 0, total: 1 }, links },
    },
  ]);
  expect(say).toEqual([`Dashboards 2.8.0 at ${url}: 21 objects installed`]);
  expect(out.filter((line) => line.includes(url))).toEqual([
    `All of the data: ${url}/all`,
    `Memory pressure: ${url}/memory`,
  ]);
});

it('at the end the scenarios as a table, each with its link', () => {
  const { out } = told([
    {
      ...{
        type: 'done',
        ok: true,
        exit: 0,
        url: 'http://localhost:9200',
        index: 'demo',
        seed: 7,
        command: 'x',
      },
      documents: { planned: 1, acknowledged: 1, found: 1, refused: 0 },
      ...{ checks: [], seconds: { plan: 0, load: 0, validate: 0, total: 1 } },
      scenarios: SCENARIOS,
      links: [
        { incident: 'inc-3', title: 'Memory pressure', url: `${url}/memory`, preset: 'memory-pressure' },
      ],
    },
  ]);
  const place = out.findIndex((line) => line.startsWith('Memory pressure'));
  expect(out[place]).toMatch(/ Sun 22 Nov 18:30-18:45 {2}32\.4 % {2}8\.9 s {2}0\.6 s$/);
  expect(out[place + 1]).toBe(`  ${url}/memory`);
});
