// The links of a data set: one for each incident, the whole data, and the saved search.
import type { DashboardLink } from '../events.ts';
import type { Plan } from '../plan/types.ts';
import type { Installed } from './installed.ts';
import { dashboardLink, savedSearchLink, spanAround } from './links.ts';

/** Links to what was installed: the whole data, the incidents of presets, the others, then the saved search. */
export function linksOf(installed: Installed, { incidents, startMs, endMs }: Plan): DashboardLink[] {
  const { room } = installed.dashboards;
  const whole = { fromMs: startMs, toMs: endMs };
  const ordered = [...incidents].sort((a, b) => Number(a.preset === null) - Number(b.preset === null));
  return [
    { incident: null, title: 'All of the data', url: dashboardLink(installed, room, whole) },
    ...ordered.map((incident) => ({
      incident: incident.id,
      title: incident.title,
      url: dashboardLink(installed, room, spanAround(incident)),
      ...(incident.preset === null ? {} : { preset: incident.preset }),
    })),
    {
      incident: null,
      title: 'Errors that took over 5 s',
      url: savedSearchLink(installed, installed.savedSearch, whole),
    },
  ];
}
