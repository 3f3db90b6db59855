// `guide`: the guide of an index again, on standard output or as a file.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askText } from '../../helpers/ask.ts';
import { DASHBOARD_FIELDS } from '../../helpers/dashboards.ts';
import { startFakeDashboards } from '../../helpers/fake-dashboards.ts';
import { newPlace, type Place, runProgram } from '../../helpers/program.ts';

const url = inject('openSearchUrl');
const index = `guide-test-${process.pid}`;
const other = `${index}-other`;
let place: Place;
const guide = (...more: string[]) => runProgram(place, 'guide', '--url', url, '--index', index, ...more);
const runs = () => join(place.folder, 'state', 'incident-demo', 'runs');

beforeAll(async () => {
  place = newPlace();
  const data = ['--days', '1', '--seed', '7', '--sample', '300', '--time-zone', 'UTC'];
  const now = ['--now', '2026-03-14T16:00:00Z'];
  const { exit } = await runProgram(place, 'run', '--url', url, '--index', index, '--yes', ...data, ...now);
  expect(exit).toBe(0);
  await askText(`${url}/${other}`, { method: 'PUT' });
});
afterAll(async () => {
  await fetch(`${url}/${index},${other}?ignore_unavailable=true`, { method: 'DELETE' });
  place.remove();
});

/** What a run has written, in a format. */
function written(format: string): string {
  const [run = ''] = readdirSync(runs());
  return readFileSync(join(runs(), run, `investigation.${format}`), 'utf8');
}

test('prints the guide that the run has written, and nothing else', async () => {
  const { exit, stdout, stderr } = await guide();
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout.startsWith('# Investigation guide\n')).toBe(true);
  expect(stdout).toBe(written('md'));
  expect(stdout.length).toBeGreaterThan(1000);
});

test('writes one page of HTML into a folder, and leaves the folder as it is', async () => {
  const folder = join(place.folder, 'mine');
  mkdirSync(folder, { mode: 0o755 });
  const { exit, stdout } = await guide('--guide-format', 'html', '--output-dir', folder);
  const file = join(folder, 'investigation.html');
  expect([exit, stdout]).toEqual([0, `Investigation guide: ${file}\n`]);
  expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(readFileSync(file, 'utf8')).toBe(written('html'));
  expect(existsSync(join(folder, 'investigation.md'))).toBe(false);
});

test('gives the text as an event with --json, and says what is wrong with an index', async () => {
  const { stdout } = await guide('--json');
  expect(JSON.parse(stdout)).toMatchObject({ type: 'done', ok: true, index, format: 'md' });
  expect((JSON.parse(stdout) as { text: string }).text).toContain('# Investigation guide');
  const foreign = await runProgram(place, 'guide', '--url', url, '--index', other);
  expect(foreign.stdout).toBe('');
  expect(foreign.stderr).toContain(other);
  expect(foreign.exit).not.toBe(0);
  const missing = await runProgram(place, 'guide', '--url', url, '--index', `${index}-none`);
  expect([missing.stdout, missing.exit]).toEqual(['', 2]);
});

test('has the links of the dashboards that are installed, from the record of the run or an address', async () => {
  const server = await startFakeDashboards({ fields: () => DASHBOARD_FIELDS });
  const elsewhere = newPlace();
  const install = ['dashboards', 'install', '--dashboards', server.url, '--url', url, '--index', index];
  const at = ['--url', url, '--index', index];
  const flag = ['--dashboards', server.url];
  try {
    const early = await guide(...flag);
    expect(early.stdout).toBe(written('md'));
    expect(early.stderr).toBe(`The guide has no links: the dashboards of ${index} are not installed there\n`);
    const { exit, stdout } = await runProgram(place, ...install, '--json');
    expect(exit).toBe(0);
    const { links } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as {
      links: { preset?: string; title: string; url: string }[];
    };
    const { stdout: text, stderr } = await guide();
    expect(stderr).toBe('');
    const scripted = links.filter(({ preset }) => preset !== undefined);
    expect(scripted.length).toBeGreaterThan(0);
    for (const link of scripted) expect(text).toContain(`- **Dashboards:** [${link.title}](${link.url})`);
    const withoutLinks = text
      .split('\n')
      .filter((line) => !line.startsWith('- **Dashboards:**'))
      .map((line) => line.replace(/^- \[Discover\]\(.*?\) \((?=[A-Z])/, '- **Discover** ('))
      .join('\n');
    // With dashboards at hand the script for the stage points at them.
    expect(text).toContain('Point at panel 1 of the dashboard, or run step 0 in Dev Tools.');
    const unstaged = withoutLinks
      .replaceAll('Open the dashboard and', 'Open Discover and')
      .replace(
        /Point at panel \d of the dashboard, or run step (\d) in Dev Tools\./g,
        'Run step $1 in Dev Tools, or its DQL in Discover.',
      );
    expect(unstaged).toBe(written('md'));
    expect((await runProgram(elsewhere, 'guide', ...at, ...flag)).stdout).toBe(text);
    await server.close();
    const gone = await guide();
    expect(gone).toMatchObject({ exit: 0, stdout: written('md') });
    expect(gone.stderr).toContain('The guide has no links: No OpenSearch Dashboards answers at');
  } finally {
    elsewhere.remove();
    await server.close().catch(() => {});
  }
});
