// Review at three sizes: the summary, and an index that exists.
import { describe, expect, it } from 'vitest';
import { fakeCluster, INDEX, indexState } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { expectHints, start, taken, told, toReview } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Review at $columns x $rows', (size) => {
  it('what, where, when, and the command', async () => {
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

  it('m marks the incidents in an index of their own, and takes it back', async () => {
    const wizard = start(size);
    await toReview(wizard);
    expect(wizard.text()).not.toContain('--mark-incidents');
    await wizard.press('m');
    await wizard.until('--mark-incidents');
    expect(wizard.text().replace(/\s+/g, '')).toContain(`${INDEX}-incidents:itnameseachincident`);
    expectFrame(wizard, size, ['--mark-incidents', 'Enter load now'], 0);
    await wizard.press('m');
    await wizard.until(/^(?![\s\S]*--mark-incidents)/);
    expect(wizard.session.getSnapshot().answers.settings.markIncidents).toBe(false);
  });

  it('lists every value that is not the default; r goes back to the defaults', async () => {
    const settings = {
      ...{ days: 3, baseTps: 40, sample: 10, labelDocuments: true },
      errorRateNormal: { min: 0, max: 1 },
    };
    const wizard = start({ ...size, settings });
    await toReview(wizard);
    expect(told(wizard)).toContain(
      'Changed: Days of data 3 days; Base traffic 40 /s; Errors, normal 0-1 %; Keep one session in 10; Label documents',
    );
    // In a narrow window the key stands in the help.
    const hint = size.columns > 60 ? ['r use defaults'] : [];
    expectFrame(wizard, size, ['Enter load now', ...hint], 0);
    await wizard.press('r');
    await wizard.until(/^(?![\s\S]*Changed:)/);
    expect(wizard.text()).toContain('All parameters are back at their defaults');
    expect(wizard.text()).not.toContain('--days');
    expect(wizard.text()).not.toContain('r use defaults');
  });

  it('offers a Dashboards that answers here; d installs the dashboards there, and takes it back', async () => {
    const url = 'http://localhost:5601';
    const wizard = start({ ...size, cluster: fakeCluster({ dashboards: { url } }) });
    await toReview(wizard);
    await wizard.until(/Dashboards\s+answers\s+at\s+http:\/\/localhost:5601/);
    expectFrame(wizard, size, ['Enter load now'], 0);
    expect(wizard.text()).not.toContain('--dashboards');
    await wizard.press('d');
    await wizard.until('--dashboards');
    expect(told(wizard)).toContain(`Its dashboards are installed at ${url}`);
    expectFrame(wizard, size, ['Enter load now'], 0);
    await wizard.press('d');
    await wizard.until(/^(?![\s\S]*--dashboards)/);
  });

  it('leaves a Dashboards alone that was given', async () => {
    const cluster = fakeCluster({ dashboards: { url: 'http://localhost:5601' } });
    const wizard = start({ ...size, cluster, settings: { dashboards: 'https://dash.example:5601' } });
    await toReview(wizard);
    expect(told(wizard)).toContain('installed at https://dash.example:5601');
    await wizard.press('d');
    expect(wizard.session.getSnapshot().answers.settings.dashboards).toBe('https://dash.example:5601');
  });

  it.each([true, false])('The index exists (made by this tool: %s)', async (ours) => {
    const wizard = start({ ...size, cluster: taken(ours) });
    await toReview(wizard);
    expectFrame(wizard, size, [
      ...[`! Index ${INDEX} already exists`, '270,123 documents', 'So far nothing has been written'],
      ...[ours ? 'created by this tool' : 'not created by this tool', `❯ 1 Load into ${INDEX}_2`],
      ...['2 Choose another name', '3 Add to it', '4 Delete it and load again'],
      ...(ours ? ['5 Only run the checks'] : []),
    ]);
    await expectHints(wizard, size, [
      `1 Load into ${INDEX}_2 (keeps this index unchanged)`,
      '2 Choose another name',
      '3 Add to it (the index then holds both data sets)',
      '4 Delete it and load again (you confirm by typing its name)',
      ...(ours ? ['5 Only run the checks (loads nothing)'] : []),
    ]);
  });

  it('The index exists: the question tells in full what has been written', async () => {
    const wizard = start(size);
    await toReview(wizard);
    await wizard.press(KEYS.enter);
    await wizard.until('All 9 checks passed');
    await wizard.press(KEYS.escape);
    await wizard.until('All documents loaded');
    await wizard.press(KEYS.escape);
    await wizard.until('already exists');
    expectFrame(wizard, size, []);
    expect(told(wizard)).toContain(
      `What do you want to do? So far 271,402 documents were loaded into ${INDEX}. `,
    );
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
      ...['different data from the plan: 7 days, 1 in', 'seed 99', 'its mapping differs, so nothing'],
      ...['amount is', '3 Delete it and load again', '4 Only run the checks'],
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
      ...['❯ 1 Choose another name', 'use the same one for every part'],
      ...['2 Add to it', '3 Only run the checks'],
    ]);
    for (const missing of ['afresh', 'Load into']) expect(wizard.text()).not.toContain(missing);
  });

  it('Replace asks for the name', async () => {
    const wizard = start({ ...size, cluster: taken(true) });
    await toReview(wizard);
    await wizard.press('4');
    await wizard.until(`Type ${INDEX} to confirm.`);
    expectFrame(wizard, size, [`Delete ${INDEX} with 270,123 documents?`, 'Esc back']);
  });
});
