/** An import between two files of `src`; paths are relative to it. */
export interface SourceImport {
  readonly path: string;
  readonly target: string;
  /** The rooms of both; undefined for a file that lies in none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export declare const ROOMS: readonly string[];
export declare function importsIn(source: string): readonly SourceImport[];
export declare function roomProblems(source: string): readonly string[];
