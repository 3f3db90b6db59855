// A changed address, and the speed of a cluster.
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { wizardConnection } from '../../../src/wizard/answers.ts';
import type { Intent, WizardEvent } from '../../../src/wizard/events.ts';
import { speedHere } from '../../../src/wizard/state.ts';
import { play, ROADS, type Step } from '../../helpers/wizard-history.ts';

describe('a changed answer', () => {
  const finished = ROADS.finished;
  const back = (times: number): Intent[] => Array.from({ length: times }, () => ({ type: 'back' }));

  it('about the address forgets the index and the run, and keeps the data', () => {
    const { end } = play([...finished, ...back(5), { type: 'address', text: 'localhost:9201' }]);
    expect(end.indexStatus).toEqual({ state: 'unknown' });
    expect(end.run).toBeUndefined();
    expect(end.answers.settings.url).toBe('http://localhost:9201');
    expect(end.forecast.state).toBe('ready');
  });
});

describe('a sign-in', () => {
  const REMOTE = 'https://search.example:9200';
  const there: readonly WizardEvent[] = [{ type: 'address', text: REMOTE }, { type: 'climbed' }];
  const user: readonly WizardEvent[] = [
    { type: 'username', text: 'anna' },
    { type: 'password', text: 'sesame' },
  ];
  const climbs = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) => effects.filter((effect) => effect.type === 'climb'));

  it('happens on Enter only: typing asks nothing of another machine', () => {
    const { end, steps } = play([...there, ...user]);
    expect(climbs(steps)).toEqual([]);
    expect(end.connection.state).toBe('idle');
    const entered = play([...there, ...user, { type: 'forward' }]);
    expect(climbs(entered.steps)).toMatchObject([
      { signIn: true, connection: { url: REMOTE, username: 'anna', password: 'sesame' } },
    ]);
  });

  it('does not go along while an address of this machine is tried', () => {
    const { end, steps } = play([...user, { type: 'address', text: 'http://localhost:9200/' }]);
    expect(climbs(steps)).toMatchObject([{ signIn: false }]);
    expect(end.answers.password).toBe('sesame');
    const reached = play([...user, { type: 'address', text: 'http://localhost:9200/' }, { type: 'climbed' }]);
    expect(reached.end.connection.state).toBe('idle');
  });

  it.each([
    ['host', 'http://127.0.0.1:9200'],
    ['port', 'http://localhost:9201'],
    ['scheme', 'https://localhost:9200'],
    ['second node', 'http://localhost:9200,http://localhost:9201'],
  ])('is dropped when the %s changes, with what was trusted there', (_, text) => {
    const { end } = play([...user, { type: 'insecure', on: true }, { type: 'address', text }]);
    expect(end.answers.password).toBeUndefined();
    expect(end.answers.settings).toMatchObject({ username: 'anna', insecure: false, allowHttp: false });
    expect(end.notice).toContain('the password was cleared');
    expect(wizardConnection(end.answers).password).toBeUndefined();
  });

  it('asks for the password after the user name', () => {
    const { end } = play([
      { type: 'field', field: 'username' },
      { type: 'username', text: 'anna' },
      { type: 'forward' },
    ]);
    expect(end.step).toMatchObject({ name: 'connect', field: 'password' });
    expect(end.connection.state).toBe('idle');
  });

  it('with a bearer token takes the place of a user, is sent on Enter only and dropped with the address', () => {
    const typing: readonly WizardEvent[] = [
      ...[...there, ...user],
      { type: 'sign-in-kind' },
      { type: 'token', text: 'e' },
      { type: 'token', text: ' Bearer eyJ.a-b_c\n' },
    ];
    const { end, steps } = play(typing);
    expect(end.step).toMatchObject({ name: 'connect', field: 'token' });
    expect(climbs(steps)).toEqual([]);
    expect(end.answers.password).toBeUndefined();
    expect(end.answers.settings.username).toBeUndefined();
    const [climb] = climbs(play([...typing, { type: 'forward' }]).steps);
    expect(climb).toMatchObject({ signIn: true, connection: { url: REMOTE, token: 'eyJ.a-b_c' } });
    const moved = play([...typing, { type: 'address', text: 'https://search.example:9201' }]).end;
    expect(wizardConnection(moved.answers).token).toBeUndefined();
    expect(moved.notice).toContain('the token was cleared');
    const named = play([...typing, { type: 'username', text: 'anna' }]).end;
    expect(named.answers.token).toBeUndefined();
  });

  it('with a text that is no token stays where it is, and says why without repeating it', () => {
    const typing: readonly WizardEvent[] = [...there, { type: 'token', text: 'my secret words' }];
    const { end, steps } = play([...typing, { type: 'forward' }]);
    expect(climbs(steps)).toEqual([]);
    expect(end.connection).toMatchObject({ state: 'unreadable', error: { code: 'parameter' } });
    expect(JSON.stringify(end.connection)).not.toContain('secret words');
    expect(play([...typing, { type: 'token', text: '' }]).end.connection.state).toBe('idle');
  });

  it('with a client certificate sends nothing before Enter; it is offered over https only', () => {
    const kinds = (address: string) => {
      const shown = (times: number) =>
        play([
          { type: 'address', text: address },
          ...Array.from({ length: times }, () => ({ type: 'sign-in-kind' }) as const),
        ]).end.step;
      return [1, 2, 3].map((times) => {
        const step = shown(times);
        return step.name === 'connect' ? step.field : step.name;
      });
    };
    expect(kinds(REMOTE)).toEqual(['token', 'clientCert', 'username']);
    expect(kinds('http://search.example:9200')).toEqual(['token', 'username', 'token']);
    const typing: readonly WizardEvent[] = [
      ...there,
      { type: 'client-cert', text: 'cert.pem' },
      { type: 'client-key', text: 'key.pem' },
      { type: 'key-passphrase', text: 'sesame' },
    ];
    const { steps } = play([...typing, { type: 'forward' }]);
    expect(climbs(steps)).toMatchObject([
      {
        signIn: true,
        connection: { url: REMOTE, clientCert: 'cert.pem', clientKey: 'key.pem', keyPassphrase: 'sesame' },
      },
    ]);
  });

  it('cannot be typed at an address that cannot be read: Enter then asks nobody', () => {
    const { end, steps } = play([
      { type: 'address', text: 'http://' },
      { type: 'username', text: 'anna' },
      { type: 'forward' },
    ]);
    expect(end.connection.state).toBe('unreadable');
    expect(climbs(steps)).toEqual([]);
  });

  it('over plain http to another machine needs a yes, which ends with the address', () => {
    const error = new AppError('secret-over-http', { address: 'search.example:9200' });
    const asked: readonly WizardEvent[] = [
      { type: 'address', text: 'http://search.example:9200' },
      ...user,
      { type: 'forward' },
      { type: 'rung', rung: { rung: 'sign-in', state: 'failed', detail: '', ms: 0, error } },
      { type: 'recover', action: 'allow-http' },
    ];
    expect(climbs(play(asked).steps).at(-1)?.connection.allowHttp).toBe(true);
    const { end } = play([...asked, { type: 'address', text: 'http://other.example:9200' }]);
    expect(end.answers.settings.allowHttp).toBe(false);
  });
});

describe('the speed of a cluster', () => {
  const connected = [...ROADS.connected, { type: 'forward' }] as const;
  const wishes = (steps: readonly Step[]) =>
    steps.flatMap(({ effects }) => effects.filter(({ type }) => type === 'try-speed'));
  const tried: WizardEvent = { type: 'tried', url: 'http://localhost:9200', documentsPerSecond: 9000 };

  it('is tried once for each address, on the way to the presets, and gives way to that of a load', () => {
    const { steps, end } = play([...connected, tried, { type: 'back' }, { type: 'forward' }]);
    expect(wishes(steps)).toMatchObject([{ connection: { url: 'http://localhost:9200' } }]);
    expect(speedHere(end)).toEqual({ documentsPerSecond: 9000, from: 'trial' });
    const fast: RunEvent = { type: 'loaded', planned: 50_000, acknowledged: 50_000, refused: 0, seconds: 2 };
    const loaded = play([...ROADS.loading, tried, { type: 'run', event: fast }]).end;
    expect(speedHere(loaded)).toEqual({ documentsPerSecond: 25_000, from: 'load' });
  });

  it('is not tried while a load may write', () => {
    const { steps } = play(ROADS.loading);
    const effects = steps.flatMap((step) => step.effects);
    const stopped = effects.findIndex(
      (effect) => effect.type === 'cancel' && effect.effects.includes('try-speed'),
    );
    expect(stopped).toBeGreaterThan(-1);
    expect(effects[stopped + 1]).toMatchObject({ type: 'run' });
  });
});
