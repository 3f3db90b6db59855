// A panel of a dashboard: what Dashboards stores of it, and the search by which it is tried on the cluster.
import { markOf, objectId, type Reference, type SavedObject, savedObject } from './saved-object.ts';

/** No chart asks for shorter buckets: at one session in 60 they would hold a document or two. */
export const MIN_BUCKET_SECONDS = 30;

/** The search that a panel sends. */
export interface PanelSearch {
  readonly aggs: object;
  /** The documents that the panel is about; every document when left out. */
  readonly query?: object;
  /** True for a panel about failures, of which there may be none. */
  readonly mayBeEmpty?: boolean;
}

export interface Panel {
  /** Its name among our objects: lower-case words joined by hyphens. */
  readonly piece: string;
  /** What an investigator asks; shown above the panel. */
  readonly title: string;
  readonly type: 'visualization' | 'search';
  readonly object: SavedObject;
  /** Left out where a panel asks the index for nothing. */
  readonly search?: PanelSearch;
}

export const PATTERN_REFERENCE = 'kibanaSavedObjectMeta.searchSourceJSON.index';

/** What every panel is made from. */
export interface PanelBasis {
  readonly index: string;
  /** As in Panel. */
  readonly piece: string;
  readonly title: string;
}

/** With what a visualization shows, in a sentence: its tooltip. */
export interface VisualizationBasis extends PanelBasis {
  readonly about: string;
}

export interface VisualizationParts extends VisualizationBasis {
  /** The kind of visualization, as Dashboards names it. */
  readonly type: string;
  readonly params: object;
  readonly aggs?: readonly object[];
  readonly uiState?: object;
  readonly references?: readonly Reference[];
  readonly search?: PanelSearch;
}

/** A panel that is a visualization. One with references to the pattern by its search names the pattern there. */
export function visualizationPanel(parts: VisualizationParts): Panel {
  const {
    index,
    piece,
    title,
    about,
    type,
    params,
    aggs = [],
    uiState = {},
    references = [],
    search,
  } = parts;
  const onPattern = references.some(({ name }) => name === PATTERN_REFERENCE);
  const searchSource = {
    query: { query: '', language: 'kuery' },
    filter: [],
    ...(onPattern ? { indexRefName: PATTERN_REFERENCE } : {}),
  };
  const object = savedObject({
    type: 'visualization',
    id: objectId(index, piece),
    attributes: {
      title: `${title} (${index})`,
      description: `${about} ${markOf(index)}.`,
      version: 1,
      uiStateJSON: JSON.stringify(uiState),
      visState: JSON.stringify({ title, type, aggs, params }),
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify(searchSource) },
    },
    references,
  });
  return { piece, title, type: 'visualization', object, ...(search ? { search } : {}) };
}
