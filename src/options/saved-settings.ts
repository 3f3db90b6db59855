// What the wizard saves for the next time: address, user name, parameters and speeds; never a password.
import type { Directories } from '../core/directories.ts';
import { readJson, writeJson } from '../core/files/json-file.ts';
import type { Option } from './kinds.ts';
import type { Settings } from './settings.ts';
import { defaultSettings, OPTIONS, settingText } from './table.ts';

/** Documents a second that a cluster took in its last load, by address. */
export type Speeds = Readonly<Record<string, number>>;

export interface SavedSettings {
  /** Only what was saved and is still valid. */
  readonly settings: Partial<Settings>;
  readonly speeds: Speeds;
}

const FILE = 'settings.json';

/** These belong to one address: they count only where it does. */
const OF_THE_ADDRESS: readonly (keyof Settings)[] = ['username', 'caFile', 'fingerprint'];

/** A seed is new each time, so that two demos differ. */
const isKept = ({ key, inForm }: Option) =>
  key === 'url' || OF_THE_ADDRESS.includes(key) || (inForm === true && key !== 'seed');

const KEPT = OPTIONS.filter(isKept);

const { url: USUAL_URL } = defaultSettings();

function readOption(option: Option, text: unknown): Partial<Settings> {
  if (typeof text !== 'string') return {};
  try {
    return { [option.key]: option.parse(text) };
  } catch {
    // Edited by hand, or saved by a version with other limits: the default then.
    return {};
  }
}

function readSpeeds(value: unknown): Speeds {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, speed]) => typeof speed === 'number' && Number.isFinite(speed) && speed > 0,
    ),
  );
}

/** Reads the saved settings; what is missing or damaged is left out. */
export function readSavedSettings({ config }: Pick<Directories, 'config'>): SavedSettings {
  const file = (readJson(config, FILE) ?? {}) as { settings?: unknown; speeds?: unknown };
  const texts = (typeof file.settings === 'object' ? (file.settings ?? {}) : {}) as Record<string, unknown>;
  const settings = Object.assign({}, ...KEPT.map((option) => readOption(option, texts[option.flag])));
  return { settings, speeds: readSpeeds(file.speeds) };
}

/** What was given by flag, for this time only. A variable of the environment is no such thing. */
export interface OneOff {
  readonly settings: Settings;
  readonly given: ReadonlySet<keyof Settings>;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The settings to keep: what was given for this time only, and was not changed since, stays as it was kept before. */
function lasting(
  settings: Settings,
  before: Partial<Settings>,
  { settings: flags, given }: OneOff,
): Settings {
  const isOneOff = (key: keyof Settings) => given.has(key) && isSame(settings[key], flags[key]);
  // A sign-in is nothing without its address.
  const keys = KEPT.map(({ key }) => key).filter(
    (key) => isOneOff(key) || (OF_THE_ADDRESS.includes(key) && isOneOff('url')),
  );
  const usual = new Map(KEPT.map((option) => [option.key, option.default]));
  return { ...settings, ...Object.fromEntries(keys.map((key) => [key, before[key] ?? usual.get(key)])) };
}

/**
 * Writes `settings.json` (folder 0700, file 0600): values other than the defaults, by the name of their flag. Without
 * settings those in the file stay.
 */
export function saveSettings(
  { config }: Pick<Directories, 'config'>,
  settings: Settings | undefined,
  speeds: Speeds,
  oneOff?: OneOff,
): void {
  const { settings: before } = readSavedSettings({ config });
  const kept = settings && oneOff ? lasting(settings, before, oneOff) : (settings ?? before);
  const texts = KEPT.filter(({ key, default: usual }) => key in kept && !isSame(kept[key], usual)).map(
    (option) => [option.flag, settingText(option, kept)] as const,
  );
  writeJson(config, FILE, { settings: Object.fromEntries(texts), speeds });
}

/** Starting values: flags and environment first, then what was saved. */
export function withSavedSettings(
  settings: Settings,
  given: ReadonlySet<keyof Settings>,
  { settings: remembered }: SavedSettings,
): Settings {
  // The usual address is not written down.
  const { url = USUAL_URL, ...others } = remembered;
  const merged: Settings = { ...settings, url: given.has('url') || settings.local ? settings.url : url };
  const sameAddress = merged.url === url && !settings.local;
  const wanted = Object.entries(others).filter(
    ([key]) =>
      !given.has(key as keyof Settings) && (sameAddress || !OF_THE_ADDRESS.includes(key as keyof Settings)),
  );
  return { ...merged, ...Object.fromEntries(wanted) };
}
