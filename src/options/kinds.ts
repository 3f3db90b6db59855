// What a parameter is: its flag, its words, its kind and how its text is read; and how one of each kind is made.
import { PARAMETERS, type ParameterName } from '../core/plan/parameters.ts';
import { quoted } from '../text/quoted.ts';
import type { Settings } from './settings.ts';
import { fail, type NumberKind, parseNumber, parseRange } from './values.ts';

type Group = 'Connection' | 'Index' | 'Data' | 'Time' | 'Output' | 'Live' | 'Run';

/** What a flag takes. `number`, `integer` and `range` carry limits, and how far one key press moves them. */
type Kind =
  | { type: 'switch' }
  | { type: 'text'; placeholder: string }
  | { type: 'choice'; choices: readonly string[] }
  | {
      type: 'integer' | 'number' | 'range';
      min: number;
      max: number;
      step: number;
      bigStep: number;
      unit: string;
    };

export interface Option<K extends keyof Settings = keyof Settings> {
  readonly key: K;
  /** Without the leading dashes. */
  readonly flag: string;
  /** Other spellings of the flag. */
  readonly alias?: string;
  /** The words beside the field in a form. */
  readonly label: string;
  readonly group: Group;
  readonly kind: Kind;
  readonly default: Settings[K];
  /** The default in words, for help and tables; left out, it is the value itself. */
  readonly defaultText?: string;
  /** The default in words of commands that differ in it, by command. */
  readonly defaultsOf?: Readonly<Record<string, string>>;
  readonly help: string;
  readonly env?: string;
  /** May be given more than once. */
  readonly repeatable?: boolean;
  /** The value may be left out. */
  readonly optionalValue?: boolean;
  /** Shown in the Tune form. */
  readonly inForm?: boolean;
  /** Reads the text of the flag; throws AppError `parameter` with what is allowed. */
  readonly parse: (text: string) => Settings[K];
}

type Base<K extends keyof Settings> = Omit<Option<K>, 'kind' | 'parse'>;
type Limits = Omit<NumberKind, 'type'>;
type KeysOf<V> = { [K in keyof Settings]: V extends Settings[K] ? K : never }[keyof Settings];

/** What a value looks like, after `needs a value`: an example, or the name of what is wanted. */
export const wantedText = (placeholder: string) =>
  placeholder.includes('://') ? `, such as ${placeholder}` : `: ${placeholder}`;

export const numeric = <K extends KeysOf<number>>(
  type: 'integer' | 'number',
  limits: Limits,
  base: Base<K>,
): Option<K> => ({
  ...base,
  kind: { type, ...limits },
  parse: (text) => parseNumber(base.flag, text, { type, ...limits }) as Settings[K],
});
/** A parameter that shapes the data, in the form: its limits and default are those of the plan. */
export const parameter = (
  key: ParameterName,
  {
    step,
    bigStep,
    unit,
    ...words
  }: Pick<NumberKind, 'step' | 'bigStep' | 'unit'> & Pick<Option, 'flag' | 'label' | 'help' | 'defaultText'>,
): Option<ParameterName> => {
  const { type, min, max, default: usual } = PARAMETERS[key];
  const kind: NumberKind = { type, min, max, step, bigStep, unit };
  const parse = type === 'range' ? parseRange : parseNumber;
  return {
    key,
    ...words,
    group: 'Data',
    default: usual,
    inForm: true,
    kind,
    parse: (text) => parse(words.flag, text, kind),
  };
};
export const toggle = <K extends KeysOf<boolean>>(base: Base<K>): Option<K> => ({
  ...base,
  kind: { type: 'switch' },
  parse: () => true as Settings[K],
});

export const choice = <K extends keyof Settings>(choices: readonly string[], base: Base<K>): Option<K> => ({
  ...base,
  kind: { type: 'choice', choices },
  parse: (text) => {
    if (!choices.includes(text)) fail(base.flag, `${quoted(text)} is not one of ${choices.join(', ')}`);
    return text as Settings[K];
  },
});

export const text = <K extends keyof Settings>(
  placeholder: string,
  base: Base<K>,
  parse: (value: string) => Settings[K] = (value) => value as Settings[K],
): Option<K> => ({
  ...base,
  kind: { type: 'text', placeholder },
  parse: (value) => {
    if (value.trim() === '') fail(base.flag, `needs a value${wantedText(placeholder)}`);
    // Refused here, before a file or a run of that name is not found: such a text is never repeated.
    if (!placeholder.includes('://') && /:\/\/.*@/s.test(value))
      fail(base.flag, `${placeholder} is wanted, and the value is an address with a sign-in`);
    return parse(value.trim());
  },
});
