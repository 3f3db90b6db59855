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

function logTo(file: string): (event: RunEvent) => void {
  const write = (text: string) => {
    try {
      appendFileSync(file, text, { mode: 0o600 });
    } catch (error) {
      throw new AppError('file-unreadable', { file, reason: reasonOf(error) }, { cause: error });
    }
  };
  write('');
  return (event) => write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}

/** A function that takes each event of a run. Throws AppError when the log file cannot be written. */
export function openReport({ settings }: Invocation, { out, say }: Outputs): (event: RunEvent) => void {
  const log = settings.logFile ? logTo(settings.logFile) : undefined;
  const show = settings.json ? (event: RunEvent) => out(JSON.stringify(event)) : sentenceWriter({ out, say });
  return (event) => {
    log?.(event);
    show(event);
  };
}
