// Overlays at three sizes: help, log, query, scenario.
import { describe, it } from 'vitest';
import { fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, TO, toTune, walk } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Overlay at $columns x $rows', (size) => {
  it('Help explains the keys of the screen it was asked on', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.press('?');
    await wizard.until('Keys on this screen');
    expectFrame(wizard, size, ['Space', 'pick', 'Esc', 'Ctrl+C', 'Ctrl+Z', 'Ctrl+L'], 0);
    await wizard.press('?');
    await wizard.until('Which incidents');
  });

  it('the help of every screen, the log, a query, and a scenario in full', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ pauseMs: 10 }) });
    const help = async () => {
      await wizard.press('?');
      await wizard.until('Keys on this screen');
      expectFrame(wizard, size, ['Ctrl+C', '? Esc close'], 0);
      await wizard.press('?');
    };
    await toTune(wizard);
    await help();
    await wizard.press(KEYS.enter);
    await wizard.until('will be created');
    await help();
    await wizard.press('4');
    await wizard.until('Index name');
    expectFrame(wizard, size, ['❯ ecommerce_performance_demo▏', 'Enter use this name', 'Esc back']);
    await wizard.press(KEYS.escape, KEYS.enter);
    await wizard.until('Loading into');
    await help();
    await wizard.until('All 9 checks passed');
    await help();
    await wizard.press('l');
    await wizard.until('Run log');
    expectFrame(wizard, size, ['Connected to OpenSearch 3.5.0', 'Esc close'], 0);
    await wizard.press(KEYS.escape, KEYS.up, KEYS.enter, KEYS.down, KEYS.enter);
    await wizard.until('Query for Dev Tools');
    expectFrame(wizard, size, ['GET ecommerce_performance_demo/_count', 'c copy as curl'], 0);
    await wizard.press(KEYS.escape, KEYS.down, KEYS.enter);
    await wizard.until('Your demo is ready');
    await wizard.press('2', KEYS.enter);
    await wizard.until('Esc close');
    expectFrame(wizard, size, ['Database connection pool exhaustion', 'Say: At 12:15', 'Esc close'], 0);
  });
});
