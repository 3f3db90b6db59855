// Dashboards after the checks, at three sizes: offered where one answers, started with Docker, installed and opened.
import { describe, expect, it } from 'vitest';
import type { DashboardLink } from '../../../../src/core/events.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import type { Settings } from '../../../../src/options/settings.ts';
import { type FakeCluster, fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, told, toReview } from '../../../helpers/ink-steps.ts';

const url = 'http://localhost:5601';
const links: readonly DashboardLink[] = [
  { incident: null, title: 'All of the data', url: `${url}/app/dashboards#/view/all` },
  {
    incident: 'inc-1',
    title: 'Payment gateway timeout',
    url: `${url}/app/dashboards#/view/payment`,
    preset: 'p',
  },
  {
    incident: 'inc-3',
    title: 'Memory pressure',
    url: `${url}/app/dashboards#/view/memory`,
    preset: 'm',
  },
  { incident: null, title: 'Errors that took over 5 s', url: `${url}/app/discover#/view/slow` },
];
const address = (path: string) => `${url}/app/dashboards#/view/${path}`;

describe.each(SIZES)('Dashboards at $columns x $rows', (size) => {
  async function atNext(changes: Partial<FakeCluster>, settings: Partial<Settings> = {}) {
    const wizard = start({ ...size, settings, cluster: fakeCluster(changes) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press('n');
    await wizard.until('Your demo is ready');
    return wizard;
  }

  it('is installed from Next; then one key opens the scenario, from Next and from Check', async () => {
    const opened: string[] = [];
    const wizard = await atNext({ dashboards: { url, links }, opened });
    await wizard.until('i install');
    expectFrame(wizard, size, [`Dashboards at ${url} answers`]);
    await wizard.press('i');
    await wizard.until('The dashboards are installed');
    await wizard.until('o open');
    expectFrame(wizard, size, ['"Checkout: incident room": o opens it', 'o open']);
    await wizard.press('o');
    await wizard.until('Opened in your browser');
    await wizard.press('3', 'o');
    await expect.poll(() => opened).toEqual([address('payment'), address('memory')]);
    await wizard.press('c');
    expect(wizard.copied).toEqual([address('memory')]);
    await wizard.until('Copied to the clipboard');
    expect(told(wizard)).toContain(address('memory'));
    await wizard.press(KEYS.escape);
    await wizard.until('Your demo is ready');
    await wizard.press(KEYS.escape);
    await wizard.until('All 9 checks passed');
    await wizard.press('o');
    await expect.poll(() => opened.length).toBe(3);
  });

  it('that cannot be installed says why, and can be tried again or elsewhere', async () => {
    const error = new AppError('dashboards-import', { reason: 'blocked' });
    const wizard = await atNext({ dashboards: { url, error } });
    await wizard.until('i install');
    await wizard.press('i');
    await wizard.until(/did\s+not\s+save\s+the\s+dashboards:\s+blocked/);
    expect(told(wizard)).toContain('i tries again, u changes the address');
    expectFrame(wizard, size, ['Enter story']);
  });

  it('at an address that is typed; one that is none is typed again', async () => {
    const wizard = await atNext({ dashboards: { url: '', links } });
    await wizard.press('u');
    await wizard.until('Address of OpenSearch Dashboards');
    expectFrame(wizard, size, ['❯ http://localhost:5601▏', 'Enter install', 'Esc back']);
    await wizard.press(KEYS.ctrlU, 'ftp://x', KEYS.enter);
    await wizard.until('must begin with http');
    await wizard.press(KEYS.ctrlU, 'dash.example/base', KEYS.enter);
    await wizard.until('The dashboards are installed');
    expect(wizard.session.getSnapshot().answers.settings.dashboards).toBe('http://dash.example:5601/base');
  });

  it('is started with Docker for the local node, and gets its dashboards at once', async () => {
    const wizard = await atNext({ docker: { url }, dashboards: { url: '', links } }, { local: true });
    await wizard.until(/b starts it with\s+Docker/);
    await wizard.press('b');
    await wizard.until('The dashboards are installed');
    await wizard.press('q');
    expect(wizard.session.getSnapshot()).toMatchObject({ container: true, ended: true });
  });

  it('that Docker does not start says why', async () => {
    const error = new AppError('dashboards-docker', { reason: 'no space left', docker: 'docker run x' });
    const wizard = await atNext({ docker: { error } }, { local: true });
    await wizard.until(/b starts it with\s+Docker/);
    await wizard.press('b');
    await wizard.until('no space left');
    await wizard.until(/b starts it with\s+Docker/);
  });

  it('without Docker here, the whole command is shown, and c copies it', async () => {
    const wizard = await atNext({}, { local: true });
    await wizard.until(/b shows how Docker\s+starts it/);
    await wizard.press('b');
    await wizard.until('docker run');
    await wizard.press('c');
    const [line = ''] = wizard.copied;
    expect(line).toMatch(/^docker run --rm .* opensearchproject\/opensearch-dashboards:[\d.]+$/);
    expect(told(wizard).replaceAll(' ', '')).toContain(line.replaceAll(' ', ''));
  });

  it('where no browser can be opened, it says how to get there', async () => {
    const wizard = await atNext({ dashboards: { url, links } });
    await wizard.until('i install');
    await wizard.press('i');
    await wizard.until('o open');
    await wizard.press('o');
    await wizard.until('No browser could be opened');
  });
});

it('what could not be removed with the index is said', async () => {
  const left = 'The dashboards in http://localhost:5601 were not removed: nothing answers';
  const wizard = start({ columns: 80, rows: 24, cluster: { ...fakeCluster(), left } });
  await toReview(wizard);
  await wizard.press(KEYS.enter);
  await wizard.until('All 9 checks passed');
  await wizard.press('n');
  await wizard.until('Your demo is ready');
  await wizard.press('x');
  await wizard.until('2 Delete it');
  await wizard.press('2');
  await wizard.until('Deleted');
  expect(wizard.text()).toContain('were not removed');
});
