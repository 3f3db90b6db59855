// Certificates for tests of TLS, made by openssl when a test asks.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Authority extends Certificate {
  /** Path of the PEM file that --ca-file takes. */
  readonly caFile: string;
  /** A certificate for these names, valid now or until yesterday. */
  issue(names: readonly string[], period?: 'now' | 'past'): Certificate;
  /** Removes the files. */
  remove(): void;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function openssl(folder: string, args: readonly string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
}

/** An authority of our own, which no machine trusts. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'incident-demo-ca-'));
  openssl(folder, [
    ...['req', '-x509', ...KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Test CA'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  ]);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  let serial = 0;
  const issue = (names: readonly string[], period: 'now' | 'past' = 'now'): Certificate => {
    const stem = `leaf-${++serial}`;
    const alternatives = names
      .map((name) => (/^[\d.:]+$/.test(name) ? `IP:${name}` : `DNS:${name}`))
      .join(',');
    writeFileSync(join(folder, `${stem}.ext`), `subjectAltName=${alternatives}\nbasicConstraints=CA:FALSE\n`);
    openssl(folder, [
      'req',
      ...KEY,
      '-keyout',
      `${stem}.key`,
      '-out',
      `${stem}.csr`,
      '-subj',
      `/CN=${names[0]}`,
    ]);
    openssl(folder, [
      ...['x509', '-req', '-in', `${stem}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-extfile', `${stem}.ext`, '-out', `${stem}.pem`, '-days', period === 'now' ? '30' : '-1'],
    ]);
    return { key: read(`${stem}.key`), cert: read(`${stem}.pem`) };
  };
  return {
    key: read('ca.key'),
    cert: read('ca.pem'),
    caFile: join(folder, 'ca.pem'),
    issue,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A certificate signed by itself, as OpenSearch's demo configuration has. */
export function selfSigned(name: string): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'incident-demo-cert-'));
  try {
    openssl(folder, [
      ...[
        'req',
        '-x509',
        ...KEY,
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        '30',
        '-subj',
        `/CN=${name}`,
      ],
      ...['-addext', `subjectAltName=DNS:${name}`],
    ]);
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    return { key: read('key.pem'), cert: read('cert.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
