// Every error panel at three sizes: all actions in view, one focus mark, the keys that work.
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, type ErrorCode } from '../../../../src/errors/app-error.ts';
import type { ErrorValues } from '../../../../src/errors/entry.ts';
import { ProblemPanel } from '../../../../src/ui/ink/components/problem-panel.tsx';
import { footerHints } from '../../../../src/ui/ink/keys/binding.ts';
import { keymap } from '../../../../src/ui/ink/keys/keymap.ts';
import { screenProps } from '../../../../src/ui/ink/screen-props.ts';
import { currentProblem } from '../../../../src/ui/text/problem.ts';
import { connectionRecoveries, type Recovery, runRecoveries } from '../../../../src/wizard/recovery.ts';
import { fakeCluster, NOW_MS } from '../../../helpers/fake-world.ts';
import type { WizardOnScreen } from '../../../helpers/ink.tsx';
import { rowsOf } from '../../../helpers/ink-component.tsx';
import { expectFrame, SIZES, type Size } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, toTune } from '../../../helpers/ink-steps.ts';
import { Walk, walkable } from '../../../helpers/walk.ts';

/** As long as such values get. */
const VALUES: ErrorValues = {
  address: 'search-demo-cluster.eu-central-1.example.com:9200',
  host: 'search-demo-cluster.eu-central-1.example.com',
  otherUrl: 'https://search-demo-cluster.eu-central-1.example.com:9200',
  seconds: 10,
  reason: 'the disks are above the flood-stage watermark (95%)',
  names: 'node-0.example.com, localhost, 127.0.0.1, ::1',
  subject: 'node-0.example.com',
  validTo: 'Nov 24 08:00:00 2027 GMT',
  fingerprint: Array.from({ length: 32 }, (_, pair) => (pair + 160).toString(16).toUpperCase()).join(':'),
  trusted: Array.from({ length: 32 }, (_, pair) => (pair + 16).toString(16).toUpperCase()).join(':'),
  found: 'HTTP 200 from nginx, a page titled "Welcome to the intranet of the shop"',
  version: '8.15.0',
  user: 'reader',
  action: 'cluster:monitor/main',
  index: 'ecommerce_performance_demo',
  status: 503,
  file: '/home/you/certificates/ca.pem',
  region: 'eu-central-1',
  found_java: 'Java 17',
  docker: 'docker run -p 9200:9200 opensearchproject/opensearch',
  log: '/home/you/.local/state/incident-demo/node/opensearch.log',
  acknowledged: 108_576,
  planned: 271_402,
  kept: '108,576 documents are kept in ecommerce_performance_demo',
  ...{ needed: '12,300 MB', free: '410 MB', each: 323, sample: 1800 },
  resume: 'incident-demo run --resume 20261124-161500-0007',
  documents: 12,
  origin: 'not created by this tool',
  differences: 'amount is long, not float, and 3 more',
  failed: 1,
  total: 68,
  request: 'POST /ecommerce_performance_demo/_bulk',
};

/** Errors that a command line or a file can have, but no cluster. */
const ELSEWHERE: readonly ErrorCode[] = [
  ...([
    'index-missing',
    'not-a-run',
    'other-plan',
    'usage',
    'argument',
    'parameter',
    'preset',
    'answer-missing',
    'log-unwritable',
    'output-unwritable',
  ] as const),
  ...([
    'data-file',
    'run-unknown',
    'run-damaged',
    'node-version',
    'java-missing',
    'maven-missing',
    'maven-failed',
  ] as const),
  ...(['node-failed', 'checks-failed', 'cancelled', 'terminated', 'index-exists', 'index-not-ours'] as const),
  ...(['index-shared', 'index-remade', 'mapping-differs', 'load-incomplete', 'too-little-room'] as const),
];
const LADDER = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => !ELSEWHERE.includes(code));

/** Every action with its number, the first one in focus; its label in full, but for addresses that are too long. */
function expectActions(wizard: WizardOnScreen, size: Size, recoveries: readonly Recovery[]): void {
  expect(recoveries.length).toBeLessThanOrEqual(6);
  const labels = recoveries.map(({ label }, place) =>
    `${place === 0 ? '❯' : ' '} ${place + 1} ${label}`.slice(0, size.columns - 6),
  );
  expectFrame(wizard, size, ['✘', 'What you can do now', 'Enter choose', 'Esc back', ...labels]);
  const [, told = ''] = wizard.text().split(/What you can do now.*\n/);
  expect(told).not.toContain('…');
  const [{ hint } = { hint: '' }] = recoveries;
  if (hint !== '') expect(told.replace(/\s+/g, ' ')).toContain(`(${hint})`);
}

/** What the panel may fill on a screen of this size; a single component is drawn in at most 100 columns. */
function bodyOf({ ui, state }: Walk, size: Size): Size {
  const uiState = ui.store.get();
  const { body } = screenProps(size, { ui, state, uiState, nowMs: NOW_MS, reader: false });
  return { columns: Math.min(body.columns, 100), rows: body.rows };
}

describe.each(SIZES)('every error of the ladder in the body of $columns x $rows', (size) => {
  it.each(LADDER)('%s', (code) => {
    const error = new AppError(code, VALUES);
    const walk = new Walk(walkable({ error }));
    walk.settle();
    const { columns, rows } = bodyOf(walk, size);
    const problem = currentProblem(walk.state);
    if (!problem) throw new Error('no panel');
    expect(problem.details[0]).toContain(`Code: ${code}`);
    const recoveries = connectionRecoveries(error, walk.world.url);
    expect(problem.recoveries.map(({ id }) => id)).toEqual(recoveries.map(({ id }) => id));
    expect(recoveries.length).toBeLessThanOrEqual(6);

    const drawn = rowsOf(
      <ProblemPanel problem={problem} focus={0} {...{ columns, rows }} waiting="" />,
      columns,
    );
    const text = drawn.join('\n');
    expect(drawn.length, text).toBeLessThanOrEqual(rows);
    for (const row of drawn) expect(stringWidth(row), row).toBeLessThanOrEqual(columns);
    expect(text.split('❯').length - 1, text).toBe(1);
    expect(drawn[0]).toMatch(/^✘ \S/);
    // The sentence goes on in the next row; on the smallest screen the certificate may leave it only one.
    const words = (from: string) => from.replace(/\s/g, '');
    if (size.rows > 20) expect(words(text)).toContain(words(problem.sentence.slice(0, columns)));
    for (const [place, { label }] of recoveries.entries())
      expect(text).toContain(`${place === 0 ? '❯' : ' '} ${place + 1} ${label}`.slice(0, columns - 4));
    const [, actions = ''] = text.split(/What you can do now.*\n/);
    expect(actions).not.toContain('…');
    const [{ hint } = { hint: '' }] = recoveries;
    if (hint !== '') expect(actions.replace(/\s+/g, ' ')).toContain(`(${hint})`);

    const keys = footerHints(keymap(walk.ui), size.columns).map(({ label, does }) => `${label} ${does}`);
    expect(keys).toEqual(expect.arrayContaining(['Enter choose', 'Esc back']));
  });
});

describe.each(SIZES)('panels at $columns x $rows', (size) => {
  it('an error of the ladder, its details, and back', async () => {
    const error = new AppError('certificate-untrusted', VALUES);
    const cluster = fakeCluster({ error });
    const wizard = start({ ...size, cluster, settings: { url: cluster.url } });
    await wizard.until('What you can do now');
    expectActions(wizard, size, connectionRecoveries(error, cluster.url));
    await wizard.press('d');
    await wizard.until('Code: certificate-untrusted');
    expectFrame(wizard, size, ['Details', 'Esc close'], 0);
    await wizard.press(KEYS.escape);
    await wizard.until('What you can do now');
  });

  it('a value whose signs take two columns is wrapped, not cut', async () => {
    const user = '検索基盤チーム 注文データ 管理者 閲覧専用 アカウント 🛒🛒🛒';
    const cluster = fakeCluster({ error: new AppError('sign-in-refused', { user }) });
    const wizard = start({ ...size, cluster });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, []);
    expect(wizard.text().replaceAll(/\s/g, '')).toContain(user.replaceAll(' ', ''));
  });

  it('a local node that does not start', async () => {
    const nodeError = new AppError('node-failed', VALUES);
    const wizard = start({ ...size, cluster: fakeCluster({ url: 'http://localhost:9999', nodeError }) });
    await wizard.until('What you can do now');
    await wizard.press('1');
    await wizard.until('The local OpenSearch did not start');
    expectFrame(wizard, size, ['❯ 1 Try again', '2 Copy a docker command', '3 Change the address', '4 Show']);
  });

  it('an index that cannot be looked at', async () => {
    const indexError = new AppError('port-silent', VALUES);
    const wizard = start({ ...size, cluster: fakeCluster({ indexError }) });
    await toTune(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    expectFrame(wizard, size, ['❯ 1 Check the index again', '2 Change the address', '3 Show the details']);
  });

  it.each([
    'load-incomplete',
    'writes-blocked',
    'mapping-differs',
    'index-exists',
    'too-little-room',
    'forbidden',
    'unexpected',
  ] as const)('a run that ends with %s', async (code) => {
    const error = new AppError(code, VALUES);
    const wizard = start({ ...size, cluster: fakeCluster({ breaks: { after: 50_000, error } }) });
    await toTune(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('will be created');
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    expectActions(wizard, size, runRecoveries(code, 54_000));
  });
});
