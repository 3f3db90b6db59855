// A server that answers as OpenSearch Dashboards 2.8 and 3.x were seen to: for the faults that a real one does not
// produce on demand. It keeps what is imported, so that a test can look at what was stored.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answered } from './hostile-answers.ts';

interface StoredLine {
  readonly type: string;
  readonly id: string;
  readonly attributes: Record<string, unknown>;
  readonly workspaces?: readonly string[];
  readonly references?: readonly { readonly type: string; readonly id: string }[];
}

/** What is to go wrong, or to be different. */
export interface FakeOptions {
  readonly version?: string;
  readonly basePath?: string;
  /** Answers 503 with a page, as while it starts or when the versions do not fit. */
  readonly starting?: boolean;
  readonly state?: 'green' | 'red';
  /** Wants this Authorization header. */
  readonly authorization?: string;
  /** Every request is sent to this address. */
  readonly redirect?: string;
  readonly kibana?: boolean;
  /** Fields of an index as it sees them; undefined for no such index. */
  readonly fields?: (index: string) => readonly object[] | undefined;
  readonly clusterId?: string;
  readonly workspaces?: readonly { readonly id: string; readonly name: string }[];
  /** Ids get another name when they are new here, as in a workspace beside another that has them. */
  readonly renames?: boolean;
  /** What `_import` answers instead of importing. */
  readonly importAnswer?: { readonly status: number; readonly body: object };
  /** Keeps what is imported and never answers. */
  readonly hangs?: boolean;
  /** What it answers instead to a request such as `GET /api/status`. */
  readonly instead?: (request: string) => Answered | undefined;
  /** Says that all was imported, and keeps no object of these types. */
  readonly forgets?: readonly string[];
}

export interface FakeDashboards {
  readonly url: string;
  readonly objects: Map<string, StoredLine>;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: IncomingMessage['headers'];
  }[];
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const keyOf = ({ type, id }: { readonly type: string; readonly id: string }) => `${type}/${id}`;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The lines of the file in a multipart body. */
function linesOf(body: string): StoredLine[] {
  const file = body.split('\r\n\r\n')[1]?.split('\r\n--')[0] ?? '';
  return file
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as StoredLine);
}

function statusReply({ version = '2.8.0', state = 'green' }: FakeOptions): Reply {
  return {
    status: 200,
    body: {
      name: 'fake',
      version: { number: version, build_snapshot: false },
      status: { overall: { state, title: state }, statuses: [] },
    },
  };
}

function importReply(lines: StoredLine[], objects: Map<string, StoredLine>, options: FakeOptions): Reply {
  if (options.importAnswer) return options.importAnswer;
  const known = new Set([...objects.keys(), ...lines.map(keyOf)]);
  const broken = lines.find(({ references = [] }) => references.some((one) => !known.has(keyOf(one))));
  if (broken) {
    const references = (broken.references ?? []).filter((one) => !known.has(keyOf(one)));
    const error = { type: 'missing_references', references };
    return { status: 200, body: { success: false, successCount: 0, errors: [{ ...broken, error }] } };
  }
  const kept = new Set([...objects.values()].filter(({ workspaces }) => !workspaces).map(({ id }) => id));
  const renamed = (id: string) => (options.renames && !kept.has(id) ? `workspace-${id}` : id);
  const referred = ({ references = [] }: StoredLine) =>
    references.map((one) => ({ ...one, id: renamed(one.id) }));
  for (const line of lines)
    if (!options.forgets?.includes(line.type))
      objects.set(`${line.type}/${renamed(line.id)}`, {
        ...line,
        id: renamed(line.id),
        references: referred(line),
      });
  const successResults = lines.map(({ type, id }) => ({
    type,
    id,
    ...(options.renames ? { destinationId: renamed(id) } : {}),
  }));
  return { status: 200, body: { success: true, successCount: lines.length, successResults } };
}

const hanging = ({ hangs }: FakeOptions, answer: Reply): Reply | Promise<Reply> =>
  hangs ? new Promise(() => {}) : answer;

async function reply(
  request: IncomingMessage,
  url: URL,
  objects: Map<string, StoredLine>,
  options: FakeOptions,
): Promise<Reply> {
  const body = await textOf(request);
  const at = `${request.method} ${url.pathname}`;
  if (request.method !== 'GET' && request.headers['osd-xsrf'] === undefined)
    return { status: 400, body: { message: 'Request must contain the osd-xsrf header.' } };
  const single = /^DELETE \/api\/saved_objects\/([^/]+)\/(.+)$/.exec(at);
  if (single) {
    const gone = objects.delete(`${single[1]}/${decodeURIComponent(single[2] ?? '')}`);
    return { status: gone ? 200 : 404, body: {} };
  }
  if (at.startsWith('GET /api/opensearch-dashboards/management/saved_objects/relationships/')) {
    const id = at.split('/').at(-1) ?? '';
    const users = [...objects.values()].filter(({ references = [] }) =>
      references.some((one) => one.id === id),
    );
    return {
      status: 200,
      body: users.map(({ type, id: user }) => ({ type, id: user, relationship: 'parent' })),
    };
  }
  switch (at) {
    case 'GET /api/status':
      return statusReply(options);
    case 'GET /api/index_patterns/_fields_for_wildcard': {
      if (
        url.searchParams.getAll('meta_fields').length > 1 &&
        Number.parseInt(options.version ?? '2', 10) >= 3
      )
        return { status: 400, body: { message: '[request query.meta_fields]: could not parse' } };
      const fields = options.fields?.(url.searchParams.get('pattern') ?? '');
      return fields
        ? { status: 200, body: { fields } }
        : { status: 404, body: { message: 'No indices match pattern' } };
    }
    case 'GET /api/saved_objects/_find': {
      const words = (url.searchParams.get('search') ?? '').replaceAll('"', '');
      const field = url.searchParams.get('search_fields') ?? '';
      const found = [...objects.values()].filter(
        ({ type, attributes }) =>
          type === url.searchParams.get('type') && String(attributes[field]).includes(words),
      );
      return { status: 200, body: { total: found.length, saved_objects: found } };
    }
    case 'POST /api/saved_objects/_bulk_get': {
      const wanted = JSON.parse(body) as { type: string; id: string }[];
      const saved = wanted.map(
        (one) => objects.get(keyOf(one)) ?? { ...one, error: { statusCode: 404, error: 'Not Found' } },
      );
      return { status: 200, body: { saved_objects: saved } };
    }
    case 'POST /api/saved_objects/_import':
      return hanging(options, importReply(linesOf(body), objects, options));
    case 'POST /api/workspaces/_list':
      return options.workspaces
        ? { status: 200, body: { success: true, result: { workspaces: options.workspaces } } }
        : { status: 404, body: { statusCode: 404 } };
    case 'POST /api/console/proxy':
      return options.clusterId
        ? { status: 200, body: { cluster_uuid: options.clusterId } }
        : { status: 404, body: { statusCode: 404 } };
    default:
      return { status: 404, body: { statusCode: 404, error: 'Not Found', message: 'Not Found' } };
  }
}

/** Starts it on a free port of this machine. */
export async function startFakeDashboards(options: FakeOptions = {}): Promise<FakeDashboards> {
  const objects = new Map<string, StoredLine>();
  const requests: FakeDashboards['requests'] = [];
  const { basePath = '' } = options;
  const answerTo = async (request: IncomingMessage): Promise<Reply> => {
    const url = new URL(request.url ?? '/', 'http://fake');
    requests.push({
      method: request.method ?? '',
      path: url.pathname,
      query: url.search,
      headers: request.headers,
    });
    if (options.redirect) return { status: 302, headers: { location: options.redirect } };
    if (options.starting)
      return {
        status: 503,
        body: 'server is not ready yet',
        headers: { 'retry-after': '30', 'content-type': 'text/html' },
      };
    if (options.authorization && request.headers.authorization !== options.authorization)
      return { status: 401, body: { statusCode: 401, error: 'Unauthorized' } };
    if (basePath !== '' && url.pathname === '/')
      return { status: 302, headers: { location: `${basePath}/app/home` } };
    const workspace = /^\/w\/[^/]+/.exec(url.pathname)?.[0] ?? '';
    const prefix = basePath || workspace;
    if (!url.pathname.startsWith(prefix))
      return { status: 404, body: { statusCode: 404, error: 'Not Found' } };
    url.pathname = url.pathname.slice(prefix.length);
    return reply(request, url, objects, options);
  };
  const server = createServer((request, response) => {
    answerTo(request).then(({ status, body = '', headers = {} }) => {
      const { pathname } = new URL(request.url ?? '/', 'http://fake');
      const instead = options.instead?.(`${request.method} ${pathname}`);
      if (instead) {
        const type = { 'content-type': instead.type };
        response.writeHead(instead.status, { ...type, ...instead.headers }).end(instead.body);
        return;
      }
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const name: Record<string, string> = options.kibana ? { 'kbn-name': 'kibana' } : { 'osd-name': 'fake' };
      response.writeHead(status, { 'content-type': 'application/json', ...name, ...headers });
      response.end(text);
    }, response.destroy.bind(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
