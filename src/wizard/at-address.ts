// What goes along when the address changes, and what does not.
import { isElsewhere, OF_ONE_ADDRESS } from '../options/one-address.ts';
import type { Settings } from '../options/settings.ts';
import type { Answers } from './answers.ts';

/**
 * The answers at another address. Password, token, the certificate that was trusted and the permission to skip checks stay
 * with the old one; a client certificate and AWS keys keep their secret to themselves, and go along.
 */
export function atAddress(answers: Answers, changes: Pick<Settings, 'url' | 'local'>): Answers {
  const { settings } = answers;
  if (!isElsewhere(settings.url, changes.url)) return { ...answers, settings: { ...settings, ...changes } };
  return {
    ...answers,
    password: undefined,
    token: undefined,
    settings: { ...settings, ...OF_ONE_ADDRESS, ...changes },
  };
}
