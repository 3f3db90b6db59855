// Encodes rows as bulk NDJSON without an object or a string for each document; README.md explains how and why.
import { documentId } from '../../documents/ids.ts';
import type { Plan } from '../../plan/types.ts';
import type { Row } from '../customers/row.ts';
import { Slab } from './buffers.ts';
import { type CacheKey, SLOT } from './cache-keys.ts';
import { type DocumentWriter, generatedWriter, type Part, plainWriter } from './document-writer.ts';
import { fieldsOf, type OwnField } from './fields.ts';
import { ID_SUFFIX } from './overwrites.ts';
import { type TemplateText, templatesOf } from './templates.ts';

const writers = new WeakMap<Plan, DocumentWriter>();

/** The writer of a plan's documents, made once: its templates serve everything that writes them. */
export function writerOf(plan: Plan): DocumentWriter {
  const known = writers.get(plan);
  if (known) return known;
  const plain = plainWriter(plan);
  const transactions = generatedWriter(partsOf(plan)) ?? plain;
  const writer: DocumentWriter = (buffer, at, row) => (row.marker ? plain : transactions)(buffer, at, row);
  writers.set(plan, writer);
  return writer;
}

/** Neighboring texts of one cache key, or a value of each document's own. */
type Group =
  | { readonly key: CacheKey; readonly texts: TemplateText[] }
  | { readonly key: undefined; readonly field: OwnField };

/** The field table as groups, with the action line before it. */
function groupsOf(plan: Plan): Group[] {
  const groups: Group[] = [];
  const addText = (key: CacheKey, text: TemplateText) => {
    const last = groups.at(-1);
    if (last?.key === key) last.texts.push(text);
    else groups.push({ key, texts: [text] });
  };
  const action = (row: Row) => `{"create":{"_id":"${documentId(plan.key, row)}"`;
  addText(SLOT, { of: action, suffixLength: ID_SUFFIX });
  let separator = '}}\n{';
  for (const [name, field] of fieldsOf(plan)) {
    const label = `${separator}${JSON.stringify(name)}:`;
    separator = ',';
    const of = (row: Row) => {
      const value = field.value(row, plan);
      if (value === undefined) return '';
      return label + (typeof value === 'number' ? value : JSON.stringify(value));
    };
    if (field.kind === 'own') {
      // Its label ends the template before it, which saves a copy.
      addText(groups.at(-1)?.key ?? SLOT, { of: () => label, suffixLength: 0 });
      groups.push({ key: undefined, field });
    } else if (field.kind === 'number') addText(field.key, { of, suffixLength: 0, number: field.number });
    else addText(field.key, { of, suffixLength: field.suffixLength });
  }
  addText(groups.at(-1)?.key ?? SLOT, { of: () => '}\n', suffixLength: 0 });
  return groups;
}

function partsOf(plan: Plan): Part[] {
  const slab = new Slab();
  return groupsOf(plan).map((group): Part => {
    if (group.key) return { kind: 'template', ...templatesOf(group.key, group.texts, slab) };
    const { number, put } = group.field;
    return { kind: 'own', number, put };
  });
}
