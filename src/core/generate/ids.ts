// Names of documents, sessions and orders: unique by construction, the same in every run of a plan.

const base36 = (value: number, width: number) => value.toString(36).padStart(width, '0');

/** What the names of a slot begin with. */
export interface Names {
  readonly key: string;
  /** Plan key and slot: 7 + 4 digits. */
  readonly slot: string;
}

export function namesOf(key: string, slot: number): Names {
  return { key, slot: base36(slot, 4) };
}

/** Slot and session in eight base-36 digits: up to 1.6 million slots of 1.6 million sessions. */
export function sessionName({ slot }: Names, session: number): string {
  return slot + base36(session, 4);
}

/**
 * `_id` of a document: eight digits of its time in ms, so that ids rise with time, then plan, slot, session and step.
 * Fixed width of 24 digits.
 */
export function documentId(names: Names, ms: number, session: string, step: number): string {
  return base36(ms, 8) + names.key + session + base36(step, 1);
}
