// Connect at three sizes: the form, the ladder, certificates, and the panel when nothing answers.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../src/errors/app-error.ts';
import { fakeCluster } from '../../../helpers/fake-world.ts';
import { expectFrame, SIZES } from '../../../helpers/ink-frames.ts';
import { KEYS } from '../../../helpers/ink-keys.ts';
import { start, TO, walk } from '../../../helpers/ink-steps.ts';

describe.each(SIZES)('Connect at $columns x $rows', (size) => {
  it('the form and the whole ladder', async () => {
    const wizard = start(size);
    await wizard.until(TO.connect);
    expectFrame(wizard, size, [
      ...[
        'Address',
        'User name',
        'Password',
        'http://localhost:9200',
        'Nothing is written until you confirm',
      ],
      ...['DNS', 'port', 'TLS', 'trust', 'auth', 'product', 'permissions', 'disk', 'Enter continue'],
    ]);
  });

  it('over https: the fields about the certificate', async () => {
    const wizard = start({ ...size, settings: { url: 'https://localhost:9200' } });
    await wizard.until('What you can do now');
    await wizard.press('2');
    await wizard.until('CA file');
    expectFrame(wizard, size, ['Address', 'CA file', 'Certificate', 'verified', 'disk']);
  });

  it('other kinds of sign-in take the place of user name and password, a token hidden', async () => {
    const wizard = start({ ...size, settings: { url: 'https://localhost:9200' } });
    await wizard.until('What you can do now');
    await wizard.press('2', KEYS.ctrlO);
    await wizard.until('❯ Token');
    await wizard.press(...'eyJ.abc');
    await wizard.until('*******');
    expect(wizard.text()).not.toContain('eyJ');
    expectFrame(wizard, size, ['Address', 'Token', 'CA file', 'Ctrl+T reveal', 'disk']);
    expect(wizard.text()).not.toContain('Password');
    await wizard.press(KEYS.ctrlO);
    await wizard.until('❯ Client cert');
    expectFrame(wizard, size, [
      ...['Address', 'Client key   in the same file', 'Passphrase   none', 'CA file', 'disk'],
    ]);
    await wizard.press(KEYS.ctrlO);
    await wizard.until('❯ User name');
  });

  it('the caret stays behind an address that a local node sets', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ url: 'http://localhost:9200' }) });
    await wizard.until(TO.connect);
    await wizard.press(KEYS.ctrlU, ...'host:9');
    await wizard.until('host:9▏');
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    await wizard.press('1');
    await wizard.until('http://localhost:9200▏');
  });

  it('what is waited for, and that it can be stopped', async () => {
    const wizard = start({ ...size, cluster: fakeCluster({ stuck: 'port' }) });
    await wizard.until('Connecting: port');
    expectFrame(wizard, size, ['… port', 'Esc cancel', '✔ DNS']);
    await wizard.press(KEYS.escape);
    await wizard.until('Not checked yet; press Enter to connect');
    expectFrame(wizard, size, ['· DNS', 'Enter connect']);
    await wizard.press(KEYS.enter);
    await wizard.until(/Connecting: port …; continues as soon/);
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
    await wizard.until('Reachable; press Enter to sign in');
    await wizard.press(KEYS.enter);
    await wizard.until('What you can do now');
    await wizard.press('1', KEYS.tab);
    await wizard.until('❯ Password');
    expectFrame(wizard, size, ['Enter show fixes', 'Tab ↑↓ move', 'Ctrl+T reveal', 'Ctrl+C quit']);
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
      ...['❯ 1 Trust this one certificate', '2 Trust the CA that signed it', '5 Show the details'],
      ...['3 Skip the certificate check', '4 Change the address', 'trust'],
    ]);
    expect(wizard.text().replace(/[\s]/g, '')).toContain(fingerprint);
    await wizard.press('1');
    await wizard.until('only SHA-256 A0:A1');
    expect(wizard.session.getSnapshot().answers.settings.fingerprint).toBe(fingerprint);
    expectFrame(wizard, size, ['Certificate  only SHA-256 A0:A1', 'Address', 'CA file']);
  });

  it('A certificate that is not checked is said aloud', async () => {
    const url = 'https://search.example:9200';
    const wizard = start({ ...size, cluster: fakeCluster({ url }), settings: { url, insecure: true } });
    await wizard.until('! The certificate is not verified');
    expectFrame(wizard, size, ['not verified (this run only)']);
    await walk(wizard, [TO.scenario, TO.tune]);
    await wizard.until('documents ·');
    await wizard.press(KEYS.enter);
    await wizard.until(TO.review);
    expectFrame(wizard, size, ['! The certificate is not verified', 'not verified', '--insecure'], 0);
  });
});

describe('a password', () => {
  it('is never drawn unless it is asked for', async () => {
    const wizard = start({ settings: { username: 'admin' }, password: 'sesame' });
    await wizard.until('Reachable; press Enter to sign in');
    expect(wizard.text()).not.toContain('sesame');
    expect(wizard.text()).toContain('******');
    await wizard.press(KEYS.tab, KEYS.tab);
    await wizard.until('Ctrl+T reveal');
    await wizard.press(KEYS.ctrlT);
    await wizard.until('sesame');
  });
});
