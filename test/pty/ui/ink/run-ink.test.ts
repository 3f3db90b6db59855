// The built wizard from the first frame to the last line on the normal screen, by keys alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { askText } from '../../../helpers/ask.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { it, LITTLE, NOW, numberIn, walkTo } from '../../../helpers/stage.ts';

describe.concurrent('the whole way', () => {
  it('presets, a changed parameter, load, every check, and the terminal as it was', async ({ stage }) => {
    const wizard = stage.open({ args: ['--now', NOW, '--sample', '240'] });
    await wizard.until('Connected and ready');
    expect(wizard.onAlternateScreen).toBe(true);
    await wizard.press(KEYS.enter);
    await wizard.until('[✔] Memory pressure');
    await wizard.press(KEYS.enter);
    await wizard.until('◂ 7 days ▸');
    const before = await wizard.until(/docs\/s (here|measured on)/);
    await wizard.press(KEYS.left, KEYS.left, KEYS.left, KEYS.left);
    const after = await wizard.until('◂ 3 days ▸');
    expect(after).not.toBe(before);
    await wizard.press(KEYS.enter);
    await wizard.until('It will be created');
    expect(wizard.text().replace(/\s+/g, ' ')).toContain('--days 3');
    await wizard.press(KEYS.enter);
    await wizard.until(/All \d+ checks passed/, 90_000);
    await wizard.press(KEYS.enter);
    const last = await wizard.until('Your demo is ready');
    expect(last).toMatch(/❯ 1 Payment gateway timeout +Tue 24 Nov 14:25-14:35 +\d+(\.\d)? % +30 s/);
    await wizard.press('i');
    const page = await wizard.until('Create Index Pattern');
    for (const words of ['Stack Management', `Enter pattern: ${stage.index}`, '@timestamp'])
      expect(page).toContain(words);
    await wizard.press(KEYS.escape, 'q');
    expect(await wizard.ended).toMatchObject({ exit: 0 });
    expect(wizard.onAlternateScreen).toBe(false);
    expect(wizard.cursorVisible).toBe(true);
    const summary = wizard.text();
    expect(summary).toContain('Your demo is ready');
    expect(summary).toMatch(/All \d+ checks passed/);
    expect(summary).toContain('To repeat: incident-demo run');
    const [, guide = ''] = /Investigation guide: (\S+)/.exec(wizard.history().replace(/\n(?! )/g, '')) ?? [];
    expect(readFileSync(guide, 'utf8')).toContain('# Investigation guide');
    expect(numberIn(summary, /([\d,]+) documents in/)).toBe(await stage.count());
  });

  it('back through every step, with every answer kept', async ({ stage }) => {
    const wizard = stage.open();
    await wizard.until('Connected and ready');
    await wizard.press(KEYS.enter);
    await wizard.until('[✔] Payment gateway timeout');
    await wizard.press(' ', KEYS.enter);
    await wizard.until('◂ 7 days ▸');
    await wizard.press('5');
    await wizard.until('docs/s');
    await wizard.press(KEYS.enter);
    await wizard.until('--days 5');
    await wizard.press(KEYS.escape);
    await wizard.until('◂ 5 days ▸');
    await wizard.press(KEYS.escape);
    await wizard.until('[ ] Payment gateway timeout');
    await wizard.press(KEYS.escape);
    await wizard.until('Where is your OpenSearch cluster?');
    await wizard.press(KEYS.enter);
    await wizard.until('[ ] Payment gateway timeout');
    await wizard.press(KEYS.enter);
    await wizard.until('◂ 5 days ▸');
  });

  it('back from Next to the first step, and forward again over what is loaded', async ({ stage }) => {
    const wizard = stage.open({ args: LITTLE });
    await walkTo(wizard, 'Next');
    for (const shows of [
      /All \d+ checks passed/,
      'All documents loaded',
      `Index ${stage.index} already exists`,
    ]) {
      await wizard.press(KEYS.escape);
      await wizard.until(shows);
    }
    const loaded = await stage.count();
    await wizard.press('5');
    await wizard.until(/All \d+ checks passed/);
    await wizard.press(KEYS.enter);
    await wizard.until('Your demo is ready');
    expect(await stage.count()).toBe(loaded);
  });

  it('an index that exists is met before anything is written, and stays as it is', async ({ stage }) => {
    await askText(`${stage.url}/${stage.index}`, { method: 'PUT' });
    const wizard = stage.open();
    for (const shows of ['Connected and ready', '14:25-14:35', 'docs/s']) {
      await wizard.until(shows);
      await wizard.press(KEYS.enter);
    }
    const choices = await wizard.until(`Index ${stage.index} already exists`);
    expect(choices).toContain('not created by this tool');
    expect(choices).toContain('@timestamp is missing');
    expect(choices).not.toContain('Add to it');
    expect(choices).toContain(`❯ 1 Load into ${stage.index}`);
    await wizard.press('1');
    const review = await wizard.until('It will be created');
    expect(review).not.toMatch(new RegExp(`4 Index\\s+${stage.index}$`, 'm'));
    expect(await stage.count()).toBe(0);
  });

  it("a preset of one's own is taken by its path, told and proved", async ({ stage }) => {
    const [builtIn] = BUILT_IN;
    const file = join(stage.place.folder, 'mine.json');
    writeFileSync(file, JSON.stringify({ ...builtIn, id: 'mine', title: 'Mine at noon' }));
    const wizard = stage.open({ args: LITTLE });
    await walkTo(wizard, 'Scenario');
    await wizard.press(' ', 'a');
    await wizard.until('Add your own scenario');
    await wizard.press('./mine.json', KEYS.enter);
    await wizard.until('[✔] Mine at noon');
    await wizard.press(KEYS.enter);
    await wizard.until('docs/s');
    await wizard.press(KEYS.enter);
    await wizard.until('It will be created');
    expect(wizard.text().replace(/\s+/g, ' ')).toContain('--preset ./mine.json');
    await wizard.press(KEYS.enter);
    await wizard.until(/All \d+ checks passed/, 90_000);
    await wizard.press(KEYS.enter);
    await wizard.until('❯ 1 Mine at noon');
  });
});

describe.concurrent('the next time', () => {
  it('begins with the answers of the last, but not with its flags, and knows the speed of the cluster', async ({
    stage,
  }) => {
    const secrets = { OPENSEARCH_USERNAME: 'admin', OPENSEARCH_PASSWORD: 'open-sesame' };
    const wizard = stage.openOn(secrets, { args: ['--now', NOW, '--days', '1', '--sample', '120'] });
    await walkTo(wizard, 'Tune');
    await wizard.press(KEYS.right, KEYS.right);
    await wizard.until('◂ 3 days ▸');
    await wizard.press(KEYS.enter);
    await wizard.until('It will be created');
    await wizard.press(KEYS.enter);
    await wizard.until(/All \d+ checks passed/, 90_000);
    await wizard.press(KEYS.ctrlC, KEYS.ctrlC);
    await wizard.ended;
    const { OPENSEARCH_URL: _, OPENSEARCH_USERNAME: __, OPENSEARCH_PASSWORD: ___, ...env } = stage.place.env;
    stage.place = { ...stage.place, env };
    const next = stage.open();
    const first = await next.until('Using your last settings');
    expect(first).toContain(`❯ Address      ${stage.url}`);
    expect(first).toContain('User name    admin');
    expect(await walkTo(next, 'Tune')).toContain('◂ 3 days ▸');
    expect(next.text()).toMatch(/Keep one session in +60/);
    await next.until(/docs\/s (here|measured on)/);
    const kept = readFileSync(join(stage.place.folder, 'config/incident-demo/settings.json'), 'utf8');
    expect(kept).not.toContain('sesame');
  });
});
