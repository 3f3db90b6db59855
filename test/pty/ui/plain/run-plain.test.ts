// The plain questions in a real terminal: the same steps, line by line.
import { describe, expect } from 'vitest';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { PLANTED, SIGN_INS } from '../../../helpers/planted.ts';
import { it, LITTLE, NOTHING_THERE } from '../../../helpers/stage.ts';

describe.concurrent('plain questions', () => {
  it('come when they are asked for on a small terminal, with the answers kept', async ({ stage }) => {
    const wizard = stage.open({ args: ['--days', '4'] });
    await wizard.until('Connected and ready');
    wizard.resize(52, 18);
    await wizard.until('press p for plain');
    await wizard.press('p');
    for (const question of ['Cluster', 'Scenario']) {
      await wizard.until(`? ${question}`);
      await wizard.press(KEYS.enter);
    }
    await wizard.until('Days of data: 4 days');
    expect(wizard.onAlternateScreen).toBe(false);
  });

  it.for([
    ['on a dumb terminal', { TERM: 'dumb' }],
    ['with ACCESSIBLE=1', { ACCESSIBLE: '1' }],
  ] as const)('come %s, and can be left with Ctrl+C', async ([, env], { stage }) => {
    const wizard = stage.openOn(env);
    await wizard.until('Continue with');
    expect(wizard.onAlternateScreen).toBe(false);
    await wizard.press(KEYS.ctrlC);
    expect(await wizard.ended).toMatchObject({ exit: 130 });
    expect(wizard.history()).toContain('Nothing was written');
  });

  it.for([
    ['with --plain', {}],
    ['on a dumb terminal, without one escape sequence', { TERM: 'dumb' }],
  ] as const)('lead all the way %s', async ([, env], { stage }) => {
    const wizard = stage.openOn(env, { args: ['--plain', ...LITTLE] });
    for (const question of ['Cluster', 'Scenario', 'Data', 'Ready?']) {
      await wizard.until(`? ${question}`);
      await wizard.press(KEYS.enter);
    }
    await wizard.until('? Check', 60_000);
    expect(wizard.history()).toMatch(/All \d+ checks passed/);
    await wizard.press(KEYS.enter);
    await wizard.until('? Your demo');
    await wizard.press(KEYS.enter);
    expect(await wizard.ended).toMatchObject({ exit: 0 });
    expect(wizard.text()).toContain('Your demo is ready');
    expect(wizard.history()).toContain('Investigation guide: ');
    if ('TERM' in env) expect(wizard.raw).not.toContain('\u001B');
  });

  it.for(SIGN_INS.slice(0, 5))('do not keep the password of %s on the screen', async (address, { stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: NOTHING_THERE }, { args: ['--plain'] });
    await wizard.until('Start a local OpenSearch');
    await wizard.press('Change the address', KEYS.enter);
    await wizard.until('? Cluster address');
    await wizard.press(KEYS.ctrlU, address, KEYS.enter);
    await wizard.until('does not belong in the address');
    expect(wizard.text()).toContain('*@localhost:9200');
    expect(wizard.text() + wizard.history()).not.toContain(PLANTED);
  });

  it('tell what stands in the way, and what can be done', async ({ stage }) => {
    const wizard = stage.openOn({ OPENSEARCH_URL: NOTHING_THERE }, { args: ['--plain'] });
    await wizard.until('Start a local OpenSearch');
    expect(wizard.history()).toContain('✘ Nothing is listening on 127.0.0.1:9');
    expect(wizard.history()).toContain('✘ port');
  });
});
