// The time between the last document of an index and the moment at which its shop goes live. Loaded with the table of flags,
// so it imports nothing.

/** What happens to it: it is filled with the documents it would have, or left without any. */
export const GAPS = ['backfill', 'leave'] as const;
export type Gap = (typeof GAPS)[number];

/** Less than this is no gap. */
export const SHORT_GAP_MS = 60_000;
/** A shorter gap is filled in seconds without a question, so that a talk goes on at once; after a kill the question comes. */
export const ASKED_GAP_MS = 600_000;
