// A dashboard: panels in rows of 48 columns.
import type { TimeSpan } from './links.ts';
import type { Panel } from './panel.ts';
import { markOf, objectId, type SavedObject, savedObject } from './saved-object.ts';

/** A row of panels: their shares of the 48 columns, and the height they have in common (10 are about 250 pixels). */
export interface Row {
  readonly height: number;
  readonly panels: readonly { readonly panel: Panel; readonly width: number }[];
}

interface Placed {
  readonly panel: Panel;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function placed(rows: readonly Row[]): Placed[] {
  let y = 0;
  return rows.flatMap(({ height, panels }) => {
    let x = 0;
    const row = panels.map(({ panel, width }) => {
      const place = { panel, x, y, w: width, h: height };
      x += width;
      return place;
    });
    y += height;
    return row;
  });
}

export interface DashboardParts {
  readonly index: string;
  readonly piece: string;
  readonly title: string;
  readonly rows: readonly Row[];
  /** What it shows when it is opened. */
  readonly span: TimeSpan;
}

export function dashboardOf({ index, piece, title, rows, span }: DashboardParts): SavedObject {
  const places = placed(rows);
  const panels = places.map(({ panel, x, y, w, h }, place) => ({
    version: '2.8.0',
    gridData: { x, y, w, h, i: String(place + 1) },
    panelIndex: String(place + 1),
    embeddableConfig: { title: panel.title },
    panelRefName: `panel_${place}`,
  }));
  return savedObject({
    type: 'dashboard',
    id: objectId(index, piece),
    attributes: {
      title,
      description: `${markOf(index)}.`,
      hits: 0,
      version: 1,
      optionsJSON: JSON.stringify({ hidePanelTitles: false, useMargins: true }),
      panelsJSON: JSON.stringify(panels),
      timeRestore: true,
      timeFrom: new Date(span.fromMs).toISOString(),
      timeTo: new Date(span.toMs).toISOString(),
      refreshInterval: { pause: true, value: 0 },
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({ query: { query: '', language: 'kuery' }, filter: [] }),
      },
    },
    references: places.map(({ panel }, place) => ({
      name: `panel_${place}`,
      type: panel.type,
      id: panel.object.id,
    })),
  });
}
