// The sign before a line that says how it stands.
import type { MarkName } from '../../text/connect-text.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import type { Tone } from '../theme.ts';
import { Toned } from './line.tsx';

const LOOKS: Readonly<Record<MarkName, { sign: string; tone: Tone; aloud: string }>> = {
  ok: { sign: SYMBOLS.ok, tone: 'done', aloud: 'ok:' },
  failed: { sign: SYMBOLS.failed, tone: 'failed', aloud: 'failed:' },
  care: { sign: SYMBOLS.care, tone: 'care', aloud: 'take care:' },
  busy: { sign: SYMBOLS.busy, tone: 'focus', aloud: 'under way:' },
  skipped: { sign: SYMBOLS.skipped, tone: 'quiet', aloud: 'skipped:' },
  open: { sign: SYMBOLS.open, tone: 'quiet', aloud: 'not yet:' },
};

/** `✔`, `✘`, `!`, `…`, `–` or `·`; a screen reader says a word. */
export function Mark({ mark }: { readonly mark: MarkName }) {
  const { sign, tone, aloud } = LOOKS[mark];
  return (
    <Toned tone={tone} spoken={aloud}>
      {sign}
    </Toned>
  );
}
