// What colors mean. Every mark also has a sign or a word of its own, so that nothing depends on color alone.
import type { TextProps } from 'ink';

export type Tone =
  | 'plain'
  | 'strong'
  | 'quiet'
  | 'focus'
  | 'done'
  | 'care'
  | 'failed'
  | 'traffic'
  | 'latency';

export const TONES: Readonly<Record<Tone, Omit<TextProps, 'children'>>> = {
  plain: {},
  strong: { bold: true },
  quiet: { dimColor: true },
  focus: { color: 'cyan', bold: true },
  done: { color: 'green' },
  care: { color: 'yellow' },
  failed: { color: 'red' },
  traffic: { color: 'blueBright' },
  latency: { color: 'magenta' },
};
