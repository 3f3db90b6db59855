// The sign before a line that says how it stands.
import type { Mark as MarkName } from '../../text/link-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import type { Tone } from '../theme.ts';
import { Say } from './line.tsx';

const LOOKS: Readonly<Record<MarkName, { sign: string; tone: Tone }>> = {
  ok: { sign: SYMBOLS.ok, tone: 'done' },
  failed: { sign: SYMBOLS.failed, tone: 'failed' },
  care: { sign: SYMBOLS.care, tone: 'care' },
  busy: { sign: SYMBOLS.busy, tone: 'focus' },
  skipped: { sign: SYMBOLS.skipped, tone: 'quiet' },
  open: { sign: SYMBOLS.open, tone: 'quiet' },
};

/** `✔`, `✘`, `!`, `…`, `–` or `·`. */
export function Mark({ mark }: { readonly mark: MarkName }) {
  const { sign, tone } = LOOKS[mark];
  return <Say tone={tone}>{sign}</Say>;
}
