// Dashboards after the checks, at three sizes: offered where one answers, installed by a key, and opened by another.
import { describe, expect, it } from 'vitest';
import type { DashboardLink } from '../../../../src/core/events.ts';
import { AppError } from '../../../../src/errors/app-error.ts';
import { type FakeCluster, fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, toReview, walk } from '../../../helpers/ink-steps.ts';

const url = 'http://localhost:5601';
const links: readonly DashboardLink[] = [
  { incident: null, title: 'All of the data', url: `${url}/app/dashboards#/view/all` },
  {
    incident: 'inc-1',
    title: 'Payment gateway timeout',
    url: `${url}/app/dashboards#/view/payment`,
    preset: 'p',
  },
  { incident: null, title: 'Errors that took over 5 s', url: `${url}/app/discover#/view/slow` },
];

describe.each(SIZES)('Dashboards at $columns x $rows', (size) => {
  async function checked(changes: Partial<FakeCluster>) {
    const wizard = start({ ...size, cluster: { ...fakeCluster(), ...changes } });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    return wizard;
  }

  it('is installed from Next; then one key opens the incident, from Next and from Check', async () => {
    const opened: string[] = [];
    const wizard = await checked({ dashboards: { url, links }, opened });
    await walk(wizard, ['Your demo is ready']);
    await wizard.press('1');
    await wizard.until('❯ 1 Install the dashboards');
    expectFrame(wizard, size, ['❯ 1 Install the dashboards', 'Enter install', 'Adds the dashboards']);
    await wizard.press(KEYS.enter);
    await wizard.until('The dashboards are installed');
    await wizard.until('❯ 1 Open the dashboards');
    await wizard.press('o');
    await wizard.until('Opened in your browser');
    expect(opened).toEqual([links[0]?.url]);
    // On the line that finishes it is the incident to present.
    await wizard.press(KEYS.up);
    await wizard.until('❯ Finish');
    await wizard.press('o');
    await expect.poll(() => opened.length).toBe(2);
    await wizard.press(KEYS.escape);
    await wizard.until('All 9 checks passed');
    await wizard.press('o');
    await expect.poll(() => opened.length).toBe(3);
    expect(opened).toEqual([links[0]?.url, links[1]?.url, links[1]?.url]);
  });

  it('that cannot be installed says why, and can be tried again', async () => {
    const error = new AppError('dashboards-import', { reason: 'blocked' });
    const wizard = await checked({ dashboards: { url, error } });
    await walk(wizard, ['Your demo is ready']);
    await wizard.press('1');
    await wizard.until('❯ 1 Install the dashboards');
    await wizard.press(KEYS.enter);
    await wizard.until('try again');
    expect(wizard.text().replace(/\s+/g, ' ')).toContain('did not save the dashboards: blocked');
    expectFrame(wizard, size, ['❯ 1 Install the dashboards: try again', 'Enter install']);
  });

  it('where no browser can be opened, it says how to get there', async () => {
    const wizard = await checked({ dashboards: { url, links } });
    await walk(wizard, ['Your demo is ready']);
    await wizard.press('1', KEYS.enter);
    await wizard.until('❯ 1 Open the dashboards');
    await wizard.press('o');
    await wizard.until('No browser could be opened');
  });

  it('is not offered where none answers', async () => {
    const wizard = await checked({});
    await walk(wizard, ['Your demo is ready']);
    await wizard.press('1');
    await wizard.until('❯ 1 Create the index pattern');
    expect(wizard.text()).not.toContain('o open in browser');
  });
});

it('what could not be removed with the index is said', async () => {
  const left = 'The dashboards in http://localhost:5601 were not removed: nothing answers';
  const wizard = start({ columns: 80, rows: 24, cluster: { ...fakeCluster(), left } });
  await toReview(wizard);
  await wizard.press(KEYS.enter);
  await wizard.until('All 9 checks passed');
  await walk(wizard, ['Your demo is ready']);
  await wizard.press('8', KEYS.enter);
  await wizard.until('Delete it');
  await wizard.press('2');
  await wizard.until('Deleted');
  expect(wizard.text()).toContain('were not removed');
});
