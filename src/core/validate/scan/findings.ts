// What a comparison of documents finds: how many differ, and some of them by name.
import { grouped } from '../../../text/numbers.ts';
import { plainWords } from '../../../text/plain-text.ts';
import type { FieldDifference } from './values.ts';

/** Most documents of a kind that are remembered; all are counted. */
const REMEMBERED = 1000;
/** Documents, fields of one, and fields of all that are named. */
const NAMED = 3;
const FIELDS_NAMED = 5;
const ALL_FIELDS_NAMED = 8;

/** A planned document that no search found at its time. */
export interface Missing {
  readonly id: string;
  /** Its source, as it was sent. */
  readonly planned: string;
}

/** Gathers what differs. */
export class Findings {
  readonly #changed: string[] = [];
  readonly #ids: string[] = [];
  readonly #missing = new Map<string, Missing>();
  readonly #extra = new Map<string, string>();
  readonly #fields = new Set<string>();
  readonly #counts = { changed: 0, missing: 0, extra: 0 };

  /** A document whose values are other ones. */
  changed(id: string, differences: readonly FieldDifference[]): void {
    this.#counts.changed++;
    for (const { field } of differences) if (this.#fields.size < REMEMBERED) this.#fields.add(field);
    if (this.#changed.length >= NAMED) return;
    this.#changed.push(`${plainWords(id, 40)}: ${differencesText(differences)}`);
    this.#ids.push(id);
  }

  /** A document that is planned, and not there. */
  missing(missing: Missing): void {
    this.#counts.missing++;
    if (this.#missing.size < REMEMBERED) this.#missing.set(missing.id, missing);
  }

  /** A document that is there, and not planned. @param why what is known of it, after its id. */
  extra(id: string, why: string): void {
    this.#counts.extra++;
    if (this.#extra.size < REMEMBERED) this.#extra.set(id, why);
  }

  /** Documents that are not planned, of which only the number is known. */
  moreExtra(documents: number): void {
    this.#counts.extra += documents;
  }

  /** The missing documents that are remembered. */
  get lost(): readonly Missing[] {
    return [...this.#missing.values()];
  }

  /** A missing document is in the index, at another time or under another transaction: it was changed. */
  recovered(id: string, differences: readonly FieldDifference[]): void {
    if (this.#missing.delete(id)) this.#counts.missing--;
    if (this.#extra.delete(id)) this.#counts.extra--;
    if (differences.length > 0) this.changed(id, differences);
  }

  get ok(): boolean {
    const { changed, missing, extra } = this.#counts;
    return changed + missing + extra === 0;
  }

  /** Ids of the documents that the text names. */
  get named(): readonly string[] {
    const { ids, missing, extra } = this.#examples();
    return [...ids, ...missing, ...extra];
  }

  #examples() {
    return {
      ids: this.#ids,
      missing: [...this.#missing.keys()].slice(0, NAMED),
      extra: [...this.#extra.keys()].slice(0, NAMED),
    };
  }

  /** `none`, or `1 changed (user_agent), 1 missing: ID: user_agent "a" instead of "b"; ID is missing`. */
  get text(): string {
    if (this.ok) return 'none';
    const { changed, missing, extra } = this.#counts;
    const fields = listOf([...this.#fields], ALL_FIELDS_NAMED);
    const kinds = [
      changed > 0 ? `${grouped(changed)} changed (${fields})` : '',
      missing > 0 ? `${grouped(missing)} missing` : '',
      extra > 0 ? `${grouped(extra)} not planned` : '',
    ];
    const examples = this.#examples();
    const named = [
      ...this.#changed,
      ...examples.missing.map((id) => `${id} is missing`),
      ...examples.extra.map((id) => `${plainWords(id, 40)} ${this.#extra.get(id)}`),
    ];
    return `${kinds.filter((kind) => kind !== '').join(', ')}: ${named.join('; ')}`;
  }
}

/** `user_agent "a" instead of "b", currency "c" instead of "d"`. */
function differencesText(differences: readonly FieldDifference[]): string {
  return listOf(
    differences.map(({ field, found, planned }) => `${field} ${found} instead of ${planned}`),
    FIELDS_NAMED,
  );
}

/** The first of some texts, and how many more there are. */
function listOf(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  const shown = texts.slice(0, most).join(', ');
  return more > 0 ? `${shown} and ${grouped(more)} more` : shown;
}
