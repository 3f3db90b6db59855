// What a payment gateway in trouble must show: errors on that gateway alone, and circuit breakers that follow their states.
import { breakerStays } from '../plan/breaker-stays.ts';
import { modelOf } from '../plan/models/registry.ts';
import type { Evidence } from '../plan/preset.ts';
import { SERVERS } from '../plan/shop.ts';
import { term, timeRange } from './clauses.ts';
import { failuresWith, single } from './evidence-common.ts';
import type { CountedIncident } from './type-evidence.ts';

/** The errors of the failing gateway, and how fast open breakers reject. */
export function gatewayEvidence({ plan, incident, facts, tally }: CountedIncident): readonly Evidence[] {
  const [code = ''] = modelOf(incident.type).codes;
  const counted = tally.incidents[plan.incidents.indexOf(incident)]?.incident;
  const onGateway = counted?.byCodeAndGateway[code]?.[incident.gateway ?? ''] ?? 0;
  const errors: Evidence = {
    id: 'on-one-gateway',
    claim: `${failuresWith(code)} on ${incident.gateway}`,
    query: {
      bool: { filter: [term('error_code', code), term('payment_gateway', incident.gateway ?? '')] },
    },
    expect: { equals: onGateway },
  };
  const rejections: Evidence = {
    ...single('refused-at-once', 'Slowest rejection by an open circuit breaker', 'max', 'response_time_ms'),
    query: term('error_code', 'CIRCUIT_BREAKER_OPEN'),
    expect: { at_most: 100 },
  };
  return (facts.get('errors.CIRCUIT_BREAKER_OPEN') ?? 0) > 0 ? [errors, rejections] : [errors];
}

/** Two claims for each server: every document follows its breaker's sequence, and every state of it appears. */
export function breakerEvidence({ plan, incident, tally }: CountedIncident): readonly Evidence[] {
  const counted = tally.incidents[plan.incidents.indexOf(incident)];
  return SERVERS.flatMap((server, index): Evidence[] => {
    const stays = breakerStays(plan, incident, index);
    if (stays.length < 2) return [];
    const sequence = stays.map(({ state }) => state.replace('_', '-')).join(' → ');
    const clauses = stays.map(({ state, fromMs, toMs }) => ({
      bool: {
        filter: [term('circuit_breaker_state', state), timeRange(fromMs, toMs)],
      },
    }));
    const documents = [counted?.incident, counted?.recovery]
      .flatMap((window) => Object.values(window?.byServerAndBreaker[server] ?? {}))
      .reduce((sum, count) => sum + count, 0);
    const walk: Evidence = {
      id: `breaker-walk-${server.slice(-2)}`,
      claim: `${server}: documents that follow the breaker sequence ${sequence}`,
      window: 'all',
      query: {
        bool: { filter: [term('server_instance', server)], should: clauses, minimum_should_match: 1 },
      },
      expect: { equals: documents },
    };
    const seen: Evidence = {
      id: `breaker-seen-${server.slice(-2)}`,
      claim: `${server}: every circuit-breaker state appears (fewest documents in one state)`,
      window: 'all',
      query: term('server_instance', server),
      aggs: {
        walk: {
          filters: {
            filters: Object.fromEntries(clauses.map((clause, at) => [`leg-${at + 1}`, clause])),
          },
        },
        answer: { min_bucket: { buckets_path: 'walk>_count' } },
      },
      read: 'aggregations.answer.value',
      expect: { at_least: 1 },
      needs_documents: 150,
    };
    // An incident started by hand has no quota, so a short state of its breaker may have no document.
    return incident.live === undefined ? [walk, seen] : [walk];
  });
}
