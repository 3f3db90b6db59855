// What an index may be called, and a free name beside a taken one.

import { AppError } from '../../../errors/app-error.ts';
import type { Cluster } from '../client.ts';

/** OpenSearch's own limit, in UTF-8 bytes. */
const MAX_NAME_BYTES = 255;

/**
 * Why a text cannot name one index of ours, or undefined when it can. Stricter than OpenSearch in two ways: no
 * leading dot (those are system indices), and nothing that could mean several indices.
 */
export function indexNameProblem(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name === '_all' || /[*?,]/.test(name)) return 'it means several indices';
  if (name.startsWith('.')) return 'names with a leading dot belong to the system';
  if (/^[_+-]/.test(name)) return `it begins with ${name[0]}`;
  const [wrong] = /[\\/"<>|#:\s\u0000-\u001f]/.exec(name) ?? [];
  if (wrong !== undefined) return `it contains ${nameOf(wrong)}`;
  if (name !== name.toLowerCase()) return 'it contains upper-case letters';
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return `it is longer than ${MAX_NAME_BYTES} bytes`;
  return undefined;
}

function nameOf(character: string): string {
  if (character.trim() === '') return 'white space';
  return character < ' ' ? 'a control character' : character;
}

/** Throws AppError `index-name` unless the text names exactly one ordinary index. */
export function assertIndexName(name: string): void {
  const reason = indexNameProblem(name);
  if (reason !== undefined) throw new AppError('index-name', { index: name, reason });
}

/** So many names are tried: a server that knows every name is none to go on asking. */
const MAX_TRIED = 100;

/**
 * `name-2`, or the first of `name-3`, `name-4`, … that no index and no alias has. Throws AppError `index-name` after a
 * hundred.
 */
export async function freeIndexName(cluster: Cluster, name: string, signal?: AbortSignal): Promise<string> {
  assertIndexName(name);
  for (let number = 2; number < 2 + MAX_TRIED; number++) {
    const candidate = `${name}-${number}`;
    assertIndexName(candidate);
    const { status } = await cluster.request({
      method: 'HEAD',
      path: `/${candidate}`,
      accept: [404],
      signal,
    });
    if (status === 404) return candidate;
  }
  throw new AppError('index-name', {
    index: name,
    reason: `the ${MAX_TRIED} names ${name}-2, ${name}-3 and so on are taken too`,
  });
}
