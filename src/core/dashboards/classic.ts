// Panels of the older kinds: choice lists, text, and the saved search.
import { PATTERN_REFERENCE, type Panel, type PanelBasis, visualizationPanel } from './panel.ts';
import { markOf, objectId, type Reference, savedObject } from './saved-object.ts';
import { clauseOf } from './where.ts';

export interface PanelParts extends PanelBasis {
  /** Id of the index pattern. */
  readonly pattern: string;
}

/** A reference to the index pattern. */
export const toPattern = (name: string, id: string): Reference => ({ name, type: 'index-pattern', id });

/** Choice lists that narrow every panel down. */
export function choiceLists({ index, pattern, piece, title }: PanelParts): Panel {
  const lists = [
    { field: 'payment_gateway', label: 'Gateway' },
    { field: 'server_instance', label: 'Server' },
    { field: 'step', label: 'Step' },
    { field: 'error_code', label: 'Error' },
  ];
  const referenceOf = (place: number) => `control_${place}_index_pattern`;
  return visualizationPanel({
    index,
    piece,
    title,
    about: 'A choice here narrows every panel down.',
    type: 'input_control_vis',
    references: lists.map((_, place) => toPattern(referenceOf(place), pattern)),
    params: {
      controls: lists.map(({ field, label }, place) => ({
        id: `control-${place}`,
        fieldName: field,
        parent: '',
        label,
        type: 'list',
        options: { type: 'terms', multiselect: true, dynamicOptions: true, size: 10, order: 'desc' },
        indexPatternRefName: referenceOf(place),
      })),
      updateFiltersOnChange: true,
      // Without the time filter every list warns that it might be incomplete.
      useTimeFilter: true,
      pinFilters: false,
    },
    search: {
      aggs: Object.fromEntries(lists.map(({ field, label }) => [label, { terms: { field, size: 10 } }])),
    },
  });
}

/** A text, in Markdown; its links stay in this window. */
export function textPanel({
  index,
  piece,
  title,
  markdown,
}: PanelBasis & { readonly markdown: string }): Panel {
  return visualizationPanel({
    index,
    piece,
    title,
    about: 'Links to times of this dashboard.',
    type: 'markdown',
    params: { fontSize: 12, openLinksInNewTab: false, markdown },
  });
}

interface SearchParts extends PanelParts {
  /** In DQL. */
  readonly query: string;
  readonly clause: object;
  readonly columns: readonly string[];
}

/** A saved search: documents in a table, the newest first. */
function savedSearchPanel({ index, pattern, piece, title, query, clause, columns }: SearchParts): Panel {
  const source = {
    highlightAll: true,
    version: true,
    query: { query, language: 'kuery' },
    filter: [],
    indexRefName: PATTERN_REFERENCE,
  };
  const object = savedObject({
    type: 'search',
    id: objectId(index, piece),
    attributes: {
      title: `${title} (${index})`,
      description: `${markOf(index)}.`,
      hits: 0,
      version: 1,
      columns,
      sort: [['@timestamp', 'desc']],
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(source) },
    },
    references: [toPattern(PATTERN_REFERENCE, pattern)],
  });
  const search = {
    mayBeEmpty: true,
    query: clause,
    aggs: { found: { value_count: { field: 'transaction_id' } } },
  };
  return { piece, title, type: 'search', object, search };
}

/** Errors that took longer than five seconds. */
export function slowErrors(parts: PanelParts): Panel {
  return savedSearchPanel({
    ...parts,
    query: 'status:error and response_time_ms > 5000',
    clause: {
      bool: { filter: [clauseOf({ status: 'error' }), { range: { response_time_ms: { gt: 5000 } } }] },
    },
    columns: [
      'server_instance',
      'payment_gateway',
      'step',
      'error_code',
      'response_time_ms',
      'circuit_breaker_state',
      'error_message',
    ],
  });
}
