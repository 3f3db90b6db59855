// A query as it is typed into Dev Tools or a shell.
import { shellWord } from '../../text/quoted.ts';
import type { Query } from '../events.ts';

/** The query for Dev Tools, line by line. */
export function devToolsLines({ method, path, body }: Query): readonly string[] {
  const lines = [`${method} ${path.replace(/^\//, '')}`];
  return body ? [...lines, ...JSON.stringify(body, null, 2).split('\n')] : lines;
}

/** The query as a shell command; curl itself prompts for the password of the user. */
export function curlLine(url: string, { method, path, body }: Query, username?: string): string {
  const words = ['curl', '-s', '-X', method, shellWord(`${url}/${path.replace(/^\//, '')}`)];
  if (username) words.push('-u', shellWord(username));
  if (body) words.push('-H', "'Content-Type: application/json'", '-d', shellWord(JSON.stringify(body)));
  return words.join(' ');
}
