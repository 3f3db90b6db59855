// Keys that work the same on every screen.
import { describe, expect, it } from 'vitest';
import { fakeCluster } from '../../helpers/fake-world.ts';
import { KEYS } from '../../helpers/ink-keys.ts';
import { start, TO, walk } from '../../helpers/ink-steps.ts';

describe('Shift+Tab', () => {
  it('goes up, and from the first item back', async () => {
    const wizard = start({});
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.until('14:25-14:35');
    await wizard.press(KEYS.down, KEYS.shiftTab);
    await wizard.until('❯ [✔] Payment');
    await wizard.press(KEYS.shiftTab);
    await wizard.until('Where is your OpenSearch cluster?');
  });
});

describe('copying', () => {
  it('hands over the text and says so in one row', async () => {
    const wizard = start({ cluster: fakeCluster({ url: 'http://localhost:9999' }) });
    await wizard.until('What you can do now');
    await wizard.press('c');
    await wizard.until('Copied: docker run');
    expect(wizard.copied[0]).toMatch(/^docker run .*opensearch/);
    await wizard.press('d');
    await wizard.until('Details');
    await wizard.press('c');
    await wizard.until('Copied: Code: connection-refused');
    expect(wizard.copied[1]).toContain('\n');
    expect(wizard.lines().length).toBe(23);
  });
});
