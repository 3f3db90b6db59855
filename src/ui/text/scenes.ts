// The scenarios of the data as a cheat sheet: what to say, to click and to type for each.
import { spanAround } from '../../core/dashboards/links.ts';
import type { DashboardLink, ScenarioBrief } from '../../core/events.ts';
import type { Preset } from '../../core/plan/preset.ts';
import { plainText } from '../../text/plain-text.ts';
import { linksOf } from '../../wizard/dashboards.ts';
import { demoOf } from '../../wizard/demo.ts';
import type { WizardState } from '../../wizard/state.ts';
import { dashboardsTime } from './when.ts';

export interface Scene {
  /** Id of the incident. */
  readonly incident: string;
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly timeZone: string;
  /** Left out where the guide was not written, as after a load in parts. */
  readonly brief?: ScenarioBrief;
  readonly preset?: Preset;
  /** Its dashboard. */
  readonly url?: string;
}

/** The scenarios of a run that has ended, as its last event has them. */
export function briefScenes(
  briefs: readonly ScenarioBrief[],
  links: readonly DashboardLink[],
): readonly Scene[] {
  return briefs.map((brief) => {
    const { incident, title, timeZone, start, end } = brief;
    const url = links.find((link) => link.incident === incident)?.url;
    const times = { startMs: Date.parse(start), endMs: Date.parse(end) };
    return { ...{ incident, title: plainText(title), timeZone, ...times, brief }, ...(url ? { url } : {}) };
  });
}

/** The scenarios in the index, the latest first; none once it was deleted. */
export function scenesOf(state: WizardState): readonly Scene[] {
  const { run } = state;
  if (!run?.done || run.removed !== undefined) return [];
  const demo = demoOf(state);
  const presetOf = (id: string | null) => demo?.presets.find((preset) => preset.id === id);
  const links = linksOf(state);
  if (run.done.scenarios) {
    return briefScenes(run.done.scenarios, links).map((scene): Scene => {
      const preset = presetOf(scene.brief?.preset ?? null);
      return preset ? { ...scene, preset } : scene;
    });
  }
  if (!demo) return [];
  const { incidents, timeZone } = demo.forecast;
  const scripted = incidents.filter(({ preset }) => preset !== null).toReversed();
  return scripted.map(({ id, title, preset: presetId, startMs, endMs }) => {
    const preset = presetOf(presetId);
    const url = links.find((link) => link.incident === id)?.url;
    return {
      ...{ incident: id, title: plainText(title), startMs, endMs, timeZone },
      ...(preset ? { preset } : {}),
      ...(url ? { url } : {}),
    };
  });
}

export interface SceneLine {
  readonly label: string;
  readonly text: string;
}

/** What to say, to click and to type for a scene, the first sentence first. */
export function sceneLines({ brief, preset, startMs, endMs, timeZone }: Scene): readonly SceneLine[] {
  const { fromMs, toMs } = spanAround({ startMs, endMs });
  const shown = [fromMs, toMs].map((ms) => dashboardsTime(ms, timeZone).replace(/:00\.000$/, ''));
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['Say', brief?.say ?? preset?.first_symptom],
    ['Which?', brief?.which],
    ['Where?', brief?.where],
    ['When?', brief?.when],
    ['Impact', brief?.impact],
    ['Cause', brief?.cause ?? preset?.root_cause],
    ['Discover', `${shown.join(' to ')}, ${timeZone}`],
    ['DQL', brief?.dql],
  ];
  return lines.flatMap(([label, text]) => (text ? [{ label, text: plainText(text) }] : []));
}

/** The story of its preset, and what is not the cause. */
export function storyOf({ preset }: Scene): readonly SceneLine[] {
  if (!preset) return [];
  const herrings = preset.red_herrings.map((text) => ({ label: 'Not it', text }));
  return [{ label: 'Story', text: preset.story }, ...herrings].map(({ label, text }) => ({
    ...{ label, text: plainText(text) },
  }));
}

/** What `c` copies for a scene: the link to its dashboard, else its query. */
export const sceneCopy = ({ url, brief }: Scene): string => url ?? brief?.dql ?? '';
