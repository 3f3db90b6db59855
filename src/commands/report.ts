// Where the events of a run go when no wizard is open: JSON lines, or sentences; and always to the log file.
import type { Invocation } from '../command-line/environment.ts';
import type { RunEvent } from '../core/events.ts';
import { EXIT } from '../errors/exit.ts';
import { type Outputs, sentenceWriter } from '../ui/text/event-text.ts';
import type { Log } from './log-file.ts';

interface ReportOutputs extends Outputs {
  readonly log: Log;
}

/** A function that takes each event of a run. */
export function openReport(
  { settings }: Invocation,
  { out, say, log }: ReportOutputs,
): (event: RunEvent) => void {
  const { json, quiet, verbose } = settings;
  const show = json
    ? (event: RunEvent) => out(JSON.stringify(event))
    : sentenceWriter({ out, say }, quiet ? 'quiet' : verbose ? 'verbose' : 'usual');
  return (event) => {
    log(event);
    show(event);
  };
}

/** Reports every event of a run; gives the exit code of its last one. */
export async function reportAll(
  events: AsyncIterable<RunEvent>,
  report: (event: RunEvent) => void,
): Promise<number> {
  let exit: number = EXIT.unexpected;
  for await (const event of events) {
    report(event);
    if (event.type === 'done') exit = event.exit;
  }
  return exit;
}
