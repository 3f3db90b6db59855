// A signal is one kind of document that a data set holds. Its index, its mapping, its ids and its counts are known here
// only, so that batches, journal, index and checks serve every signal alike.
import type { IdLayout } from './ids.ts';

/** A field as mappings write it. */
interface MappedField {
  readonly type?: string;
  readonly properties?: MappedFields;
  readonly fields?: MappedFields;
}

export type MappedFields = Readonly<Record<string, MappedField>>;

/** What storing a signal takes. */
export interface StoredSignal {
  readonly name: string;
  /** The index it goes to unless another one is chosen. */
  readonly index: string;
  readonly mapping: {
    readonly settings: { readonly index: { readonly number_of_shards: number } };
    readonly dynamic: string;
    readonly properties: MappedFields;
    /** Only with --label-documents: they give the answer away. */
    readonly labels: MappedFields;
  };
  readonly ids: IdLayout;
  /** A field, and what its value begins with in every document of a plan. @param key of the plan. */
  readonly ofPlan: (key: string) => { readonly field: string; readonly prefix: string };
}

/** How a signal's documents are made and counted. */
export interface Signal<Plan, Slots, Document, Tally, Sum extends string> extends StoredSignal {
  /** Names of the fields, in the order they are written. */
  readonly fields: readonly string[];
  /** The documents of some slots, in the order they are written. */
  readonly documents: (plan: Plan, slots: Slots) => Iterable<Document>;
  readonly tally: {
    readonly empty: () => Tally;
    /** Exact counts, by generating without writing. @param slots the whole plan when left out. */
    readonly count: (plan: Plan, slots?: Slots) => Tally;
    /** Fields whose sums a tally holds. */
    readonly summed: readonly Sum[];
  };
}
