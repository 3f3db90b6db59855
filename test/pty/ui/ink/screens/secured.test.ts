// A secured node, reached by the flags that `node start --secure` prints: by the wizard, and by `live`.
import { describe, expect } from 'vitest';
import { KEYS } from '../../../../helpers/ink-keys.ts';
import { securedNode } from '../../../../helpers/secured-node.ts';
import { it } from '../../../../helpers/stage.ts';

describe('the secured node', () => {
  it('is connected by its pinned certificate and the password in the environment', async ({ stage }) => {
    const { url, username, password, fingerprint } = await securedNode();
    const flags = ['--url', url, '--username', username, '--fingerprint', fingerprint];
    const { OPENSEARCH_URL: _, ...rest } = stage.place.env;
    stage.place = { ...stage.place, env: rest };
    const terminal = stage.openOn({ OPENSEARCH_PASSWORD: password }, { args: flags });
    expect(await terminal.until('press Enter to sign in')).toContain('trusted by');
    await terminal.press(KEYS.enter);
    // A cluster that lets the user in leads on.
    await terminal.until('14:25-14:35');
    expect(terminal.raw).not.toContain(password);
  });

  it('asks who goes live for the password that nothing else gives, and shows none of it', async ({
    stage,
  }) => {
    const { url, username, fingerprint } = await securedNode();
    const flags = ['--url', url, '--username', username, '--fingerprint', fingerprint];
    const terminal = stage.run({ args: ['live', '--index', stage.index, ...flags] });
    await terminal.until(`Password of ${username}`);
    const typed = 'Not-the-right_one';
    await terminal.press(typed);
    await terminal.press(KEYS.enter);
    expect(await terminal.ended).toMatchObject({ exit: 4 });
    expect(terminal.text()).toContain(`Authentication failed (401) for ${username}`);
    expect(terminal.raw).not.toContain(typed);
  });
});
