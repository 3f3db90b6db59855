// On a real Dashboards, where OPENSEARCH_DASHBOARDS_URL_FOR_TESTS names one that looks at the cluster of these tests: what is
// stored, and what a browser makes of it. Chromium is found where Debian puts it, or by CHROMIUM_FOR_TESTS.
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Cluster, openCluster } from '../../../../src/core/cluster/client.ts';
import { type FoundDashboards, findDashboards } from '../../../../src/core/dashboards/find.ts';
import { linksOf } from '../../../../src/core/dashboards/incident-links.ts';
import { installDashboards } from '../../../../src/core/dashboards/install.ts';
import type { Installed } from '../../../../src/core/dashboards/installed.ts';
import { dashboardLink, discoverLink, spanAround } from '../../../../src/core/dashboards/links.ts';
import { removeDashboards } from '../../../../src/core/dashboards/remove.ts';
import { STORED_TRANSACTIONS } from '../../../../src/core/documents/transactions.ts';
import { loadInto } from '../../../../src/core/index.ts';
import { markIncidents } from '../../../../src/core/run/mark-incidents.ts';
import { planWith } from '../../../helpers/generated.ts';

const real = process.env['OPENSEARCH_DASHBOARDS_URL_FOR_TESTS'] ?? '';
const executablePath = process.env['CHROMIUM_FOR_TESTS'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(executablePath);
const url = inject('openSearchUrl');
const index = `dashboards-real-${process.pid}`;
const plan = planWith({ days: 3, seed: 7, timeZone: 'UTC' });
const presets = plan.incidents.filter(({ preset }) => preset !== null);
const pictures = fileURLToPath(new URL('../../../../test-results/dashboards/', import.meta.url));

describe.skipIf(real === '')('a real Dashboards', { timeout: 240_000 }, () => {
  let cluster: Cluster;
  let found: FoundDashboards;
  let installed: Installed;
  let before: string;
  let seconds: number;
  let browser: Browser;

  /** Every object that others have, as an export. */
  async function others(): Promise<string> {
    const answer = await fetch(`${found.dashboards.base}/api/saved_objects/_export`, {
      method: 'POST',
      headers: { 'osd-xsrf': 'true', 'content-type': 'application/json' },
      body: JSON.stringify({ type: ['dashboard', 'visualization', 'search', 'index-pattern'] }),
    });
    const lines = (await answer.text()).split('\n').filter((line) => !line.includes('"exportedCount"'));
    return lines
      .filter((line) => !line.includes(`incident-demo-${index}-`))
      .sort()
      .join('\n');
  }

  /** Installs, and says how long storing and reading back took. */
  async function install(): Promise<{ installed: Installed; seconds: number }> {
    const { properties: fields } = STORED_TRANSACTIONS.mapping;
    let startMs = 0;
    const onStored = () => {
      startMs ||= performance.now();
    };
    const request = { found, cluster, plan, index, fields, answers: true, onStored };
    return { installed: await installDashboards(request), seconds: (performance.now() - startMs) / 1000 };
  }

  beforeAll(async () => {
    cluster = await openCluster({ url }, {});
    await loadInto(cluster, plan, { index });
    await markIncidents({ cluster, plan, index, keep: false, run: 'test' });
    found = await findDashboards({ url: real, connection: { url }, environment: {} });
    before = await others();
    ({ installed, seconds } = await install());
    if (!hasBrowser) return;
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    const { chromium } = await import('playwright-core');
    browser = await chromium.launch({ executablePath, args });
    mkdirSync(pictures, { recursive: true });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    if (installed) await removeDashboards({ ...found, objects: installed.objects });
    await found?.dashboards.close();
    for (const name of [index, `${index}-incidents`]) await fetch(`${url}/${name}`, { method: 'DELETE' });
    await cluster?.close();
  });

  test('keeps every object, takes them again, and has them in under three seconds', async () => {
    expect(seconds).toBeLessThan(3);
    expect(installed.objects.length).toBeGreaterThan(15);
    expect((await install()).installed).toEqual(installed);
    expect(await others()).toBe(before);
  });

  async function opened(page: Page, link: string): Promise<{ panels: number; complete: number }> {
    await page.goto(link, { waitUntil: 'domcontentloaded', timeout: 120_000 });
    const counts = async () => ({
      panels: await page.locator('[data-shared-item]').count(),
      complete: await page.locator('[data-render-complete="true"]').count(),
    });
    const isWhole = ({ panels, complete }: Awaited<ReturnType<typeof counts>>) =>
      panels > 0 && complete >= panels;
    await expect.poll(counts, { timeout: 90_000, interval: 1000 }).toSatisfy(isWhole);
    return counts();
  }

  const PROBLEMS = [
    '.embPanel__error, .visError, .vgaVis__message, .tvbError__title, .euiToast--danger',
    '[data-test-subj="embeddableStackError"]',
  ].join(', ');
  const problems = (page: Page) => page.locator(PROBLEMS).allTextContents();

  const shownTime = async (page: Page) =>
    (await page.locator('.euiSuperDatePicker').first().textContent()) ?? '';

  test.skipIf(!hasBrowser).each(presets.map((incident) => [String(incident.preset), incident] as const))(
    'the link of %s opens the incident room at its time, every panel drawn',
    async (preset, incident) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 2400 }, timezoneId: 'UTC' });
      const link = linksOf(installed, plan).find((one) => one.incident === incident.id)?.url ?? '';
      const { panels } = await opened(page, link);
      expect(panels).toBeGreaterThanOrEqual(16);
      expect(await problems(page)).toEqual([]);
      const { fromMs, toMs } = spanAround(incident);
      const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16);
      expect(await shownTime(page)).toContain(clock(fromMs));
      expect(await shownTime(page)).toContain(clock(toMs));
      await page.screenshot({ path: `${pictures}${preset}.png` });
      await page.close();
    },
  );

  test.skipIf(!hasBrowser)('the dashboard of answers names the incident in its band', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 2400 }, timezoneId: 'UTC' });
    const incident = presets.at(-1);
    if (!incident) throw new Error('no preset');
    await opened(page, dashboardLink(installed, installed.dashboards.answers ?? '', spanAround(incident)));
    expect(await problems(page)).toEqual([]);
    await page.screenshot({ path: `${pictures}answers.png` });
    await page.close();
  });

  test.skipIf(!hasBrowser)('an hour without an incident shows no warning over a drawing', async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 2400 }, timezoneId: 'UTC' });
    const startMs = presets[0]?.startMs ?? 0;
    const calm = { fromMs: startMs - 90 * 60_000, toMs: startMs - 60 * 60_000 };
    expect(plan.incidents.some((one) => one.startMs < calm.toMs && one.recoveredMs > calm.fromMs)).toBe(
      false,
    );
    for (const id of [installed.dashboards.room, installed.dashboards.answers ?? '']) {
      await opened(page, dashboardLink(installed, id, calm));
      expect(await problems(page)).toEqual([]);
    }
    await page.close();
  });

  test.skipIf(!hasBrowser)('the saved search and a query in Discover find documents', async () => {
    const incident = presets.at(-1);
    if (!incident) throw new Error('no preset');
    const page = await browser.newPage({ viewport: { width: 1440, height: 1200 }, timezoneId: 'UTC' });
    const search = linksOf(installed, plan).at(-1)?.url ?? '';
    for (const link of [
      search,
      discoverLink(installed, installed.pattern, 'status:error', spanAround(incident)),
    ]) {
      await page.goto(link, { waitUntil: 'domcontentloaded', timeout: 120_000 });
      const hits = page.locator('[data-test-subj="discoverQueryHits"]');
      await hits.waitFor({ timeout: 90_000 });
      expect(Number((await hits.textContent())?.replaceAll(',', ''))).toBeGreaterThan(50);
    }
    await page.close();
  });

  test('remove takes it away, and everything of others is byte for byte as it was', async () => {
    const { dashboards } = found;
    expect(await removeDashboards({ dashboards, objects: installed.objects })).toBe(installed.objects.length);
    expect(await others()).toBe(before);
  });
});
