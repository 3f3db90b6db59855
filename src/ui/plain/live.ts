// Live, as questions: what to start or end, and a sentence a minute while one waits.
import { INCIDENT_MINUTES, RED_HERRING } from '../../core/live-control/limits.ts';
import { plainText } from '../../text/plain-text.ts';
import type { Intent } from '../../wizard/events.ts';
import {
  isHeld,
  type LiveChange,
  type LiveView,
  runningHerring,
  runningIncident,
} from '../../wizard/live-view.ts';
import type { Session } from '../../wizard/session.ts';
import type { WizardState } from '../../wizard/state.ts';
import { GAP_QUESTION, gapChoices, gapFact } from '../text/live-gap.ts';
import {
  liveHead,
  liveSentence,
  logLines,
  notesOf,
  startables,
  startWords,
  WHOLE,
} from '../text/live-text.ts';
import type { PromptChoice, PromptContext, Prompter } from './prompter.ts';
import { settled } from './wait.ts';

type Act = () => void | Promise<void>;

const MINUTE_TICKS = 60;
const PROGRESS_MS = 5000;

/** Prints events as they come, and the state once a minute; returns what stops it. */
function narrate(session: Session, prompter: Prompter): () => void {
  let ticks = 0;
  let before: LiveView | undefined = session.getSnapshot().live;
  return session.subscribe(() => {
    const { live } = session.getSnapshot();
    if (!live || live === before) return;
    const told = before?.log.at(-1);
    const known = told ? live.log.lastIndexOf(told) + 1 : 0;
    for (const line of logLines(live).slice(known)) prompter.say(line);
    if (live.tick !== before?.tick) ticks += 1;
    if (ticks === MINUTE_TICKS) {
      prompter.say(liveSentence(live));
      ticks = 0;
    }
    before = live;
  });
}

async function watch({ session, prompter }: PromptContext): Promise<void> {
  const stop = narrate(session, prompter);
  try {
    await prompter.text({ message: 'A sentence a minute; Enter for the choices' });
  } finally {
    stop();
  }
}

/** Sends a command and waits until the shop has carried it out, or says why not; what is over by now is not sent. */
async function carriedOut(session: Session, command: Intent): Promise<void> {
  session.send(command);
  await settled(session, ({ live }) => live?.asked === undefined || live.status === 'ended');
}

async function changeMinutes({ session, prompter }: PromptContext, { choice }: LiveView): Promise<void> {
  const { min, max } = INCIDENT_MINUTES;
  const text = await prompter.text({
    message: `Minutes an incident lasts unless you end it, ${min} to ${max}`,
    initial: String(choice.minutes),
    validate: (value) =>
      isWholeWithin(value, INCIDENT_MINUTES) || `Enter a whole number from ${min} to ${max}`,
  });
  session.send({ type: 'live-choice', change: { minutes: Number(text) - choice.minutes } });
}

const isWholeWithin = (text: string, { min, max }: typeof INCIDENT_MINUTES) =>
  /^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max;

/** What the next incident is like. */
function changesOf(step: PromptContext, live: LiveView): readonly PromptChoice<Act>[] {
  const { severity, minutes, presets } = live.choice;
  const hasPresets = live.catalog.some(({ kind }) => kind === 'preset');
  const send = (change: LiveChange) => step.session.send({ type: 'live-choice', change });
  return [
    { name: `Change the severity (now ${severity})`, value: () => send({ severity: 1 }) },
    { name: `Change the duration (now ${minutes} min)`, value: () => changeMinutes(step, live) },
    ...(hasPresets
      ? [
          {
            name: presets ? 'List the types of incident' : 'List the presets, with their settings',
            value: () => send({ presets: !presets }),
          },
        ]
      : []),
  ];
}

/** One incident at a time, and one red herring beside it. */
const canStart = (live: LiveView, what: string) =>
  what === RED_HERRING ? runningHerring(live) === undefined : !isHeld(live);

function choicesOf(step: PromptContext, live: LiveView): readonly PromptChoice<Act>[] {
  const { session, prompter } = step;
  const running = runningIncident(live);
  const notes = notesOf(live).lines;
  return [
    { name: 'Watch', value: () => watch(step) },
    ...(running
      ? [
          {
            name: `End: ${plainText(running.title)}`,
            value: () => carriedOut(session, { type: 'live-recover' }),
          },
        ]
      : []),
    ...startables(live)
      .filter(({ fits, what }) => fits && canStart(live, what))
      .map((item) => ({
        name: `Start: ${startWords(live, item)}`,
        value: () => carriedOut(session, { type: 'live-incident', what: item.what }),
      })),
    ...changesOf(step, live),
    ...(notes.length > 0
      ? [
          {
            name: "Read the presenter's notes",
            value: () => notes.forEach((line) => void prompter.say(line)),
          },
        ]
      : []),
    ...waysOut(step, live),
  ];
}

const waysOut = ({ session }: PromptContext, { from }: LiveView): readonly PromptChoice<Act>[] => [
  ...(from === 'next'
    ? [{ name: 'Back: stop it', value: () => session.send({ type: 'back' as const }) }]
    : []),
  { name: 'Exit: stop it and finish', value: () => session.send({ type: 'forward' }) },
];

/** Says how far it is before it is live, and how it stops: at once, then every five seconds. */
function progress({ session, prompter }: PromptContext): (state: WizardState) => void {
  let saidMs = Number.NEGATIVE_INFINITY;
  let said = '';
  return ({ live }) => {
    if (live?.status !== 'starting' && live?.status !== 'stopping') return;
    const nowMs = session.services.now();
    const head = liveHead(live, WHOLE);
    if (head === said || nowMs - saidMs < PROGRESS_MS) return;
    prompter.say(head);
    said = head;
    saidMs = nowMs;
  };
}

/** What happens to the time since the last document. */
async function chooseGap(step: PromptContext, live: LiveView): Promise<void> {
  const { session, prompter } = step;
  prompter.say(gapFact(live));
  const choices = gapChoices(live).map(({ gap, label, hint }) => ({
    name: `${label}: ${hint}`,
    value: () => session.send({ type: 'live-gap', gap }),
  }));
  const act = await prompter.choose<Act>(GAP_QUESTION, [...choices, ...waysOut(step, live)]);
  await act();
}

/** True once it asks, or has told how things stand, and what can be started is known. */
const isReady = ({ status, tick, catalog }: LiveView) =>
  status === 'asking' || (status === 'running' && tick !== undefined && catalog.length > 0);

/** The live shop, until it is stopped. */
export async function promptLive(step: PromptContext): Promise<void> {
  const { session, prompter } = step;
  const state = await settled(
    session,
    ({ step: now, live }) => now.name !== 'live' || (live !== undefined && isReady(live)),
    progress(step),
  );
  if (state.ended || state.step.name !== 'live' || !state.live) return undefined;
  if (state.live.status === 'asking') return chooseGap(step, state.live);
  if (state.notice) prompter.say(state.notice);
  prompter.say(liveSentence(state.live));
  const act = await prompter.choose('Live', choicesOf(step, state.live));
  await act();
}
