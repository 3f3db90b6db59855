// Requests of the tests themselves, past the program: an answer that is an error ends the test in the cluster's own words,
// and a cluster that is busy for a moment is asked once more, as the program does.
import { setTimeout as sleep } from 'node:timers/promises';

const BUSY = [429, 502, 503, 504];
const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 3000;
/** A node that stays busy for longer than this has another trouble. */
const GIVE_UP_MS = 60_000;

/** How much of an error is shown. */
const SHOWN = 2000;

export interface Asked {
  /** @default GET, or POST with a body */
  readonly method?: string;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Statuses that are an answer to the test, besides those below 400. */
  readonly accept?: readonly number[];
}

/** The text of an answer. Throws an error with status and text when it is none. @param address origin and path. */
export async function askText(address: string, { method, body, accept = [] }: Asked = {}): Promise<string> {
  const begin = performance.now();
  const request = {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
  };
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(MAX_WAIT_MS, 2 * wait)) {
    const answer = await fetch(address, request);
    const text = await answer.text();
    if (answer.ok || accept.includes(answer.status)) return text;
    if (!BUSY.includes(answer.status) || performance.now() - begin > GIVE_UP_MS)
      throw new Error(`${request.method} ${address}: HTTP ${answer.status} ${text.slice(0, SHOWN)}`);
    await sleep(wait);
  }
}

/** The JSON of an answer; throws as askText does. */
export async function ask<T>(address: string, asked: Asked = {}): Promise<T> {
  return JSON.parse(await askText(address, asked)) as T;
}

/** How many documents a search finds in an index now. */
export async function countIn(url: string, index: string): Promise<number> {
  return (await ask<{ count: number }>(`${url}/${index}/_count`)).count;
}
