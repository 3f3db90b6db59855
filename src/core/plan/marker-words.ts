// How the shop's tools and people write a change down: some name a ticket, some a revision, none the cause.
import type { MARKER_EVENTS } from '../documents/markers.ts';
import { noise } from './random.ts';

const RELEASE = [
  'Rolling update of checkout-service to {version} ({ticket})',
  'deploy checkout-service {version}, approved by {who}',
  'Argo CD: synced checkout-service to {version}, revision {revision}',
  'helm upgrade checkout-service: {version}, revision {revision}',
];
const ROLLBACK = [
  'Argo CD: rolled checkout-service back to {version}',
  'helm rollback checkout-service to {version} (on call: {who})',
  'checkout-service back on {version}, {ticket}',
];
const RESTART = [
  'restarted by {who}',
  'kubectl rollout restart deployment/checkout-service ({who})',
  'restart requested in {ticket}',
];
const PATCHED = ['restarted after kernel update, {ticket}', 'node drained and rebooted: security patches'];
const KILLED = [
  'container checkout: OOMKilled, exit code 137',
  'checkout restarted by kubelet: exit code 137',
];
const SETTING = ['{what} ({who})', '{what}, {ticket}', 'config sync: {what}'];
const PEOPLE = ['m.ortiz', 'j.whitfield', 'a.kessler', 's.banerjee', 'r.lindqvist', 't.okafor'];

/** What kind of change it is. */
export type Occasion = 'release' | 'rollback' | 'restart' | 'patched' | 'killed' | 'setting';

const FORMS: Readonly<Record<Occasion, readonly string[]>> = {
  release: RELEASE,
  rollback: ROLLBACK,
  restart: RESTART,
  patched: PATCHED,
  killed: KILLED,
  setting: SETTING,
};

export const EVENT_OF: Readonly<Record<Occasion, (typeof MARKER_EVENTS)[number]>> = {
  release: 'deployment',
  rollback: 'deployment',
  restart: 'restart',
  patched: 'restart',
  killed: 'restart',
  setting: 'config_change',
};

const pick = (from: readonly string[], draw: number) => from[Math.floor(from.length * draw)] ?? '';

/** The message of a change, the same on all servers. @param second when the first of them got it, in seconds since 1970. */
export function changeMessage(
  { occasion, what = '' }: { readonly occasion: Occasion; readonly what?: string },
  { seed, second, version }: { readonly seed: number; readonly second: number; readonly version: string },
): string {
  const draw = (salt: number) => noise(seed, salt, second);
  const words: Readonly<Record<string, string>> = {
    version,
    what,
    who: pick(PEOPLE, draw(21)),
    ticket: `CHG-${4100 + Math.floor(draw(22) * 5800)}`,
    revision: String(180 + Math.floor(draw(23) * 700)),
  };
  return pick(FORMS[occasion], draw(24)).replaceAll(/\{(\w+)\}/g, (_, name) => words[name] ?? '');
}
