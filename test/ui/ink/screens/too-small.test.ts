// A terminal that is too small.
import { describe, it } from 'vitest';
import { expectFrame } from '../../../helpers/ink-frames.ts';
import { start, TO, walk } from '../../../helpers/ink-steps.ts';

describe('a terminal that is too small', () => {
  it('says so, keeps the answers and comes back', async () => {
    const wizard = start({ columns: 80, rows: 24 });
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.press(' ');
    await wizard.resize(52, 18);
    await wizard.until('Needs 60x20, this is 52x18');
    await wizard.resize(80, 24);
    await wizard.until('[ ] Payment gateway timeout');
    expectFrame(wizard, { columns: 80, rows: 24 }, ['Memory pressure']);
  });
});
