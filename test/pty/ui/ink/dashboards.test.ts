// From "all checks passed" to the dashboard in one key, on the built wizard: a browser that only writes down what it is given.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { dashboardLink } from '../../../../src/core/dashboards/links.ts';
import { DASHBOARD_FIELDS } from '../../../helpers/dashboards.ts';
import { startFakeDashboards } from '../../../helpers/fake-dashboards.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { it, LITTLE, type Stage, walkTo } from '../../../helpers/stage.ts';

/** A folder for the PATH with an `xdg-open` that notes the address; returns where. */
function fakeBrowser({ place }: Stage) {
  const folder = join(place.folder, 'bin');
  const opened = join(place.folder, 'opened');
  mkdirSync(folder);
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`);
  chmodSync(join(folder, 'xdg-open'), 0o755);
  return { path: `${folder}:${place.env['PATH']}`, opened };
}

async function read(file: string): Promise<string> {
  for (let tries = 0; tries < 100 && !existsSync(file); tries++) await sleep(50);
  return readFileSync(file, 'utf8').trim();
}

/** What the program last put on the clipboard (OSC 52). */
function clipboard(raw: string): string {
  const [, text = ''] = [...raw.matchAll(/\u001B\]52;c;([^\u0007]+)\u0007/g)].at(-1) ?? [];
  return Buffer.from(text, 'base64').toString();
}

it('one key opens the incident; one copies its link, one reads the guide; the links stay on the normal screen', async ({
  stage,
}) => {
  const server = await startFakeDashboards({ fields: () => DASHBOARD_FIELDS });
  const { path, opened } = fakeBrowser(stage);
  const wizard = stage.openOn({ PATH: path }, { args: [...LITTLE, '--dashboards', server.url] });
  await wizard.until('Connected and ready');
  for (const shows of ['[✔] Payment gateway timeout', 'Days of data', 'It will be created']) {
    await wizard.press(KEYS.enter);
    await wizard.until(shows);
  }
  await wizard.press(KEYS.enter);
  await wizard.until(/All \d+ checks passed/, 90_000);
  await wizard.until('o open in browser');
  await wizard.press('o');
  const link = await read(opened);
  const at = { base: server.url, version: '2.8.0' };
  const day = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);
  expect(link).toBe(
    dashboardLink(at, `incident-demo-${stage.index}-incident-room`, {
      fromMs: day('14:15'),
      toMs: day('14:50'),
    }),
  );
  await wizard.until('Opened in your browser');
  await wizard.press(KEYS.enter);
  await wizard.until('Your demo is ready');
  await wizard.press('c');
  await wizard.until('Copied to the clipboard');
  // The clipboard of the terminal has it, and the screen shows it whole.
  expect(clipboard(wizard.raw)).toBe(link);
  expect(wizard.text().replace(/\n\s*/g, '')).toContain(link);
  await wizard.press(KEYS.escape, 'g');
  await wizard.until('# Investigation guide');
  await wizard.press('o');
  await expect.poll(() => readFileSync(opened, 'utf8').trim().split('\n')).toHaveLength(2);
  const [, page = ''] = readFileSync(opened, 'utf8').trim().split('\n');
  expect(readFileSync(page, 'utf8')).toContain('<h1>Investigation guide</h1>');
  await wizard.press(KEYS.escape, 'q');
  expect(await wizard.ended).toMatchObject({ exit: 0 });
  const summary = wizard.history();
  expect(summary).toMatch(/Payment gateway timeout +Tue 24 Nov 14:25-14:35 +\d+(\.\d)? % +30 s/);
  expect(summary.replace(/\n\s*/g, '')).toContain(link);
  await server.close();
});

it('titles are links where the terminal shows them, on the last screen and after it', async ({ stage }) => {
  const server = await startFakeDashboards({ fields: () => DASHBOARD_FIELDS });
  const environment = { FORCE_HYPERLINK: '1' };
  const wizard = stage.openOn(environment, { args: [...LITTLE, '--dashboards', server.url] });
  await walkTo(wizard, 'Next');
  const row = await wizard.until(/❯ 1 Payment gateway timeout +Tue 24 Nov 14:25-14:35 +\d+(\.\d)? % +30 s/);
  expect(row).not.toContain('http');
  const opening = new RegExp(
    `\u001B\\]8;;${server.url}/app/dashboards#/view/[^\u0007]+\u0007Payment gateway`,
    'g',
  );
  expect(wizard.raw).toMatch(opening);
  await wizard.press('q');
  await wizard.ended;
  const [, summary = ''] = wizard.raw.split('Your demo is ready\r\n');
  expect(summary).toMatch(opening);
  expect(wizard.text()).toContain('Payment gateway timeout  Tue 24 Nov');
  await server.close();
});
