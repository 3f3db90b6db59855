// The log file of a run: refused at the start with what is wrong, and given up in the middle without ending the run.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/arguments.ts';
import type { RunEvent } from '../../src/core/events.ts';
import { AppError } from '../../src/errors.ts';
import { openReport } from '../../src/report.ts';

const EVENT: RunEvent = { type: 'loaded', planned: 5, acknowledged: 5, refused: 0, seconds: 1 };

function opened(file: string) {
  const [shown, said]: [string[], string[]] = [[], []];
  const report = openReport(parseArguments(['run', '--json', '--log-file', file], {}), {
    out: (line) => shown.push(line),
    say: (line) => said.push(line),
  });
  return { report, shown, said };
}

describe('the log file', () => {
  it('is refused at the start as a file that is to be written', () => {
    const file = join('/nowhere-at-all', 'x');
    const refused = () => opened(file);
    expect(refused).toThrow(`The log file ${file} cannot be written: it does not exist`);
    expect(refused).toThrow(AppError);
  });

  it.runIf(existsSync('/dev/full'))(
    'is given up with one sentence when the disk is full, and events go on',
    () => {
      const { report, shown, said } = opened('/dev/full');
      for (let at = 0; at < 3; at++) report(EVENT);
      expect(shown).toHaveLength(3);
      expect(said).toHaveLength(1);
      expect(said[0]).toContain('The log file /dev/full cannot be written: the disk is full');
    },
  );
});
