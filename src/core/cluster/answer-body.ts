// The body of an answer, read up to a limit: a server may send anything, for ever, and compressed to almost nothing.
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { unzip } from 'node:zlib';

const unzipped = promisify(unzip);

/** Far more than any answer but that to a bulk request has. */
export const MAX_ANSWER_BYTES = 4 * 2 ** 20;

/** The body; undefined when it has more bytes than that. Rejects with Node's error when it is cut off. */
export async function readBody(response: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return undefined;
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0 || !/gzip|deflate/i.test(response.headers['content-encoding'] ?? '')) return bytes;
  return unzipped(bytes, { maxOutputLength: mostBytes }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  });
}

/** JSON as a value, anything else as its text. Some proxies drop the type of the content. */
export function parsedBody(text: string, contentType: string | undefined): unknown {
  if (!/json/i.test(contentType ?? '') && !/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
