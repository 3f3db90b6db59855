// What the core is given of the machine: its folders and its environment.
/** Where this tool keeps things; given from outside, since the core knows no environment. */
export interface Directories {
  readonly cache: string;
  readonly state: string;
  readonly config: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;
