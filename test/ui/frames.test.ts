// Every screen at three sizes: nothing too wide, no label missing, one focus mark, the keys that work in the footer.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/core/plan/presets.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { openWizard, type ScreenOptions, type WizardOnScreen } from '../helpers/ink.tsx';
import { expectFrame, SIZES, type Size } from '../helpers/ink-frames.ts';
import { KEYS } from '../helpers/ink-keys.ts';
import { fakeCluster, indexState, openRun } from '../helpers/ink-services.ts';

let open: WizardOnScreen | undefined;
afterEach(() => open?.close());

const start = (options: ScreenOptions) => {
  open = openWizard(options);
  return open;
};

const INDEX = 'ecommerce_performance_demo';
const taken = (ours: boolean) =>
  fakeCluster({ indexes: new Map([[INDEX, indexState(INDEX, 270_123, ours)]]) });

/** Enter until the step is reached; waits for each on the way. */
async function walk(wizard: WizardOnScreen, steps: readonly string[]): Promise<void> {
  for (const wanted of steps) {
    await wizard.press(KEYS.enter);
    await wizard.until(wanted);
  }
}

const TO = {
  connect: 'nothing stands in the way',
  scenario: 'Which incidents',
  tune: 'Days of data',
  review: /will be created|exists already/,
};
async function toReview(wizard: WizardOnScreen): Promise<void> {
  await wizard.until(TO.connect);
  await walk(wizard, [TO.scenario, TO.tune]);
  await wizard.until('documents ·');
  await wizard.press(KEYS.enter);
  await wizard.until(TO.review);
}

/** The text of the frame as one row. */
const told = (wizard: WizardOnScreen) => wizard.text().replace(/\s+/g, ' ');

/** Goes down through the choices; what is to be known of each must be in view when it has the focus. */
async function expectHints(wizard: WizardOnScreen, size: Size, hints: readonly string[]): Promise<void> {
  for (const hint of hints) {
    expectFrame(wizard, size, []);
    expect(told(wizard)).toContain(hint);
    expect(wizard.text()).not.toContain('…');
    await wizard.press(KEYS.down);
  }
}

describe.each(SIZES)('at $columns x $rows', (size) => {
  it('Start: the run that did not end, and what can become of it', async () => {
    const cluster = taken(true);
    const wizard = start({ ...size, cluster, unfinished: [openRun(), openRun({ id: 'r0' })] });
    await wizard.until('270,123 documents');
    expectFrame(wizard, size, [
      ...['! A load was not finished, and 1 before it', 'Mon 23 Nov 16:15, UTC', `${INDEX} at`],
      ...['3 days, one session in 60, seed 9', 'Payment gateway timeout', '❯ 1 Go on loading'],
      ...['2 Start something new', '3 Remove what it loaded', '4 Forget it', '5 Show the details'],
    ]);
    expect(told(wizard)).toContain(`Index ${INDEX} at http://localhost:9200 Data`);
    for (const hint of [
      'adds only what is missing, then checks',
      'this one stays as it is',
      'after a question',
    ]) {
      expect(told(wizard)).toContain(`${hint})`);
      await wizard.press(KEYS.down);
    }
    await wizard.press('d');
    await wizard.until('incident-demo run --resume r1');
    await wizard.press(KEYS.escape, '3');
    await wizard.until('❯ 1 Keep it');
    expectFrame(wizard, size, [`Delete ${INDEX} with 270,123 documents`, '2 Delete it', 'Esc keep it']);
    await wizard.press('2');
    await wizard.until('Removed');
    expect(cluster.indexes.size).toBe(0);
    expectFrame(wizard, size, [`Removed ${INDEX} with 270,123 documents`, 'nothing: the index is gone']);
  });

  it('Start: what another run made is not deleted', async () => {
    const wizard = start({ ...size, cluster: taken(true), unfinished: [openRun({ id: 'r9' })] });
    await wizard.until('made by another run');
    expectFrame(wizard, size, ['❯ 1 Go on loading', '2 Start something new', '3 Forget it']);
    expect(wizard.text()).not.toContain('Remove what it loaded');
    wizard.session.send({ type: 'start-choice', choice: 'remove' });
    wizard.session.send({ type: 'remove-run' });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [`✘ The index ${INDEX} was not`, '❯ 1 Forget the run', '2 Show']);
  });

  it('Connect: the form and the whole ladder', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    expectFrame(wizard, size, [
      ...['Address', 'User name', 'Password', 'http://localhost:9200', 'nothing is written before Review'],
      ...['name', 'port', 'TLS', 'trust', 'sign-in', 'product', 'rights', 'space', 'Enter next'],
    ]);
  });

  it('Connect over https: the fields about the certificate', async () => {
    const wizard = start({ ...size, settings: { url: 'https://localhost:9200' } });
    await wizard.until('What you can do now');
    await wizard.press('2');
    await wizard.until('CA file');
    expectFrame(wizard, size, ['Address', 'CA file', 'Certificate', 'checked', 'space']);
  });

  it('Connect: what is waited for, and that it can be stopped', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ stuck: 'port' }) });
    await wizard.until('Trying the address: port');
    expectFrame(wizard, size, ['… port', 'Esc stop trying', '✔ name']);
    await wizard.press(KEYS.escape);
    await wizard.until('Not tried; Enter tries it');
    expectFrame(wizard, size, ['· name', 'Enter try it']);
    await wizard.press(KEYS.enter);
    await wizard.until(/Trying the address: port …; goes on as soon/);
  });

  it('Nothing answers: the panel with the local OpenSearch first', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ url: 'http://localhost:9999' }) });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      ...['✘ Nothing is listening on localhost:9200', 'Why', 'Checked', '❯ 1 Start a local OpenSearch'],
      ...['2 Change the address', '3 Try again every 4 s', '4 Show the details', '5 Copy a docker command'],
    ]);
  });

  it('A connection that failed: its password can be mended, and how to go from field to field is said', async () => {
    const cluster = fakeCluster({ error: new AppError('sign-in-refused', { user: 'admin' }) });
    const wizard = start({ ...size, cluster, settings: { username: 'admin' }, password: 'sesame' });
    await wizard.until('What you can do now');
    await wizard.press('1', KEYS.tab);
    await wizard.until('❯ Password');
    expectFrame(wizard, size, ['Enter what to do', 'Tab ↑↓ move', 'Ctrl+T show it', 'Ctrl+C quit']);
  });

  it('A certificate that nobody vouches for: whose, until when, its SHA-256, and four ways on', async () => {
    const fingerprint = Array.from({ length: 32 }, (_, pair) => (pair + 160).toString(16).toUpperCase()).join(
      ':',
    );
    const error = new AppError('certificate-untrusted', {
      ...{ address: 'search.example:9200', reason: 'it is self-signed', subject: 'search.example' },
      ...{ names: 'search.example', validTo: 'Nov 24 08:00:00 2027 GMT', fingerprint },
    });
    const url = 'https://search.example:9200';
    const cluster = fakeCluster({ url, error });
    const wizard = start({ ...size, cluster, settings: { url } });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      ...[
        '✘ The certificate of search.example:9200',
        'for search.example, until Nov 24',
        'SHA-256 A0:A1',
        'BE:BF',
      ],
      ...['❯ 1 Trust this one certificate', '2 Name the authority that signed it', '5 Show the details'],
      ...['3 Do not check the certificate', '4 Change the address', 'trust'],
    ]);
    expect(wizard.text().replace(/[\s]/g, '')).toContain(fingerprint);
    await wizard.press('1');
    await wizard.until('the one with SHA-256 A0:A1');
    expect(wizard.session.getSnapshot().answers.settings.fingerprint).toBe(fingerprint);
    expectFrame(wizard, size, ['Certificate  the one with SHA-256 A0:A1', 'Address', 'CA file']);
  });

  it('A certificate that is not checked is said aloud', async () => {
    const url = 'https://search.example:9200';
    const wizard = start({ ...size, cluster: fakeCluster({ url }), settings: { url, insecure: true } });
    await wizard.until('! The certificate is not checked');
    expectFrame(wizard, size, ['not checked, for this run only']);
    await walk(wizard, [TO.scenario, TO.tune]);
    await wizard.until('documents ·');
    await wizard.press(KEYS.enter);
    await wizard.until(TO.review);
    expectFrame(wizard, size, ['! The certificate is not checked', 'certificate not', '--insecure'], 0);
  });

  it('A local node on its way', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ url: 'http://localhost:9999', pauseMs: 400 }) });
    await wizard.until('What you can do now');
    await wizard.press('1');
    await wizard.until('Fetching OpenSearch');
    expectFrame(wizard, size, ['Starting a local OpenSearch', 'Java 25', 'Start', 'Esc cancel'], 0);
  });

  it('Scenario: three presets with their windows and the demo day', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.until('14:25-14:35');
    expectFrame(wizard, size, [
      ...['[✔] Payment gateway timeout', 'Database connection pool exhaustion', 'Memory pressure'],
      ...['Demo day', 'today, Tue 24 Nov', '14:45 has passed', 'stripe', 'Enter next', 'Esc back'],
      // Each with a chart of its latency, at every size.
      ...['p95 in ms', '14:05', '15:03', '┼─', '▲'],
    ]);
    const questions = BUILT_IN[0]?.evidence ?? [];
    await wizard.press('d');
    await wizard.until('Esc close');
    expectFrame(wizard, size, ['Payment gateway timeout', 'In the afternoon stripe stops', 'Root cause:'], 0);
    await wizard.press(KEYS.pageDown, KEYS.pageDown);
    await wizard.until(`- ${questions.at(-1)?.question}`.slice(0, size.columns - 4));
    await wizard.press(KEYS.escape, KEYS.down, KEYS.down, 'd');
    await wizard.until('In the evening peak everything');
  });

  it("Scenario: the line for a preset of one's own, and why a file cannot be used", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'incident-demo-preset-'));
    const [builtIn] = BUILT_IN;
    writeFileSync(
      join(folder, 'mine.json'),
      JSON.stringify({ ...builtIn, id: 'mine', title: 'Mine, at noon' }),
    );
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...builtIn, titel: 'Mine' }));
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.until('14:25-14:35');
    await wizard.press('a');
    await wizard.until('A preset of your own');
    expectFrame(wizard, size, ['The path of its file', '❯ ▏', 'Enter read it', 'Esc back']);
    await wizard.press(`${folder}/wrong.json`, KEYS.enter);
    await wizard.until('titel');
    expectFrame(wizard, size, ['✘ The preset', 'is not valid', 'wrong.json▏', 'Mend the field']);
    await wizard.press(KEYS.ctrlU, `${folder}/mine.json`, KEYS.enter);
    await wizard.until('[✔] Mine, at noon');
    expectFrame(wizard, size, [
      '❯ [✔] Mine, at noon',
      'Added: Mine, at noon',
      '[✔] Memory pressure',
      'Demo day',
    ]);
    rmSync(folder, { recursive: true });
  });

  it('Tune: form, two charts with marks, estimate', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario, TO.tune]);
    await wizard.until('documents ·');
    expectFrame(wizard, size, [
      ...['❯ Days of data', '◂ 7 days ▸', 'Incidents a day', 'Base traffic', 'Peak'],
      ...['Transactions a second', 'p95 in ms', '▲ incident', 'The whole 7 days', 'Wed 18 Nov 00:00'],
      ...['≈', 'about'],
    ]);
    // The names of what is zoomed to are never cut.
    for (const title of ['Today', ...BUILT_IN.map((preset) => preset.title)]) {
      await wizard.press('z');
      await wizard.until(title);
      expectFrame(wizard, size, [title, '▲']);
    }
  });

  it('Tune: the estimate is made with the speed of this cluster, tried without writing', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ speed: 2_000 }) });
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario, TO.tune]);
    // About 258,000 documents at 2,000 a second.
    await wizard.until('about 2 min');
    const rate = size.columns < 76 ? [] : ['at 2k docs/s, tried here'];
    expectFrame(wizard, size, ['about 2 min', ...rate]);
  });

  it('Tune: a value that is not allowed says why, and does not count in part', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario, TO.tune]);
    await wizard.until('documents ·');
    await wizard.press('2', '0', '0');
    await wizard.until('200▏');
    expectFrame(wizard, size, ['200 is too large: at most 90', 'Esc stop typing']);
    await wizard.press(KEYS.down);
    await wizard.until('was not taken');
    expectFrame(wizard, size, ['200 was not taken; it stays 7 days']);
    expect(wizard.session.getSnapshot().undo).toEqual([]);
    await wizard.press(KEYS.up, '1');
    await wizard.until('2 incidents lie before the data; 3 days would hold them');
    expectFrame(wizard, size, ['2 incidents lie before']);
    await wizard.press(KEYS.escape, 'u');
    await wizard.until('◂ 7 days ▸');
  });

  it('Review: what, where, when, and the command', async () => {
    const wizard = start(size);
    await toReview(wizard);
    expectFrame(
      wizard,
      size,
      [
        ...[
          '1 Cluster',
          '2 Incidents',
          '3 Data',
          '4 Index',
          'http://localhost:9200',
          'Payment gateway timeout',
        ],
        ...[
          INDEX,
          'It will be created; nothing is deleted',
          'incident-demo run',
          '--seed 4711',
          ...['Enter load now', '1-4 change', 'Esc back'],
        ],
      ],
      0,
    );
  });

  it.each([true, false])('The index exists (made by this tool: %s)', async (ours) => {
    const wizard = start({ ...size, cluster: taken(ours) });
    await toReview(wizard);
    expectFrame(wizard, size, [
      ...[`! The index ${INDEX} exists already`, '270,123 documents', 'So far nothing has been written'],
      ...[ours ? 'made by this tool' : 'not made by this tool', `❯ 1 Load into ${INDEX}_2`],
      ...['2 Choose another name', '3 Add to it', '4 Delete it and load afresh'],
      ...(ours ? ['5 Only run the checks'] : []),
    ]);
    await expectHints(wizard, size, [
      `1 Load into ${INDEX}_2 (this one stays as it is)`,
      '2 Choose another name',
      '3 Add to it (both data sets are then in it)',
      '4 Delete it and load afresh (asks for its name to be typed)',
      ...(ours ? ['5 Only run the checks (loads nothing)'] : []),
    ]);
  });

  it('The index exists: the question tells in full what has been written', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press(KEYS.escape);
    await wizard.until('Everything is loaded');
    await wizard.press(KEYS.escape);
    await wizard.until('exists already');
    expectFrame(wizard, size, []);
    expect(told(wizard)).toContain(`What shall be done? So far 271,402 documents went into ${INDEX}. `);
  });

  it('The index exists: other data, and fields that do not fit', async () => {
    const there = indexState(INDEX, 270_123);
    const mappingDifferences = [
      'amount is long, not float',
      'order_id is missing',
      'step is text, not keyword',
      'a b',
    ];
    const cluster = fakeCluster({ indexes: new Map([[INDEX, { ...there, mappingDifferences }]]) });
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    expectFrame(wizard, size, [
      ...['other data than planned now: 7 days, one session in', 'seed 99', 'its fields differ, so nothing'],
      ...['amount is', '3 Delete it and load afresh', '4 Only run the checks'],
    ]);
    expect(wizard.text()).not.toContain('Add to it');
    await wizard.press('d', KEYS.pageDown);
    await wizard.until('- a b');
    expectFrame(wizard, size, ['Details', 'Esc close'], 0);
  });

  it('The index exists, and a part is to be loaded', async () => {
    const wizard = start({ ...size, cluster: taken(true), settings: { part: { index: 1, of: 2 } } });
    await toReview(wizard);
    expectFrame(wizard, size, [
      ...['❯ 1 Choose another name', 'the same for every part'],
      ...['2 Add to it', '3 Only run the checks'],
    ]);
    for (const missing of ['afresh', 'Load into']) expect(wizard.text()).not.toContain(missing);
  });

  it('Replace asks for the name', async () => {
    const wizard = start({ ...size, cluster: taken(true) });
    await toReview(wizard);
    await wizard.press('4');
    await wizard.until(`Type ${INDEX} to allow it.`);
    expectFrame(wizard, size, [`Delete ${INDEX} with 270,123 documents?`, 'Esc back']);
  });

  it('Load: the bar, the counts and that it is safe to stop', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ pauseMs: 60 }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('docs/s');
    expectFrame(
      wizard,
      size,
      [
        ...['Loading into', '█', '%', 'documents are in the index', 'batches ok', 'Safe to stop'],
        ...['p pause', 'e errors', 'l log', 'Esc stop'],
      ],
      0,
    );
    await wizard.press(KEYS.escape);
    await wizard.until('Stop loading?');
    expectFrame(wizard, size, [
      ...['❯ 1 Keep loading', '2 Stop, and keep what is loaded', '%'],
      // A chart is there whole or not at all.
      ...(size.rows < 24 ? [] : ['Documents a second']),
    ]);
    if (size.rows >= 24) expect(wizard.text()).toMatch(/ 0[┤┼]/);
  });

  it('Load: paused, with fewer senders, and its errors', async () => {
    const refusals = [
      { reason: 'failed to parse field [amount]', documents: 1200, example: 'txn_1' },
      { reason: 'the document is too large', documents: 1, example: 'txn_2' },
    ];
    const progress = { retried: 3, trouble: 'rejected execution of coordinating operation' };
    const wizard = start({ ...size, cluster: fakeCluster({ pauseMs: 60, refusals, progress }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('docs/s');
    await wizard.press('p');
    await wizard.until('Pausing');
    expectFrame(wizard, size, ['Pausing: 4 batches are on their way', 'p go on'], 0);
    await wizard.press('-');
    await wizard.until('of at most 7');
    expectFrame(wizard, size, ['At most 7 senders'], 0);
    await wizard.press('e');
    await wizard.until('Errors of this run');
    expectFrame(
      wizard,
      size,
      [
        ...[
          '1,200 documents refused: failed to parse field [amount]',
          '1 document refused: the document is too',
        ],
        ...['They are kept', 'runs/r1/', '3 times something was sent again', 'rejected execution'],
      ],
      0,
    );
    await wizard.press(KEYS.escape, 'p');
    await wizard.until(/All 9 checks passed/);
  });

  it('Load: a cluster that says nothing is told of, and after half a minute asked about', async () => {
    const cluster = fakeCluster({ pauseMs: 60, progress: { silentMs: 6000 } });
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('No answer');
    expectFrame(wizard, size, ['! No answer from the cluster for 6 s', 'Esc stop'], 0);
    Object.assign(cluster.progress ?? {}, {
      silentMs: 31_000,
      trouble: 'Nothing is listening on localhost:9200',
    });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      ...['✘ http://localhost:9200 has not answered for 31 s', 'Nothing is listening', '❯ 1 Keep waiting'],
      ...['2 Keep waiting, with fewer senders', '3 Stop, and keep what is loaded', '4 Show the details'],
    ]);
    await wizard.press('d');
    await wizard.until('A minute without an answer ends the load');
    await wizard.press(KEYS.escape, '2');
    await wizard.until('At most 3 senders');
    expectFrame(wizard, size, ['! No answer from the cluster for 31 s'], 0);
    Object.assign(cluster.progress ?? {}, { silentMs: 0 });
    await wizard.until(/All 9 checks passed/);
  });

  it('A load that breaks tells what is kept and how to go on', async () => {
    const error = new AppError('load-incomplete', {
      acknowledged: 108_576,
      planned: 271_402,
      index: INDEX,
      reason: 'the cluster stopped answering',
      resume: 'incident-demo run --resume r1',
    });
    const wizard = start({ ...size, cluster: fakeCluster({ breaks: { after: 100_000, error } }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      '✘ 108,576 of 271,402 documents',
      '❯ 1 Go on loading',
      '2 Back to Review',
      '3 Show',
    ]);
  });

  it('Check: each check, then the way on; a failed one is marked', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ failing: ['memory'] }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('1 of 9 checks failed');
    expectFrame(wizard, size, [
      '✔',
      '  Memory pressure',
      '✘ p95 rises in each step',
      '❯ Go on all the same',
      'Enter next',
      'Esc back',
    ]);
    await wizard.press(KEYS.up, KEYS.up);
    expectFrame(wizard, size, [
      '❯   ✘ p95 rises in each step',
      'Expected',
      'Found',
      '64',
      'Enter what can be done',
    ]);
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      ...[
        '✘ Memory pressure: p95 rises in each step',
        'Expected is 65, found is 64',
        '❯ 1 Ask every check again',
      ],
      ...['2 Show the query', '3 Copy the query as a curl', '4 Back to Review', '5 Show the details'],
    ]);
    await wizard.press('2');
    await wizard.until('GET ecommerce_performance_demo/_count');
    await wizard.press(KEYS.escape, 'c');
    await wizard.until('Copied: curl');
    await wizard.press(KEYS.escape);
    await wizard.until('❯   ✘ p95 rises');
  });

  it('Check: a question that is too long for its row is told below, and no number is cut', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press(...Array.from({ length: 6 }, () => KEYS.up));
    await wizard.until(/❯ +✔ How many hours/);
    expectFrame(wizard, size, []);
    expect(told(wizard)).toMatch(/each of the servers that were up in the week before the demo day\?/);
    expect(told(wizard)).toMatch(/Expected 65 Found 65 Asked in 12 ms/);
  });

  it('Next: the index pattern in the words of the menus, and every other advice', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    expectFrame(wizard, size, [
      ...[
        '271,402 documents',
        '❯ Finish',
        'Make the index pattern',
        'Stack Management',
        'Create Index Pattern',
      ],
      ...[`Enter pattern: ${INDEX}`, 'Select time field: @timestamp', 'Enter finish'],
    ]);
    await wizard.press('2');
    await wizard.until('Nov 24, 2026 @ 14:15:00.000');
    expectFrame(wizard, size, ['❯ 2 Show: Payment gateway timeout', 'Discover', 'Enter open']);
    await wizard.press('5');
    await wizard.until('runs/r1/');
    expectFrame(wizard, size, ['❯ 5 Read the investigation guide', 'the first symptom']);
    // Enter on a piece of advice shows all of it; it does not leave.
    await wizard.press(KEYS.enter);
    await wizard.until('Esc close');
    expectFrame(wizard, size, ['Read the investigation guide', 'Esc close', 'c copy'], 0);
    await wizard.press(KEYS.escape);
    expect(wizard.session.getSnapshot().ended).toBe(false);
  });

  it('Next: from the first advice to the last all can be seen while the line that finishes has the focus', async () => {
    // The longest list: a local node can be stopped as well.
    const wizard = start({ ...size, settings: { local: true } });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    const first = size.rows < 24 ? [] : ['1 Make the index pattern', '2 Show: Payment gateway timeout'];
    expectFrame(wizard, size, [
      ...[...first, '8 Stop the local OpenSearch', '9 Remove what this run made', '❯ Finish'],
      '5. Click Create Index Pattern',
    ]);
    await wizard.press('6');
    await wizard.until('❯ 6 Try an investigation');
    expectFrame(wizard, size, ['❯ 6 Try an investigation']);
    expect(wizard.text()).toMatch(/make\s+a procedure\s+\(SOP\)\s+of\s+it/);
  });

  it('Next: what the run made is removed after a second word, and loading begins at Review again', async () => {
    const cluster = fakeCluster();
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    await wizard.press(KEYS.up, KEYS.enter);
    await wizard.until(`Delete ${INDEX} with`);
    expectFrame(wizard, size, ['271,402 documents', '❯ 1 Keep it', '2 Delete it', 'Esc keep it']);
    await wizard.press(KEYS.enter);
    await wizard.until('❯ 8 Remove what this run made');
    expect(cluster.indexes.has(INDEX)).toBe(true);
    await wizard.press(KEYS.enter);
    await wizard.until('2 Delete it');
    await wizard.press('2');
    await wizard.until(`Removed ${INDEX} with 271,402 documents`);
    expect(cluster.indexes.has(INDEX)).toBe(false);
    expectFrame(wizard, size, ['1 Load the same data again', 'Finish', 'Esc back']);
    expect(wizard.text()).not.toContain('Remove what');
    await wizard.press(KEYS.escape);
    await wizard.until('It will be created');
  });

  it('Next: an index that another run has changed is kept, and the panel says why', async () => {
    const cluster = fakeCluster();
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await walk(wizard, ['Your demo is ready']);
    cluster.indexes.set(INDEX, indexState(INDEX, 5, false));
    await wizard.press(KEYS.up, KEYS.enter);
    await wizard.until('2 Delete it');
    await wizard.press('2');
    await wizard.until('What you can do now');
    expectFrame(wizard, size, ['✘', INDEX, '❯ 1 Try again', '2 Show the details', 'Esc back']);
    await wizard.press(KEYS.escape);
    await wizard.until('Your demo is ready');
  });

  it('Help explains the keys of the screen it was asked on', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.press('?');
    await wizard.until('Keys of this screen');
    expectFrame(wizard, size, ['Space', 'tick', 'Esc', 'Ctrl+C', 'Ctrl+Z', 'Ctrl+L'], 0);
    await wizard.press('?');
    await wizard.until('Which incidents');
  });
});

describe('a terminal that is too small', () => {
  it('says so, keeps the answers and comes back', async () => {
    const wizard = start({ columns: 80, rows: 24 });
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.press(' ');
    await wizard.resize(52, 18);
    await wizard.until('Needs 60x20, this is 52x18');
    await wizard.resize(80, 24);
    await wizard.until('[ ] Payment gateway timeout');
    expectFrame(wizard, { columns: 80, rows: 24 }, ['Memory pressure']);
  });
});

describe('Shift+Tab', () => {
  it('goes up, and from the first item back', async () => {
    const wizard = start({});
    await wizard.until(TO.connect);
    await walk(wizard, [TO.scenario]);
    await wizard.until('14:25-14:35');
    await wizard.press(KEYS.down, KEYS.shiftTab);
    await wizard.until('❯ [✔] Payment');
    await wizard.press(KEYS.shiftTab);
    await wizard.until('Where is your OpenSearch?');
  });
});

describe('copying', () => {
  it('hands over the text and says so in one row', async () => {
    const wizard = start({ cluster: fakeCluster({ url: 'http://localhost:9999' }) });
    await wizard.until('What you can do now');
    await wizard.press('c');
    await wizard.until('Copied: docker run');
    expect(wizard.copied[0]).toMatch(/^docker run .*opensearch/);
    await wizard.press('d');
    await wizard.until('Details');
    await wizard.press('c');
    await wizard.until('Copied: Code: connection-refused');
    expect(wizard.copied[1]).toContain('\n');
    expect(wizard.lines().length).toBe(23);
  });
});

describe('a password', () => {
  it('is never drawn unless it is asked for', async () => {
    const wizard = start({ settings: { username: 'admin' }, password: 'sesame' });
    await wizard.until(TO.connect);
    expect(wizard.text()).not.toContain('sesame');
    expect(wizard.text()).toContain('******');
    await wizard.press(KEYS.tab, KEYS.tab);
    await wizard.until('Ctrl+T show it');
    await wizard.press(KEYS.ctrlT);
    await wizard.until('sesame');
  });
});
