// What the wizard remembers from one time to the next, and what goes before it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSavedSettings, saveSettings, withSavedSettings } from '../../../src/options/saved-settings.ts';
import type { Settings } from '../../../src/options/settings.ts';
import { defaultSettings } from '../../../src/options/table.ts';

let config = '';
beforeEach(() => {
  config = mkdtempSync(join(tmpdir(), 'incident-demo-config-'));
});
afterEach(() => rmSync(config, { recursive: true, force: true }));

const directories = () => ({ cache: '', state: '', config });
const settings = (changes: Partial<Settings> = {}): Settings => ({ ...defaultSettings(), ...changes });
const begun = (given: Partial<Settings> = {}) =>
  withSavedSettings(
    settings(given),
    new Set(Object.keys(given) as (keyof Settings)[]),
    readSavedSettings(directories()),
  );

describe('remembering', () => {
  const said = settings({
    url: 'https://search.example:9200',
    username: 'admin',
    passwordFile: '/home/you/secret',
    insecure: true,
    days: 3,
    incidentsPerDay: { min: 1, max: 4 },
    seed: 7,
    index: 'other',
  });

  it('brings address, user name and parameters back; no seed, no password, no skipped check', () => {
    saveSettings(directories(), said, { 'https://search.example:9200': 24_100 });
    expect(begun()).toEqual(
      settings({
        url: 'https://search.example:9200',
        username: 'admin',
        days: 3,
        incidentsPerDay: { min: 1, max: 4 },
      }),
    );
    expect(readSavedSettings(directories()).speeds).toEqual({ 'https://search.example:9200': 24_100 });
  });

  it('keeps no secret in the file, and lets nobody else read it', () => {
    saveSettings(directories(), said, {});
    const file = join(config, 'settings.json');
    expect(readFileSync(file, 'utf8')).not.toMatch(/secret|password/i);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('lets flags and environment go first', () => {
    saveSettings(directories(), said, {});
    expect(begun({ days: 9 })).toMatchObject({ days: 9, incidentsPerDay: { min: 1, max: 4 } });
    expect(begun({ username: 'other' }).username).toBe('other');
  });

  it('uses a user name only at the address it was for', () => {
    saveSettings(directories(), said, {});
    expect(begun({ url: 'http://localhost:9200' })).toMatchObject({
      url: 'http://localhost:9200',
      username: undefined,
      days: 3,
    });
    expect(begun({ local: true })).toMatchObject({ url: defaultSettings().url, username: undefined });
  });

  it('uses a user name of the usual address nowhere else', () => {
    saveSettings(directories(), settings({ username: 'admin', caFile: '/home/you/ca.pem' }), {});
    expect(begun().username).toBe('admin');
    const elsewhere = begun({ url: 'https://search.example:9200' });
    expect(elsewhere).toMatchObject({ username: undefined, caFile: undefined });
  });

  it('does not make a default of a flag that was given for one time', () => {
    saveSettings(directories(), settings({ days: 3, sample: 10 }), {});
    const given: Partial<Settings> = { days: 1, baseTps: 40, url: 'https://once.example:9200' };
    const oneOff = {
      settings: settings(given),
      given: new Set(Object.keys(given) as (keyof Settings)[]),
    };
    const used = settings({ ...given, baseTps: 50, sample: 20, username: 'anna' });
    saveSettings(directories(), used, {}, oneOff);
    // Base traffic was changed afterwards; the user name belongs to the address that was given for once.
    expect(begun()).toEqual(settings({ days: 3, baseTps: 50, sample: 20 }));
  });

  it('keeps the settings of the last time where only speeds are new', () => {
    saveSettings(directories(), said, {});
    saveSettings(directories(), undefined, { 'https://search.example:9200': 5 });
    expect(begun()).toMatchObject({ url: said.url, username: 'admin', days: 3 });
    expect(readSavedSettings(directories()).speeds).toEqual({ 'https://search.example:9200': 5 });
  });

  it('passes over what is damaged or no longer allowed', () => {
    writeFileSync(
      join(config, 'settings.json'),
      JSON.stringify({
        settings: { days: '900', 'base-tps': '30', url: 5, sample: null },
        speeds: { a: 'x', b: -1 },
      }),
    );
    expect(begun()).toEqual(settings({ baseTps: 30 }));
    expect(readSavedSettings(directories()).speeds).toEqual({});
    writeFileSync(join(config, 'settings.json'), '{"settings": ');
    expect(begun()).toEqual(settings());
    writeFileSync(join(config, 'settings.json'), 'null');
    expect(begun()).toEqual(settings());
  });
});
