// Answers as people have posted them in public bug reports, and what they mean.
import { expect, test } from 'vitest';
import { answerError } from '../../../../src/core/cluster/answer-errors.ts';

const connection = { url: 'https://search.test:9200', username: 'anna', password: 'the-secret' };
const error = (type: string, reason: string | null, more = {}) => ({
  error: { root_cause: [{ type, reason }], type, reason, ...more },
});
const MAX_SHARDS =
  'Validation Failed: 1: this action would add [10] total shards, but this cluster currently has [2992]/[3000] maximum shards open;';
const FLOOD =
  'index [otel] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];';
const OLD_FLOOD = 'blocked by: [FORBIDDEN/12/index read-only / allow delete (api)];';
const PARENT =
  '[parent] Data too large, data for [<http_request>] would be larger than limit of [1478832947/1.3gb]';
const CLAUSES = 'too_many_clauses: maxClauseCount is set to 1024';
const PAGE =
  '<html><head><title>400 Request Header Or Cookie Too Large</title></head><body>openresty</body></html>';

test.each<[source: string, status: number, body: unknown, code: string, words: string]>([
  [
    'backstage/backstage#29350',
    400,
    error('illegal_argument_exception', MAX_SHARDS),
    'writes-blocked',
    'max_shards_per_node',
  ],
  [
    'wazuh/wazuh-docker#1437',
    400,
    error('validation_exception', MAX_SHARDS),
    'writes-blocked',
    'max_shards_per_node',
  ],
  [
    'open-telemetry/opentelemetry-collector-contrib#31343',
    429,
    error('cluster_block_exception', FLOOD),
    'writes-blocked',
    'Free disk space',
  ],
  [
    'wazuh/wazuh-dashboard-plugins#1570',
    403,
    error('cluster_block_exception', OLD_FLOOD),
    'writes-blocked',
    'Free disk space',
  ],
  [
    'opensearch-project/logstash-output-opensearch#180',
    429,
    error('cluster_block_exception', 'index [x] blocked by: [FORBIDDEN/8/index write (api)];'),
    'writes-blocked',
    'index.blocks.write',
  ],
  [
    'elastic/elasticsearch#18221',
    503,
    error('circuit_breaking_exception', PARENT),
    'cluster-starting',
    'Data too large',
  ],
  [
    'openfoodfacts/openfoodfacts-infrastructure#130',
    429,
    error('circuit_breaking_exception', PARENT),
    'cluster-starting',
    'Data too large',
  ],
  [
    'linagora/tmail-flutter#2809',
    500,
    {
      error: {
        root_cause: [{ type: 'too_many_clauses', reason: CLAUSES }],
        type: 'search_phase_execution_exception',
        reason: 'all shards failed',
      },
    },
    'request-failed',
    'max_clause_count',
  ],
  [
    'opensearch-project/OpenSearch#3652',
    400,
    error('too_many_nested_clauses', CLAUSES),
    'request-failed',
    'max_clause_count',
  ],
  [
    'opensearch-project/OpenSearch#13614',
    503,
    {
      error: {
        root_cause: [],
        type: 'search_phase_execution_exception',
        reason: '',
        caused_by: {
          type: 'too_many_buckets_exception',
          reason: 'Trying to create too many buckets. Must be less than or equal to: [10]',
        },
      },
    },
    'request-failed',
    'search.max_buckets',
  ],
  [
    'opendistro-for-elasticsearch/sample-code#160',
    503,
    error('master_not_discovered_exception', null),
    'cluster-starting',
    'master_not_discovered',
  ],
  [
    'opensearch-project/OpenSearch#8005',
    503,
    error('cluster_manager_not_discovered_exception', null),
    'cluster-starting',
    'cluster_manager_not_discovered',
  ],
  [
    'opensearch-project/OpenSearch#976',
    500,
    error('security_exception', 'Unexpected exception cluster:monitor/health'),
    'request-failed',
    'Unexpected exception',
  ],
  [
    'jaegertracing/jaeger#3727',
    403,
    error('security_exception', 'no permissions for [indices:admin/get] and User [name=x]'),
    'forbidden',
    'indices:admin/get',
  ],
  [
    'opensearch-project/search-relevance#71',
    400,
    error('illegal_argument_exception', 'Limit of total fields [1000] has been exceeded'),
    'request-failed',
    'total_fields.limit',
  ],
  ...['read', 'metadata'].map((kind, place): [string, number, unknown, string, string] => [
    `a block of ${kind}`,
    403,
    error(
      'cluster_block_exception',
      `index [x] blocked by: [FORBIDDEN/${7 + place * 2}/index ${kind} (api)];`,
    ),
    'writes-blocked',
    `index.blocks.${kind}`,
  ]),
  [
    'elastic/elasticsearch#107456',
    400,
    error(
      'illegal_argument_exception',
      'cannot create index with name [demo], because it matches with template [ds] that creates data streams only, use create data stream api instead',
    ),
    'index-name',
    'a template makes data streams of such names',
  ],
  ['scality/backbeat#2671', 400, PAGE, 'request-failed', 'Request Header Or Cookie Too Large'],
  ['langflow-ai/openrag#2356', 522, 'error code: 522', 'cluster-starting', '522'],
])('%s: HTTP %i', (_, status, body, code, words) => {
  const found = answerError({ connection, status, body, method: 'GET', path: '/demo/_search' });
  expect(found.code).toBe(code);
  expect([found.message, ...found.explain().actions].join('\n')).toContain(words);
});
