// The numbers of a check for people. Events keep them plain, so that a script can compare them.
import { grouped, secondsText } from '../../text/numbers.ts';
import type { CheckResult } from '../events.ts';

/** A bound or a lone number; what other checks expect and find are sentences already. */
const NUMBERS = /^(?:exactly |at least |at most |from )?-?\d+(?:\.\d+)?(?: to -?\d+(?:\.\d+)?)?$/;

type Measured = Pick<CheckResult, 'expected' | 'found' | 'unit'>;

function withUnit(text: string, unit: string | undefined): string {
  if (!NUMBERS.test(text)) return text;
  const rounded = text.replace(/-?\d+(?:\.\d+)?/g, (number) => grouped(Number(number)));
  return unit === undefined ? rounded : `${rounded} ${unit}`;
}

/** `exactly 65`, `from 200 to 420 ms`, `at most 70 %`. */
export const expectedText = ({ expected, unit }: Measured): string => withUnit(expected, unit);

/** `65`, `30,031 ms`, `98 %`. */
export const foundText = ({ found, unit }: Measured): string => withUnit(found, unit);

/** What was found, as a sentence says it: `65`, `312 ms`, `8.9 s`, `98 %`. */
export function foundInWords(result: Measured): string {
  const ms = Number(result.found);
  return result.unit === 'ms' && ms >= 1000 ? `${secondsText(ms)} s` : foundText(result);
}

/** What a summary of an incident begins with: the codes after it have no room in a table. */
const SUMMARY = /^([\d,]+ of [\d,]+) fail .*$/s;

const forTable = (text: string) => text.replace(SUMMARY, '$1');

/** What was expected, for a column of a table: `65`, `200-420 ms`, `at least 3`, `132 of 445`. */
export function expectedCell(result: Measured): string {
  return forTable(expectedText(result))
    .replace(/^exactly /, '')
    .replace(/^from (\S+) to /, '$1-');
}

/** What was found, for a column of a table. */
export const foundCell = (result: Measured): string => forTable(foundText(result));
