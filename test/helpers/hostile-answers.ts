// A fake OpenSearch that answers all that a run asks, and one kind of request as a broken or hostile server would.
import { createServer, type IncomingMessage } from 'node:http';
import { close, listen } from './proxy.ts';

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = (body: object, status = 200): Answered => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

/** Answers of about so many bytes; each is the worst of its shape. */
export const HOSTILE: Readonly<Record<string, (bytes: number) => Answered>> = {
  'brackets of markup, as an error': (bytes) => ({
    status: 500,
    type: 'text/html',
    body: '<'.repeat(bytes),
  }),
  'a title without an end': (bytes) => ({
    status: 200,
    type: 'text/html',
    body: '<title'.repeat(bytes / 6),
  }),
  'a list in a list in a list': (bytes) => ({
    status: 200,
    type: 'application/json',
    body: `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`,
  }),
  'JSON that never ends': (bytes) => ({
    status: 200,
    type: 'application/json',
    body: '{"a":'.repeat(bytes / 5),
  }),
  'an error with a reason of that length': (bytes) =>
    json({ error: { type: 'x', reason: '\u001b[2J <'.repeat(bytes / 6), root_cause: 'none' } }, 400),
  'causes of causes': (bytes) => ({
    status: 400,
    type: 'application/json',
    body: `{"error":${'{"caused_by":'.repeat(bytes / 14)}1${'}'.repeat(bytes / 14)}}`,
  }),
  'texts where objects belong': (bytes) =>
    json(
      Object.fromEntries(
        [
          'version',
          'items',
          'count',
          '_all',
          'nodes',
          'defaults',
          'aggregations',
          'hits',
          'settings',
          'docs',
          'INDEX',
        ].map((name) => [name, 'x'.repeat(bytes / 11)]),
      ),
    ),
  'objects where texts belong': (bytes) => {
    const odd = { toString: 1, valueOf: 2, length: bytes };
    const inner = Object.fromEntries(
      [
        'mappings',
        'settings',
        'aliases',
        'number',
        'distribution',
        'count',
        'buckets',
        'docs',
        'primaries',
      ].map((name) => [name, odd]),
    );
    return json({
      ...{
        INDEX: inner,
        version: inner,
        items: [odd],
        count: odd,
        _all: inner,
        nodes: { a: inner, b: null },
      },
      ...{
        defaults: odd,
        aggregations: inner,
        hits: [null],
        user_name: odd,
        roles: [odd],
        cluster_name: odd,
      },
      ...{ template: inner, policies: [odd, null], acknowledged: odd, tagline: odd, status: odd },
      // Of Dashboards.
      ...{ saved_objects: [odd, null, { type: odd, id: odd, attributes: { title: odd, description: odd } }] },
      ...{
        fields: [null, odd],
        successResults: [null, odd],
        success: false,
        successCount: odd,
        message: odd,
      },
      result: { workspaces: [null, { id: odd, name: odd }] },
      errors: [{ id: odd, error: { type: odd, message: odd, references: [null, odd] } }],
    });
  },
  'a redirect with a page': (bytes) => ({
    status: 302,
    type: 'text/html',
    body: 'x'.repeat(bytes),
    headers: { location: `https://sso.example/${'a'.repeat(4000)}` },
  }),
  'a redirect to no address': (bytes) => ({
    status: 301,
    type: 'text/html',
    body: 'x'.repeat(bytes),
    headers: { location: `http://[${'a'.repeat(4000)}` },
  }),
};

/** The kind of a request, whatever the index is called. */
const kindOf = (method: string, path: string, index: string) =>
  `${method} ${(path.split('?')[0] ?? '').replaceAll(index, 'INDEX')}`;

const INDEX_BODY = { aliases: {}, mappings: { properties: {} }, settings: { 'index.uuid': 'u' } };

async function lines(request: IncomingMessage): Promise<number> {
  let ends = 0;
  for await (const chunk of request as AsyncIterable<Buffer>)
    for (const byte of chunk) if (byte === 10) ends++;
  return ends;
}

/** What a cluster without an index answers, and after it was made, one with it. */
function usual(kind: string, index: string, state: { made: boolean; documents: number }, documents: number) {
  switch (kind) {
    case 'GET /':
      return json({ cluster_name: 'fake', version: { number: '3.5.0', distribution: 'opensearch' } });
    case 'GET /INDEX':
    case 'GET /INDEX/_settings':
      return state.made
        ? json({ [index]: INDEX_BODY })
        : json({ error: { type: 'index_not_found_exception' } }, 404);
    case 'PUT /INDEX':
      state.made = true;
      return json({ acknowledged: true, shards_acknowledged: true });
    case 'POST /INDEX/_bulk':
      state.documents += documents;
      return json({
        items: Array.from({ length: documents }, () => ({ create: { status: 201, result: 'created' } })),
      });
    case 'GET /INDEX/_count':
      return json({ count: state.documents });
    case 'POST /INDEX/_search':
    case 'GET /INDEX/_search':
      return json({
        hits: { total: { value: state.documents }, hits: [] },
        aggregations: { hours: { buckets: [{ key: 0, doc_count: state.documents }] } },
      });
    default:
      return json({ acknowledged: true, status: 'green' });
  }
}

export interface HostileCluster {
  readonly url: string;
  /** Kinds of requests that came, in the order of their first one. */
  readonly seen: ReadonlySet<string>;
  readonly close: () => Promise<void>;
}

/** Starts the fake. @param answers what it answers to one kind of request. @param others what it answers to others, null for HTTP 404. */
export async function startHostile(
  index: string,
  kind: string,
  answers: Answered | undefined,
  others: Readonly<Record<string, object | null>> = {},
): Promise<HostileCluster> {
  const seen = new Set<string>();
  const state = { made: false, documents: 0 };
  const body = answers && Buffer.from(String(answers.body).replaceAll('INDEX', index));
  const server = createServer((request, response) => {
    const asked = kindOf(request.method ?? '', request.url ?? '', index);
    seen.add(asked);
    lines(request).then((ends) => {
      if (answers && asked === kind) {
        response.writeHead(answers.status, { 'content-type': answers.type, ...answers.headers }).end(body);
        return;
      }
      const given = others[asked];
      const missing = { error: { type: 'index_not_found_exception' } };
      const {
        status,
        type,
        body: text,
      } = given === undefined
        ? usual(asked, index, state, ends / 2)
        : json(given ?? missing, given ? 200 : 404);
      response.writeHead(status, { 'content-type': type }).end(text);
    });
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, seen, close: () => close(server) };
}
