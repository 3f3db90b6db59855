// One OpenSearch with the real security plugin for all tests that ask for it. The first to ask starts it; setup and
// teardown are those of real-node.ts.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openCluster } from '../../src/core/cluster/client.ts';
import type { Role } from '../../src/core/cluster/permissions.ts';
import type { Connection } from '../../src/core/cluster/types.ts';
import { type StartLocalNode, startLocalNode } from '../../src/core/local-node/local-node.ts';
import { ADMIN } from '../../src/core/local-node/security.ts';
import type { Place } from './program.ts';
import { shortLived } from './short-lived.ts';

/** Away from 9200, and from the ports of the other test nodes. */
const FIRST_PORT = 9290;

export const ADMIN_PASSWORD = 'Only-4-tests_of-us';

const USER_PASSWORD = 'Mulberry_7-quarz!Vane';
/** Of that password, by bcrypt in 16 rounds instead of 4096: the node checks it again for every user after each change. */
const USER_HASH = '$2b$04$1k2W5.9SMbv2eLnJkuSnMOfVo1XYVSLhyIAkVPOZxQ3tdLxdNRwhy';

export interface SecuredConnection extends Connection {
  readonly username: string;
  readonly password: string;
  readonly fingerprint: string;
}

/** How the administrator of the secured node reaches it; it is started if it does not run. */
export async function securedNode(
  request: Partial<StartLocalNode> = {},
): Promise<SecuredConnection & { readonly fresh: boolean }> {
  const directories = { cache: inject('cacheFolder'), state: inject('securedFolder') };
  const secure = { password: ADMIN_PASSWORD, storePassword: 'only-4-tests' };
  const starting = startLocalNode({
    directories,
    env: shortLived(process.env),
    firstPort: FIRST_PORT,
    secure,
    ...request,
  });
  for await (const { phase, url = '', fingerprint = '', fresh = false } of starting) {
    if (phase === 'ready') return { url, username: ADMIN, password: ADMIN_PASSWORD, fingerprint, fresh };
  }
  throw new Error('the start ended without an address');
}

/** What a user may do, as `doctor --role` prints it. */
export type TestRole = Pick<Role, 'cluster_permissions'> & {
  readonly index_permissions: readonly {
    readonly index_patterns: readonly string[];
    readonly allowed_actions: readonly string[];
  }[];
};

interface Wanted {
  readonly name: string;
  readonly role: TestRole;
}

/** The plugin keeps all roles in one document and refuses two changes of it at once. */
let changes: Promise<void> = Promise.resolve();
/** Users that are made by the next change, which takes up to a second and drops what is known of every user. */
let next: { readonly wanted: Wanted[]; readonly made: Promise<void> } | undefined;

function nextChange(node: SecuredConnection) {
  const wanted: Wanted[] = [];
  const made = changes.then(() => {
    next = undefined;
    return makeUsers(node, wanted);
  });
  changes = made.catch(() => {});
  return { wanted, made };
}

/** Makes a user with exactly this role, and returns how that user reaches the node. The name is that of the role too. */
export async function userWith(
  node: SecuredConnection,
  name: string,
  role: TestRole,
): Promise<SecuredConnection> {
  next ??= nextChange(node);
  next.wanted.push({ name, role });
  await next.made;
  return { ...node, username: name, password: USER_PASSWORD };
}

/** The program itself sends no request of this kind. */
const PATCH = 'PATCH' as 'PUT';

async function makeUsers(node: SecuredConnection, all: readonly Wanted[]): Promise<void> {
  const cluster = await openCluster(node, {});
  const add = (what: string, bodyOf: (one: Wanted) => object) => {
    const body = all.map((one) => ({ op: 'add', path: `/${one.name}`, value: bodyOf(one) }));
    return cluster.request({ method: PATCH, path: `/_plugins/_security/api/${what}`, body });
  };
  try {
    await add('roles', ({ role }) => role);
    await add('internalusers', ({ name }) => ({ hash: USER_HASH, opendistro_security_roles: [name] }));
  } finally {
    await cluster.close();
  }
}

/** The flags with which the built program reaches the node; the password lies in a file of its place. */
export function flagsOf({ url, username, password, fingerprint }: SecuredConnection, { folder }: Place) {
  const file = join(folder, `${username}.password`);
  writeFileSync(file, password);
  return ['--url', url, '--username', username, '--password-file', file, '--fingerprint', fingerprint];
}
