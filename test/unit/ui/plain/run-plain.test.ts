// The plain front, with answers given by a script in place of a person.
import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, type ErrorCode } from '../../../../src/errors/app-error.ts';
import type { PromptChoice, Prompter } from '../../../../src/ui/plain/prompter.ts';
import { promptThrough } from '../../../../src/ui/plain/run-plain.ts';
import {
  connectionRecoveries,
  indexRecoveries,
  nodeRecoveries,
  type Recovery,
  runRecoveries,
  silentRecoveries,
} from '../../../../src/wizard/recovery.ts';
import type { OpenRun } from '../../../../src/wizard/services.ts';
import { createSession } from '../../../../src/wizard/session.ts';
import { fakeServices } from '../../../helpers/fake-services.ts';
import {
  type FakeCluster,
  fakeCluster,
  GUIDE,
  indexState,
  LIVE_KEY,
  openRun,
  wizardSettings,
} from '../../../helpers/fake-world.ts';

const INDEX = 'ecommerce_performance_demo';

interface Script {
  readonly prompter: Prompter;
  /** All that was said and asked. */
  readonly heard: string[];
}

/** Answers each question with the first choice that begins with the next line of the script. */
function scripted(answers: readonly string[]): Script {
  const left = [...answers];
  const heard: string[] = [];
  const next = (question: string): string => {
    heard.push(`? ${question}`);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`no answer to "${question}":\n${heard.join('\n')}`);
    return answer;
  };
  const pick = <T>(question: string, choices: readonly PromptChoice<T>[]): T => {
    const names = choices.map(({ name }) => name);
    const answer = next(`${question} [${names.join(' | ')}]`);
    // Every list has a way back, or out of the first question.
    expect(
      names.some((name) => /^(Back|Exit|Keep it|Start a new run)/.test(name)),
      question,
    ).toBe(true);
    const choice =
      choices.find(({ name }) => name === answer) ?? choices.find(({ name }) => name.startsWith(answer));
    if (!choice) throw new Error(`"${answer}" is not offered:\n${heard.join('\n')}`);
    return choice.value;
  };
  const prompter: Prompter = {
    say: (sentence) => void heard.push(sentence),
    show: (line) => void heard.push(line),
    choose: async (question, choices) => pick(question, choices),
    checkbox: async (question, choices) => {
      const wanted = next(question).split(',');
      return choices
        .filter(({ name }) => wanted.some((each) => name.startsWith(each)))
        .map(({ value }) => value);
    },
    text: async ({ message, validate }) => {
      const answer = next(message);
      const verdict = validate?.(answer) ?? true;
      if (verdict === true) return answer;
      heard.push(verdict);
      return next(message);
    },
    secret: async (message) => next(message),
  };
  return { prompter, heard };
}

async function walk(
  answers: readonly string[],
  cluster: FakeCluster = fakeCluster(),
  unfinished: readonly OpenRun[] = [],
) {
  const session = createSession({
    services: fakeServices(cluster),
    settings: wizardSettings(),
    password: undefined,
    random: 0,
    unfinished,
  });
  const { prompter, heard } = scripted(answers);
  const exit = await promptThrough(session, prompter);
  return { exit, heard: heard.join('\n'), cluster, session };
}

/** What a panel offers in a list of the plain front. */
const offered = (recoveries: readonly Recovery[]) =>
  `[${[...recoveries.map(({ label, hint }) => (hint === '' ? label : `${label} (${hint})`)), 'Back'].join(' | ')}]`;

describe('every panel, in the plain front', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])('offers the same as the wizard: %s', async (code) => {
    const error = new AppError(code, { address: 'localhost:9200', otherUrl: 'https://localhost:9200' });
    const cluster = fakeCluster({ error });
    const { heard } = await walk(['Show the details', 'Back', 'Exit'], cluster);
    expect(heard).toContain(`✘ ${error.explain().sentence}`);
    expect(heard).toContain(`? What do you want to do? ${offered(connectionRecoveries(error, cluster.url))}`);
    expect(heard).toContain(`Code: ${code}`);
  });

  it('a sign-in with a bearer token, where no user name is given', async () => {
    const { heard, session } = await walk(['Sign in', '', 'eyJ.abc', 'Exit']);
    expect(heard).toContain('? User name (leave it empty for a bearer token)\n? Bearer token');
    expect(session.getSnapshot().answers).toMatchObject({ token: 'eyJ.abc', password: undefined });
  });

  it('a local node that does not start', async () => {
    const nodeError = new AppError('node-failed', { reason: 'no room', log: '', docker: 'docker run' });
    const cluster = fakeCluster({ url: 'http://localhost:9201', nodeError });
    const { heard } = await walk(['Start a local OpenSearch', 'Copy a docker', 'Back', 'Exit'], cluster);
    expect(heard).toContain(`? What do you want to do? ${offered(nodeRecoveries(nodeError))}`);
    expect(heard).toMatch(/^docker run /m);
  });

  it('an index that cannot be looked at', async () => {
    const indexError = new AppError('port-silent', { address: 'localhost:9200', seconds: 10 });
    const { heard } = await walk(
      ['Continue', 'Continue', 'Continue', 'Check the index again', 'Back', 'Back', 'Back', 'Exit'],
      fakeCluster({ indexError }),
    );
    expect(heard).toContain(`? What do you want to do? ${offered(indexRecoveries(indexError))}`);
  });

  it.each(['load-incomplete', 'writes-blocked', 'too-little-room', 'index-exists'] as const)(
    'a run that ends with %s',
    async (code) => {
      const breaks = { after: 50_000, error: new AppError(code, { index: INDEX }) };
      const { heard } = await walk(
        [...['Continue', 'Continue', 'Continue', 'Load', 'Back', 'Back', 'Back', 'Back', 'Exit']],
        fakeCluster({ breaks }),
      );
      expect(heard).toContain(`? What do you want to do? ${offered(runRecoveries(code, 54_000))}`);
    },
  );

  it('a cluster that says nothing while it loads', async () => {
    const cluster = fakeCluster({ progress: { silentMs: 31_000, trouble: 'no answer in time' } });
    const { heard } = await walk(
      [
        'Continue',
        'Continue',
        'Continue',
        'Load',
        'Stop and',
        'Back',
        'Back',
        'Back',
        'Back',
        'Back',
        'Exit',
      ],
      cluster,
    );
    expect(heard).toContain('has not responded for 31 s');
    expect(heard).toContain(`? What do you want to do? ${offered(silentRecoveries())}`);
  });

  it('a check that failed', async () => {
    const { heard } = await walk(
      [
        ...['Continue', 'Continue', 'Continue', 'Load', 'Show fixes for: Database'],
        ...['Show the query', 'Back', 'Show the query of a check', 'Back', 'Continue', 'Finish'],
      ],
      fakeCluster({ failing: ['database-pool-exhaustion/pool'] }),
    );
    expect(heard).toContain('1 of 9 checks failed; 65 documents, none missing');
    expect(heard).toContain('  ✘ Database connection pool exhaustion: 1 of 1 check failed');
    expect(heard).toContain('    ✘ the pool is full: expected 65, found 64');
    expect(heard).toContain('  ✔ Memory pressure: 1 check passed');
    expect(heard.indexOf('✘ Database')).toBeLessThan(heard.indexOf('✔ Memory pressure'));
    expect(heard).toContain('Run all checks again | Show the query for Dev Tools | Copy the query as a curl');
    expect(heard).toContain(`GET ${INDEX}/_count`);
    // Asked again, a question does not tell every group once more.
    expect(heard.split('✔ Memory pressure: 1 check').length - 1).toBe(1);
  });

  it('what the run made is removed after a second word', async () => {
    const { heard, cluster } = await walk([
      ...['Continue', 'Continue', 'Continue', 'Load', 'Continue'],
      ...['Delete the index of this run', 'Keep', 'Delete the index of this run', 'Delete', 'Finish'],
    ]);
    expect(heard).toContain(`Delete ${INDEX} with 271,402 documents at http://localhost:9200?`);
    expect(heard).toContain(`Deleted ${INDEX} with 271,402 documents`);
    expect(cluster.indexes.size).toBe(0);
  });
});

describe('the plain front', () => {
  it('leads from the first question to a demo that is ready', async () => {
    const { exit, heard } = await walk(['Continue', 'Continue', 'Continue', 'Load', 'Continue', 'Finish']);
    expect(exit).toBe(0);
    expect(heard).toContain('Nothing is written until you confirm');
    expect(heard).toMatch(/Traffic \d+ to \d+ transactions per second, highest on/);
    expect(heard).toContain('All 9 checks passed; 65 documents, none missing');
    expect(heard).toContain('  ✔ Memory pressure: 1 check passed');
    expect(heard).toContain('Your demo is ready');
    expect(heard).toContain(`Investigation guide: ${GUIDE}`);
  });

  it('goes live, starts an incident, ends it, and says what was started', async () => {
    const cluster = fakeCluster({ liveMinutes: 10_000, liveGapMs: 3_600_000 });
    const { heard, exit } = await walk(
      [
        ...['Continue', 'Continue', 'Continue', 'Load', 'Continue', 'Go live', 'Leave a gap'],
        'Change the severity',
        ...[
          'Change the duration',
          '12',
          'List the presets',
          'Start: Memory pressure',
          "Read the presenter's notes",
          'End: Memory pressure',
          'Back',
        ],
        'Finish',
      ],
      cluster,
    );
    expect(exit).toBe(0);
    expect(heard).toMatch(/p95 0\.4 s, 1\.2 % errors; Normal operation; no incident started yet/);
    expect(heard).toMatch(/The index ends .*, 1 h ago\./);
    expect(heard).toContain('Start: Memory pressure (minor, 12 min)');
    expect(heard).toMatch(/Memory pressure \(minor\) since \d\d:\d\d/);
    expect(heard).toContain('Codes: MEMORY_EXHAUSTED');
    expect(heard).toMatch(/Recovering from Memory pressure until|Normal operation since/);
    expect(heard).toContain('Live: 240 documents added to');
    expect(heard).toContain(`Answer key: ${LIVE_KEY}`);
  });

  it('shows the checks of a group', async () => {
    const { heard } = await walk([
      ...['Continue', 'Continue', 'Continue', 'Load', 'Show the checks of a group', 'Memory pressure'],
      ...['Continue', 'Finish'],
    ]);
    expect(heard).toContain('    ✔ p95 rises in each step: expected 65, found 65');
  });

  it('shows where the investigation guide is', async () => {
    const { heard } = await walk([
      ...['Continue', 'Continue', 'Continue', 'Load', 'Continue'],
      ...['Read the investigation guide', 'Finish'],
    ]);
    expect(heard.match(new RegExp(`^${GUIDE}$`, 'm'))).not.toBeNull();
  });

  it('offers a way back at each step, and keeps the answers', async () => {
    const { heard } = await walk([
      ...['Continue', 'Choose', 'Memory', 'Continue', 'Days', '3', 'Back', 'Back'],
      ...[
        'Continue',
        'Continue with 1 incident',
        'Days of data: 3 days',
        '4',
        'Continue',
        'Back',
        'Back',
        'Back',
        'Exit',
      ],
    ]);
    expect(heard).toContain('Days of data: 4 days');
    expect(heard).toContain('Nothing was written');
  });

  it('adds a preset from its file, and says why one cannot be read', async () => {
    const { heard } = await walk([
      ...['Continue', 'Add your own', './not-there.json', 'Add your own', 'presets/memory-pressure.json'],
      ...['Back', 'Exit'],
    ]);
    expect(heard).toContain('not-there.json cannot be read: it does not exist');
    expect(heard).toContain('Added: Memory pressure');
  });

  it('asks what becomes of a run that did not end, and goes on with it', async () => {
    const cluster = fakeCluster({ indexes: new Map([[INDEX, indexState(INDEX, 5)]]) });
    const { exit, heard } = await walk(['Show', 'Resume loading', 'Continue', 'Finish'], cluster, [
      openRun(),
    ]);
    expect(exit).toBe(0);
    expect(heard).toContain('! A load did not finish');
    expect(heard).toMatch(/In the index +5 documents/);
    expect(heard).toContain('incident-demo run --resume r1');
  });

  it('removes what it loaded after a second word', async () => {
    const cluster = fakeCluster({ indexes: new Map([[INDEX, indexState(INDEX, 5)]]) });
    const { heard } = await walk(['Delete its', 'Keep', 'Delete its', 'Delete', 'Exit'], cluster, [
      openRun(),
    ]);
    expect(heard).toContain(`Delete ${INDEX} with 5 documents at http://localhost:9200?`);
    expect(cluster.indexes.size).toBe(0);
  });

  it('says why a number is refused and asks again', async () => {
    const { heard } = await walk([
      'Continue',
      'Continue',
      'Days',
      '200',
      '9',
      'Continue',
      'Back',
      'Back',
      'Back',
      'Exit',
    ]);
    expect(heard).toContain('200 is too large (maximum 90)');
    expect(heard).toContain('Days of data: 9 days');
  });

  it('starts a local OpenSearch when nothing answers', async () => {
    const cluster = fakeCluster({ url: 'http://localhost:9201' });
    const { heard, session } = await walk(['Start a local OpenSearch', 'Continue', 'Back', 'Exit'], cluster);
    expect(heard).toContain('Nothing is listening on localhost:9200');
    expect(heard).toContain('Downloading OpenSearch');
    expect(session.getSnapshot().answers.settings).toMatchObject({
      url: 'http://localhost:9201',
      local: true,
    });
  });

  it('meets an index that exists, and deletes it only when its name is typed', async () => {
    const cluster = fakeCluster({ indexes: new Map([[INDEX, indexState(INDEX, 5, false)]]) });
    const { exit, heard } = await walk(
      [
        ...['Continue', 'Continue', 'Continue', 'Delete it', 'something else', 'Delete it', INDEX],
        ...['Load', 'Continue', 'Finish'],
      ],
      cluster,
    );
    expect(exit).toBe(0);
    expect(heard).toContain('not created by this tool');
    expect(heard).toContain('The name does not match; nothing will be deleted');
    expect(heard).toContain('IT WILL BE DELETED');
  });

  it('ends with 5 when a check fails, and names it', async () => {
    const { exit, heard } = await walk(
      ['Continue', 'Continue', 'Continue', 'Load', 'Continue', 'Finish'],
      fakeCluster({ failing: ['database-pool-exhaustion/pool'] }),
    );
    expect(exit).toBe(5);
    expect(heard).toContain('1 of 9 checks failed: database-pool-exhaustion/pool');
  });
});

it('the plain front installs the dashboards, and shows their links', async () => {
  const url = 'http://localhost:5601';
  const all = { incident: null, title: 'All of the data', url: `${url}/app/dashboards#/view/all` };
  const payment = { incident: 'inc-1', title: 'P', url: `${url}/app/dashboards#/view/p`, preset: 'p' };
  const opened: string[] = [];
  const { heard, exit } = await walk(
    [
      ...['Continue', 'Continue', 'Continue', 'Mark the incidents', 'Load', 'Continue'],
      ...['Install the dashboards', 'Open the dashboard: Payment', 'Present: Payment', 'Finish'],
    ],
    fakeCluster({ dashboards: { url, links: [all, payment] }, opened }),
  );
  expect(exit).toBe(0);
  expect(heard).toContain('--mark-incidents');
  expect(opened).toEqual([payment.url]);
  expect(heard).toContain('Opened in your browser');
  expect(heard.split('\n')).toContain(payment.url);
  // The summary has the table and every link.
  expect(heard).toMatch(/^ {2}Payment gateway timeout +Tue 24 Nov 14:25-14:35 +29.7 % +30 s +0.5 s$/m);
  expect(heard).toContain(`    ${payment.url}`);
  expect(heard).toContain(`  All of the data: ${all.url}`);
});

it('the plain front offers a Dashboards that answers, before the load', async () => {
  const url = 'http://localhost:5601';
  const { heard, session } = await walk(
    [
      ...['Continue', 'Continue', 'Continue', `Install the dashboards at ${url}`],
      ...['Do not install', `Install the dashboards at ${url}`, 'Load', 'Continue', 'Finish'],
    ],
    fakeCluster({ dashboards: { url } }),
  );
  expect(heard).toContain(`--dashboards ${url}`);
  expect(session.getSnapshot().answers.settings.dashboards).toBe(url);
});
