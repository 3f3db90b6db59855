// Where the events of a run go when no wizard is open: JSON lines, or sentences; and always to the log file.
import { appendFileSync } from 'node:fs';
import type { Invocation } from './arguments.ts';
import type { RunEvent } from './core/events.ts';
import { reasonOf } from './core/output/file-reason.ts';
import { AppError } from './errors.ts';
import { sentenceWriter } from './ui/lines.ts';

interface Outputs {
  readonly out: (line: string) => void;
  readonly say: (line: string) => void;
}

const unwritable = (file: string, error: unknown) =>
  new AppError('log-unwritable', { file, reason: reasonOf(error) }, { cause: error });

/** Writes each event to the end of the file. A disk that fills up later is said once, and is no reason to stop a run. */
function logTo(file: string, say: (line: string) => void): (event: RunEvent) => void {
  const write = (text: string) => appendFileSync(file, text, { mode: 0o600 });
  try {
    write('');
  } catch (error) {
    throw unwritable(file, error);
  }
  let lost = false;
  return (event) => {
    if (lost) return;
    try {
      write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
    } catch (error) {
      lost = true;
      say(`${unwritable(file, error).message}; it ends here, and the work goes on.`);
    }
  };
}

/** A function that takes each event of a run. Throws AppError when the log file cannot be written at the start. */
export function openReport({ settings }: Invocation, { out, say }: Outputs): (event: RunEvent) => void {
  const log = settings.logFile ? logTo(settings.logFile, say) : undefined;
  const show = settings.json ? (event: RunEvent) => out(JSON.stringify(event)) : sentenceWriter({ out, say });
  return (event) => {
    log?.(event);
    show(event);
  };
}
