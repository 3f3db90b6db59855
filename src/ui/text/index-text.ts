// An index that exists, and what can be done about it.
import type { IndexState } from '../../core/cluster/types.ts';
import type { IndexChoice } from '../../wizard/events.ts';
import { bytes, documents } from './format.ts';
import { plainText } from './plain-text.ts';
import { momentWords } from './when.ts';

/** What is there: documents, size, by whom, whether its fields fit. */
export function indexLines(index: IndexState, timeZone: string): readonly string[] {
  const lines = [`${documents(index.documents)}, ${bytes(index.bytes)}`];
  if (index.meta) {
    const made = Date.parse(index.meta.now);
    const when = Number.isNaN(made) ? '' : ` on ${momentWords(made, timeZone)}`;
    lines.push(plainText(`made by this tool${when}, seed ${index.meta.seed}`));
  } else {
    lines.push('not made by this tool');
  }
  const [first, ...more] = index.mappingDifferences.map(plainText);
  if (first) lines.push(`its fields differ: ${first}${more.length > 0 ? `, and ${more.length} more` : ''}`);
  return lines;
}

export interface IndexOption {
  readonly choice: IndexChoice | 'name';
  readonly label: string;
  readonly hint: string;
}

/** The choices, the safe one first. */
export function indexOptions(index: IndexState, freeName: string | undefined): readonly IndexOption[] {
  const options: IndexOption[] = [
    {
      choice: 'new',
      label: freeName ? `Load into ${freeName}` : 'Load into a new name',
      hint: 'this one stays as it is',
    },
    { choice: 'name', label: 'Choose another name', hint: '' },
    { choice: 'append', label: 'Add to it', hint: 'the same seed adds nothing twice' },
    { choice: 'replace', label: 'Delete it and load afresh', hint: 'asks for its name to be typed' },
  ];
  if (index.meta) {
    options.push({ choice: 'checks', label: 'Only run the checks', hint: 'loads nothing' });
  }
  return options;
}
