// What an index remembers of the run that made it, and what is known of an index.
import type { TimeSpan } from './time-span.ts';

/** What this tool writes into an index's `_meta`, so that it knows its own and can check it again. */
export interface RunMeta {
  readonly tool: 'incident-demo';
  readonly version: string;
  readonly run: string;
  /** The plan's key: equal for runs whose documents agree with each other. */
  readonly key: string;
  readonly seed: number;
  /** ISO time of the clock at planning. */
  readonly now: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The presets, own ones too, packed so that they do not tell the answer; a list in indexes of earlier versions. */
  readonly presets: string | readonly object[];
  /** How the shop went on live, and what was started in it, packed likewise; left out when it was not live. */
  readonly live?: string;
  /** In how many parts it is loaded; left out when it is loaded as a whole. */
  readonly parts?: number;
}

export interface IndexState {
  readonly name: string;
  readonly exists: boolean;
  readonly documents: number;
  readonly bytes: number;
  /** Present when this tool made it. */
  readonly meta?: RunMeta;
  /** Fields whose mapping differs from mapping.json, in words. */
  readonly mappingDifferences: readonly string[];
  /** What templates, aliases and policies do to it, one sentence each without its full stop; absent until looked up. */
  readonly notes?: readonly string[];
  /** Absent until looked up, and for an index without documents. */
  readonly span?: TimeSpan;
}
