// What the wizard saves for the next time: address, user name, parameters and speeds; never a password.
import type { Directories } from '../core/directories.ts';
import { readJson, writeJson } from '../core/files/json-file.ts';
import type { Option } from './kinds.ts';
import type { Settings } from './settings.ts';
import { OPTIONS, settingText } from './table.ts';

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
export function readSavedSettings({ config }: Directories): SavedSettings {
  const file = (readJson(config, FILE) ?? {}) as { settings?: unknown; speeds?: unknown };
  const texts = (typeof file.settings === 'object' ? (file.settings ?? {}) : {}) as Record<string, unknown>;
  const settings = Object.assign({}, ...KEPT.map((option) => readOption(option, texts[option.flag])));
  return { settings, speeds: readSpeeds(file.speeds) };
}

/** Writes `settings.json` (folder 0700, file 0600): values other than the defaults, by the name of their flag. */
export function saveSettings({ config }: Directories, settings: Settings, speeds: Speeds): void {
  const isDefault = ({ key, default: usual }: Option) =>
    JSON.stringify(settings[key]) === JSON.stringify(usual);
  const texts = KEPT.filter((option) => !isDefault(option)).map(
    (option) => [option.flag, settingText(option, settings)] as const,
  );
  writeJson(config, FILE, { settings: Object.fromEntries(texts), speeds });
}

/** Starting values: flags and environment first, then what was saved. */
export function withSavedSettings(
  settings: Settings,
  given: ReadonlySet<keyof Settings>,
  { settings: remembered }: SavedSettings,
): Settings {
  const { url = settings.url, ...others } = remembered;
  const merged: Settings = { ...settings, url: given.has('url') || settings.local ? settings.url : url };
  const sameAddress = merged.url === url && !settings.local;
  const wanted = Object.entries(others).filter(
    ([key]) =>
      !given.has(key as keyof Settings) && (sameAddress || !OF_THE_ADDRESS.includes(key as keyof Settings)),
  );
  return { ...merged, ...Object.fromEntries(wanted) };
}
