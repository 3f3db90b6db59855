// What the environment says of the settings, and a start without a word.
import type { Environment } from '../core/directories.ts';
import { AppError, asAppError } from '../errors/app-error.ts';
import type { Option } from '../options/kinds.ts';
import type { Settings } from '../options/settings.ts';
import { OPTIONS } from '../options/table.ts';
import type { CommandName } from './commands.ts';

export interface Invocation {
  readonly command: CommandName;
  /** The words after the command: `start` of `node start`, the code of `explain CODE`. */
  readonly words: readonly string[];
  readonly settings: Settings;
  /** The settings that were given by flag or environment, and so need no question. */
  readonly given: ReadonlySet<keyof Settings>;
  /** Those of them that were given by flag. */
  readonly flagged: ReadonlySet<keyof Settings>;
  readonly help: boolean;
  readonly version: boolean;
}

/** The setting that a variable names; undefined for none. Throws AppError `parameter` with the name of the variable. */
export function fromEnvironment(
  option: Option,
  environment: Environment,
): Settings[keyof Settings] | undefined {
  const text = option.env ? environment[option.env] : undefined;
  if (!option.env || text === undefined || text === '') return undefined;
  try {
    return option.parse(text);
  } catch (error) {
    const { values } = asAppError(error);
    throw new AppError('parameter', { ...values, flag: option.env });
  }
}

/**
 * The wizard, started without a word: what parseArguments gives for no arguments, without loading commander, which would
 * cost the first screen 7 ms. Throws AppError `parameter` for a variable that cannot be read.
 */
export function withoutArguments(environment: Environment): Invocation {
  const given = new Set<keyof Settings>();
  const values = OPTIONS.map((option) => {
    const value = fromEnvironment(option, environment);
    if (value !== undefined) given.add(option.key);
    return [option.key, value ?? option.default] as const;
  });
  const settings = Object.fromEntries(values) as unknown as Settings;
  return { command: 'wizard', words: [], settings, given, flagged: new Set(), help: false, version: false };
}
