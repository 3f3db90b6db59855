// Detections as people write them, and every way to write them wrong: one sentence with the line.
import { describe, expect, it } from 'vitest';
import { readDetections } from '../../../../src/core/score/read-detections.ts';
import { AppError } from '../../../../src/errors/app-error.ts';

const ms = (time: string) => Date.parse(time);
const read = (text: string) => readDetections(text, 'd');

describe('detections', () => {
  const SPAN = { startMs: ms('2026-03-14T14:25:00Z'), endMs: ms('2026-03-14T14:35:30Z') };

  it.each([
    ['CSV', 'start,end\n2026-03-14T14:25:00Z,2026-03-14T14:35:30Z\n'],
    ['CSV from Windows', 'start,end\r\n2026-03-14T14:25:00Z,2026-03-14T14:35:30Z\r\n'],
    ['CSV with other columns first', 'End, Start\n2026-03-14T14:35:30Z, 2026-03-14 14:25Z\n'],
    ['CSV in quotes', '"start","end"\n"2026-03-14T15:25:00+01:00","2026-03-14T15:35:30+01:00"'],
    ['CSV with empty causes', 'start,end,component,reason\n2026-03-14T14:25Z,2026-03-14T14:35:30Z,,\n'],
    ['JSON', '[{"start":"2026-03-14T14:25:00Z","end":"2026-03-14T14:35:30Z","component":null}]'],
  ])('are read from %s', (_, text) => {
    expect(read(text)).toEqual([SPAN]);
  });

  it('keep their causes', () => {
    const cause = { component: 'traffic', reason: 'flash_sale' };
    const csv = 'start,end,component,reason\n2026-03-14T14:25Z,2026-03-14T14:35:30Z,traffic,flash_sale';
    const json = [{ start: '2026-03-14T14:25:00Z', end: '2026-03-14T14:35:30Z', ...cause }];
    expect(read(csv)).toEqual([{ ...SPAN, ...cause }]);
    expect(read(JSON.stringify(json))).toEqual([{ ...SPAN, ...cause }]);
  });

  it('are the flagged minutes of a series', () => {
    const minute = { startMs: ms('2026-03-14T14:26:00Z'), endMs: ms('2026-03-14T14:27:00Z') };
    const rows = [
      'minute,flag',
      '2026-03-14T14:25:00Z,0',
      '2026-03-14T14:26:59Z,1',
      '2026-03-14T14:27:00Z,false',
    ];
    expect(read(rows.join('\n'))).toEqual([minute]);
    const list = [
      { minute: '2026-03-14T14:25:00Z', flagged: false },
      { minute: '2026-03-14T14:26:00Z', flagged: true },
    ];
    expect(read(JSON.stringify(list))).toEqual([minute]);
  });

  it('may be none', () => {
    expect(read('start,end\n')).toEqual([]);
    expect(read('[]')).toEqual([]);
  });
});

const OK = '2026-03-14T14:25:00Z';
const FORMS = 'start,end (with component,reason if you have them) or minute,flag';

describe('what cannot be read', () => {
  it.each([
    ['', `line 1: there is no header; it is ${FORMS}`],
    ['begin,end\n', `line 1: the column "begin" is unknown or doubled; the header is ${FORMS}`],
    ['start,end,start\n', `line 1: the column "start" is unknown or doubled; the header is ${FORMS}`],
    ['start;end\n', `line 1: the column "start;end" is unknown or doubled; the header is ${FORMS}`],
    ['start,component\n', `line 1: the column end is missing; the header is ${FORMS}`],
    ['minute\n', `line 1: the column flag is missing; the header is ${FORMS}`],
    [`start,end\n\n${OK}\n`, 'line 3: this row has 1 of 2 values'],
    [`start,end\n${OK},${OK}\n${OK},${OK},x\n`, 'line 3: this row has 3 of 2 values'],
    [`start,end\n${OK},"${OK}\n`, 'line 2: a quote stands in the middle of a cell, or is not closed'],
    [`start,end\n${OK},2026-03-14T14:24:59Z\n`, 'line 2: end lies before start'],
    [`minute,flag\n${OK},maybe\n`, 'line 2: flag: "maybe" is not 1, 0, true or false'],
    [`[{"start":"${OK}"\n,}]`, 'line 2: this is not JSON'],
    ['{"start":1}', 'line 1: a JSON list of detections is expected here'],
    [
      `[\n{"start":"${OK}","end":"${OK}"},\n7\n]`,
      'line 3: 7 is not an object with start and end, or minute and flagged',
    ],
    [`[{"start":"${OK}","stop":"${OK}"}]`, 'line 1: "stop" is not one of start, end, component, reason'],
    [`[{"minute":"${OK}","flagg":true}]`, 'line 1: "flagg" is not one of minute, flagged'],
    [`[{"minute":"${OK}"}]`, 'line 1: flag: "" is not 1, 0, true or false'],
  ])('%j is refused with the line', (text, sentence) => {
    expect(() => read(text)).toThrow(new AppError('detections', { file: 'd', ...linesIn(sentence) }));
    expect(() => read(text)).toThrow(`d, ${sentence}`);
  });

  it.each(['2026-03-14T14:25:00', '2026-03-14', '14:25', '2026-02-30T14:25:00Z', '1773498300', ''])(
    'the time "%s" is refused',
    (time) => {
      const said = `d, line 2: start: "${time}" is not a time with its offset such as 2026-03-14T14:25:00Z`;
      expect(() => read(`start,end\n${time},${OK}\n`)).toThrow(said);
    },
  );

  it('a cause that no list has is refused with the list', () => {
    const cause = (component: string, reason: string) =>
      read(`start,end,component,reason\n${OK},${OK},${component},${reason}\n`);
    expect(() => cause('stripe', 'memory_leak')).toThrow(
      /line 2: component: "stripe" is not one of payment_gateway,/,
    );
    expect(() => cause('traffic', 'leak')).toThrow(
      /line 2: reason: "leak" is not one of gateway_unresponsive,/,
    );
  });
});

function linesIn(sentence: string): { line: number; problem: string } {
  const [, line = '', problem = ''] = /^line (\d+): (.*)$/s.exec(sentence) ?? [];
  return { line: Number(line), problem };
}
