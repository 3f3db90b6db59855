// The local node on its way, at three sizes.
import { describe, it } from 'vitest';
import { fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { start } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Node at $columns x $rows', (size) => {
  it('A local node on its way', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ url: 'http://localhost:9999', pauseMs: 400 }) });
    await wizard.until('What you can do now');
    await wizard.press('1');
    await wizard.until('Downloading OpenSearch');
    expectFrame(wizard, size, ['Starting a local OpenSearch', 'Java 25', 'Start', 'Esc cancel'], 0);
  });
});
