// What to click and say on stage: one scenario in five minutes.
import type { Scenario } from './guide.ts';
import { spanAbout } from './step.ts';
import { clock, dayText } from './words.ts';

export interface Cue {
  /** `1:30`, from the beginning. */
  readonly at: string;
  readonly click: string;
  readonly say: string;
}

const FIRST_SECOND = 30;
const LAST_SECOND = 255;

const at = (second: number) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`;
/** To five seconds: no one presents to the second. */
const rounded = (second: number) => Math.round(second / 5) * 5;

/** The cues of a scenario, from the first click to the last sentence at about 4:15. */
export function presentationOf(scenario: Scenario, scene: Parameters<typeof spanAbout>[0]): readonly Cue[] {
  const { steps, rootCause, impact, ended, links } = scenario;
  const { fromMs, toMs } = spanAbout(scene);
  const { timeZone } = scene;
  const [from, to] = [clock(fromMs, timeZone), clock(toMs, timeZone)];
  const staged = steps.flatMap(({ panel, told: { say } }, number) =>
    say === undefined ? [] : [{ number, panel, say }],
  );
  const each = (LAST_SECOND - FIRST_SECOND) / Math.max(1, staged.length);
  return [
    {
      at: at(0),
      click: `${links[0] ? 'Open the dashboard' : 'Open Discover'} and set the time to ${dayText(fromMs, timeZone)}, ${from} to ${to}.`,
      say: 'This is the checkout of a shop: one document for each transaction. Customers complain that it is broken. We know nothing else, so we ask the data.',
    },
    ...staged.map(({ number, panel, say }, place) => ({
      at: at(rounded(FIRST_SECOND + place * each)),
      click:
        panel !== undefined && links[0]
          ? `Point at panel ${panel} of the dashboard, or run step ${number} in Dev Tools.`
          : `Run step ${number} in Dev Tools, or its DQL in Discover.`,
      say,
    })),
    {
      at: at(LAST_SECOND),
      click: 'Back to the chart of the response times; point at its end.',
      say: [`So this is it. ${rootCause}.`, impact?.say, ended].filter(Boolean).join(' '),
    },
  ];
}
