// A query as a person types it: for Dev Tools, and for a shell.
import { shellWord } from '../../text/quoted.ts';
import type { Query } from '../events.ts';

/** The query as Dev Tools takes it. */
export function devToolsLines({ method, path, body }: Query): readonly string[] {
  const lines = [`${method} ${path.replace(/^\//, '')}`];
  return body ? [...lines, ...JSON.stringify(body, null, 2).split('\n')] : lines;
}

/** The query as a shell takes it; a password is asked for by curl itself. */
export function curlLine(url: string, { method, path, body }: Query, username?: string): string {
  const words = ['curl', '-s', '-X', method, shellWord(`${url}/${path.replace(/^\//, '')}`)];
  if (username) words.push('-u', shellWord(username));
  if (body) words.push('-H', "'Content-Type: application/json'", '-d', shellWord(JSON.stringify(body)));
  return words.join(' ');
}
