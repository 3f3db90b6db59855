// Scenario at three sizes: the presets, their story, and a preset file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { BUILT_IN } from '../../../../src/core/plan/presets.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, TO, walk } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Scenario at $columns x $rows', (size) => {
  it('three presets with their windows and the demo day', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.until('14:25-14:35');
    expectFrame(wizard, size, [
      ...['[✔] Payment gateway timeout', 'Database connection pool exhaustion', 'Memory pressure'],
      ...[
        'Demo day',
        'today, Tue 24 Nov',
        "today's incident ended at 14:45",
        'stripe',
        'Enter continue',
        'Esc back',
      ],
      // Each with a chart of its latency, at every size.
      ...['p95, s', '0.3', '30', '14:10', '14:50', '┼─', 'PPPPPP'],
    ]);
    const evidence = BUILT_IN[0]?.evidence ?? [];
    await wizard.press('d');
    await wizard.until('Esc close');
    expectFrame(wizard, size, ['Payment gateway timeout', 'In the afternoon stripe stops', 'Root cause:'], 0);
    await wizard.press(KEYS.pageDown, KEYS.pageDown);
    await wizard.until(`- ${evidence.at(-1)?.claim}`.slice(0, size.columns - 4));
    await wizard.press(KEYS.escape, KEYS.down, KEYS.down, 'd');
    await wizard.until('In the evening peak everything');
  });

  it("Scenario: the line for a preset of one's own, and why a file cannot be used", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'incident-demo-preset-'));
    const [builtIn] = BUILT_IN;
    writeFileSync(
      join(folder, 'mine.json'),
      JSON.stringify({ ...builtIn, id: 'mine', title: 'Mine, at noon' }),
    );
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...builtIn, titel: 'Mine' }));
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.until('14:25-14:35');
    await wizard.press('a');
    await wizard.until('Add your own scenario');
    expectFrame(wizard, size, ['Path to its preset file', '❯ ▏', 'Enter read file', 'Esc back']);
    await wizard.press(`${folder}/wrong.json`, KEYS.enter);
    await wizard.until('titel');
    expectFrame(wizard, size, ['✘ The preset', 'is not valid', 'wrong.json▏', 'Fix the field']);
    await wizard.press(KEYS.ctrlU, `${folder}/mine.json`, KEYS.enter);
    await wizard.until('[✔] Mine, at noon');
    expectFrame(wizard, size, [
      '❯ [✔] Mine, at noon',
      'Added: Mine, at noon',
      '[✔] Memory pressure',
      'Demo day',
    ]);
    rmSync(folder, { recursive: true });
  });
});
