// What a secured node needs before its first start: a certificate of its own, and one user, who may do everything.

import { execFile } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { makePrivateFolder } from '../files/folder.ts';
import type { NodeFiles } from './files.ts';
import { JAR_NAMES, SECURITY_JAR_SUMS } from './jar-sums.ts';
import type { Java } from './java.ts';
import { OPENSEARCH_VERSION } from './release.ts';
import { writeSettings } from './settings.ts';

/** The user of a secured node. */
export const ADMIN = 'admin';

export interface Secrets {
  /** Of the user `admin`; only its hash is kept. */
  readonly password: string;
  /** Of the key store, which only this node reads; at least six characters. */
  readonly storePassword: string;
}

const run = promisify(execFile);

/** A year: long enough for demos, short enough for a key in a file. */
const VALID_DAYS = 365;
const STORE = 'node.p12';
const TRUSTED = 'trusted.p12';
const PRIVATE_FILE = { mode: 0o600 };

/** Where a secret is handed to another program: other users can see arguments, but not the environment. */
const SECRET = 'INCIDENT_DEMO_SECRET';

/**
 * Makes the configuration of a secured node anew: key, certificate, users. What an earlier start that never became ready
 * has left goes. Rejects with what the file system or a program of the JDK reports.
 */
export async function makeSecurity(files: NodeFiles, java: Java, secrets: Secrets): Promise<void> {
  await rm(files.base, { recursive: true, force: true });
  makePrivateFolder(files.config);
  await makeCertificate(files, java, secrets.storePassword);
  await writeUsers(files, await hashOf(secrets.password, files, java));
  writeSettings(files.base, OPENSEARCH_VERSION, securitySettings(secrets.storePassword));
}

/** A key that signs itself: people trust this one certificate by its SHA-256. */
async function makeCertificate({ config, certificate }: NodeFiles, java: Java, password: string) {
  const keytool = (store: string, ...words: string[]) =>
    run(
      join(java.home, 'bin', 'keytool'),
      [...words, '-storetype', 'PKCS12', '-keystore', join(config, store), '-storepass:env', SECRET],
      { env: { [SECRET]: password } },
    );
  const names = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1,ip:::1'];
  const key = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', String(VALID_DAYS)];
  await keytool(STORE, '-genkeypair', '-alias', 'node', ...key, ...names);
  const { stdout } = await keytool(STORE, '-exportcert', '-rfc', '-alias', 'node');
  await writeFile(certificate, stdout, PRIVATE_FILE);
  await keytool(TRUSTED, '-importcert', '-noprompt', '-alias', 'node', '-file', certificate);
  for (const store of [STORE, TRUSTED]) await chmod(join(config, store), PRIVATE_FILE.mode);
}

/** The bcrypt hash of a password, made by the plugin's own tool. */
async function hashOf(password: string, { jars, securityJars }: NodeFiles, java: Java): Promise<string> {
  const classPath = [
    ...Object.keys(SECURITY_JAR_SUMS).map((name) => join(securityJars, name)),
    ...JAR_NAMES.map((name) => join(jars, name)),
  ].join(delimiter);
  const { stdout } = await run(
    join(java.home, 'bin', 'java'),
    ['-cp', classPath, 'org.opensearch.security.tools.Hasher', '-env', SECRET],
    { env: { [SECRET]: password } },
  );
  const hash = /\$2[aby]\$\S+/.exec(stdout)?.[0];
  if (hash === undefined) throw new Error('the security plugin made no hash of the password');
  return hash;
}

/** One way to sign in, with a password; the role `all_access` is built into the plugin. */
const configurationFiles = (hash: string): Readonly<Record<string, object>> => ({
  config: {
    config: {
      dynamic: {
        http: { anonymous_auth_enabled: false },
        authc: {
          password: {
            http_enabled: true,
            order: 0,
            http_authenticator: { type: 'basic', challenge: true },
            authentication_backend: { type: 'intern' },
          },
        },
      },
    },
  },
  internal_users: { [ADMIN]: { hash, reserved: false, backend_roles: ['admin'] } },
  roles_mapping: { all_access: { backend_roles: ['admin'] } },
  roles: {},
  action_groups: {},
  tenants: {},
  nodes_dn: {},
  allowlist: { config: { enabled: false } },
  audit: { config: { enabled: false } },
});

/** YAML takes JSON too, so nothing has to be quoted for it. */
async function writeUsers({ config }: NodeFiles, hash: string): Promise<void> {
  const folder = join(config, 'opensearch-security');
  makePrivateFolder(folder);
  for (const [name, content] of Object.entries(configurationFiles(hash))) {
    const _meta = { type: name.replaceAll('_', ''), config_version: 2 };
    await writeFile(join(folder, `${name}.yml`), `${JSON.stringify({ _meta, ...content })}\n`, PRIVATE_FILE);
  }
}

/** Settings of a layer, `http` or `transport`. */
const tlsOf = (layer: string, password: string): string =>
  Object.entries({
    ...{ keystore_type: 'PKCS12', keystore_filepath: STORE, keystore_alias: 'node' },
    ...{ keystore_password: password },
    ...{ truststore_type: 'PKCS12', truststore_filepath: TRUSTED, truststore_password: password },
  })
    .map(([name, value]) => `plugins.security.ssl.${layer}.${name}: ${JSON.stringify(value)}\n`)
    .join('');

/** The lines that a secured node has in its settings beside those of every node. */
const securitySettings = (storePassword: string): string =>
  `${tlsOf('http', storePassword)}${tlsOf('transport', storePassword)}` +
  'plugins.security.ssl.http.enabled: true\n' +
  'plugins.security.ssl.transport.enforce_hostname_verification: false\n' +
  'plugins.security.allow_default_init_securityindex: true\n' +
  'plugins.security.restapi.roles_enabled: ["all_access"]\n';
