// What the terminal and the README show of a benchmark.
import type { EndFigure } from './end-to-end.ts';
import type { LoadFigures } from './load.ts';
import type { Figure } from './measure.ts';
import type { PipeFigures } from './pipe.ts';
import type { ScaleFigures } from './scale.ts';
import type { SettingFigure } from './settings.ts';
import { table, whole } from './table.ts';
import { FIRST_FRAME_MS, type TerminalFigures } from './terminal.ts';

export function generateTable(figures: readonly Figure[]): string {
  const plain = figures.find(({ plain }) => plain)?.cpuUs ?? Number.NaN;
  return table(
    ['one thread', 'docs/s', 'docs/CPU s', 'CPU us/doc', 'times objects'],
    figures.map(({ name, wallUs, cpuUs }) => [
      name,
      whole(1e6 / wallUs),
      whole(1e6 / cpuUs),
      cpuUs.toFixed(2),
      (plain / cpuUs).toFixed(2),
    ]),
  );
}

export function loadTable({ prepared, figures }: LoadFigures): string {
  return [
    table(
      ['into a local node', 'docs/s', 'of prepared'],
      figures.map(({ name, documentsPerSecond, ofPrepared }) => [
        name,
        whole(documentsPerSecond),
        ofPrepared.toFixed(2),
      ]),
    ),
    table(
      ['prepared, requests at once', ...prepared.map(({ concurrency }) => concurrency)],
      [['docs/s', ...prepared.map(({ documentsPerSecond }) => whole(documentsPerSecond))]],
    ),
  ].join('\n');
}

export function endTable({ documents, checks, seconds }: EndFigure): string {
  return table(
    ['default run', 'documents', 'checks', 'plan s', 'load s', 'checks s', 'whole process s'],
    [
      [
        'local node already up',
        whole(documents),
        checks,
        seconds.plan,
        seconds.load,
        seconds.validate,
        seconds.process,
      ],
    ],
  );
}

export function pipeTable({ documents, seconds, timesPlain }: PipeFigures): string {
  return table(
    ['every transaction of a day into wc -l', 'documents', 's', 'docs/s', 'times objects'],
    [
      ['the program', whole(documents), seconds.program, whole(documents / seconds.program), timesPlain],
      ['objects, JSON.stringify', whole(documents), seconds.plain, whole(documents / seconds.plain), 1],
    ],
  );
}

export function scaleTable(measured: string, { days, samples }: ScaleFigures): string {
  return table(
    ['days, sample', 'documents', measured, 'a document, of the first row'],
    [...days, ...samples].map((row) => [
      `${row.days}, 1 of ${row.sample}`,
      whole(row.documents),
      row.seconds,
      row.ofFirst.toFixed(2),
    ]),
  );
}

export function memoryTable(figures: readonly { days: number; megabytes: number }[]): string {
  return table(
    ['every transaction of', 'largest resident memory'],
    figures.map(({ days, megabytes }) => [`${days} days`, `${megabytes} MB`]),
  );
}

export function settingsTable(figures: readonly SettingFigure[]): string {
  return table(
    ['prepared bytes, six requests at once', 'docs/s', 'node CPU us/doc', 'of the first', 'MB on disk'],
    figures.map((row) => [
      row.name,
      whole(row.documentsPerSecond),
      row.cpuUs,
      row.ofFirst.toFixed(2),
      row.megabytes,
    ]),
  );
}

export function terminalTable({ firstFrameMs, keyMs, bytesPerSecond, keys }: TerminalFigures): string {
  return table(
    ['in a terminal, ms', 'median', '95th percentile', 'worst'],
    [
      [`first frame of the wizard (at most ${FIRST_FRAME_MS})`, firstFrameMs.median, '', firstFrameMs.worst],
      [`${keys} keys while loading`, keyMs.median, keyMs.p95, keyMs.worst],
      ['bytes a second to the terminal', bytesPerSecond, '', ''],
    ],
  );
}
