// Load at three sizes: progress, pause, silence, and a load that breaks.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/errors/app-error.ts';
import { fakeCluster, INDEX } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, toReview } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Load at $columns x $rows', (size) => {
  it('the bar, the counts and that it is safe to stop', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ pauseMs: 60 }) });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('docs/s');
    expectFrame(
      wizard,
      size,
      [
        ...['Loading into', '█', '%', 'documents indexed', 'bulk requests OK', 'Safe to stop'],
        ...['p pause', 'e errors', 'l log', 'Esc stop'],
      ],
      0,
    );
    await wizard.press(KEYS.escape);
    await wizard.until('Stop loading?');
    expectFrame(wizard, size, [
      ...['❯ 1 Keep loading', '2 Stop and keep what is loaded', '%'],
      // A chart is there whole or not at all.
      ...(size.rows < 24 ? [] : [size.rows < 40 ? 'docs/s  ' : 'Documents per second', '  4 s  ', '  10 s']),
    ]);
    if (size.rows >= 24) expect(wizard.text()).toMatch(/ 0[┤┼]/);
  });

  it('paused, with fewer senders, and its errors', async () => {
    const refusals = [
      { reason: 'failed to parse field [amount]', documents: 1200, example: 'txn_1' },
      { reason: 'the document is too large', documents: 1, example: 'txn_2' },
    ];
    const progress = { retried: 3, trouble: 'rejected execution of coordinating operation' };
    const cluster = fakeCluster({ pauseMs: 60, refusals, progress });
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('docs/s');
    await wizard.press('p');
    await wizard.until('Pausing');
    expectFrame(wizard, size, ['Pausing: 4 bulk requests in flight', 'p resume'], 0);
    await wizard.press('-');
    await wizard.until('of at most 7');
    expectFrame(wizard, size, ['At most 7 workers'], 0);
    await wizard.press('e');
    await wizard.until('Run errors');
    expectFrame(
      wizard,
      size,
      [
        ...[
          '1,200 documents rejected: failed to parse field [amount]',
          '1 document rejected: the document is too',
        ],
        ...['They are saved', 'runs/r1/', '3 retries', 'rejected execution'],
      ],
      0,
    );
    cluster.pauseMs = 0;
    await wizard.press(KEYS.escape, 'p');
    await wizard.until(/All 9 checks passed/);
  });

  it('a cluster that says nothing is told of, and after half a minute asked about', async () => {
    const cluster = fakeCluster({ pauseMs: 60, progress: { silentMs: 6000 } });
    const wizard = start({ ...size, cluster });
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('No response');
    expectFrame(wizard, size, ['! No response from the cluster for 6 s', 'Esc stop'], 0);
    Object.assign(cluster.progress ?? {}, {
      silentMs: 31_000,
      trouble: 'Nothing is listening on localhost:9200',
    });
    await wizard.until('What you can do now');
    expectFrame(wizard, size, [
      ...['✘ http://localhost:9200 has not responded for 31 s', 'Nothing is listening', '❯ 1 Keep waiting'],
      ...['2 Keep waiting with fewer workers', '3 Stop and keep what is loaded', '4 Show the details'],
    ]);
    await wizard.press('d');
    await wizard.until('After a minute without a response the load stops');
    await wizard.press(KEYS.escape, '2');
    await wizard.until('At most 3 workers');
    expectFrame(wizard, size, ['! No response from the cluster for 31 s'], 0);
    Object.assign(cluster.progress ?? {}, { silentMs: 0 });
    cluster.pauseMs = 0;
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
      '❯ 1 Resume loading',
      '2 Back to Review',
      '3 Show',
    ]);
  });
});
