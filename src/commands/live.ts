// `live`: the shop in real time, on the screen, as prompts or as lines; and what speaks to one that is running.
import { randomInt } from 'node:crypto';
import { askLive } from '../core/live-control/client.ts';
import { RED_HERRING, WHAT } from '../core/live-control/limits.ts';
import type { ControlRequest, LiveIncidentState, LiveState } from '../core/live-control/protocol.ts';
import { notStartable, startableNames } from '../core/live-control/startable.ts';
import type { Preset } from '../core/plan/preset.ts';
import { AppError, usage } from '../errors/app-error.ts';
import { EXIT } from '../errors/exit.ts';
import { readConnection, readSecrets } from '../options/connection.ts';
import { readDashboardsSignIn } from '../options/dashboards-sign-in.ts';
import { fixSettings, presetsOf } from '../options/resolve.ts';
import type { Settings } from '../options/settings.ts';
import { grouped } from '../text/numbers.ts';
import { plainText } from '../text/plain-text.ts';
import { quoted } from '../text/quoted.ts';
import { behindWords } from '../ui/text/live-text.ts';
import { createSession } from '../wizard/session.ts';
import { type Command, type Context, endWith } from './context.ts';
import { showOn } from './fronts.ts';
import { dueCommands, type LiveParts } from './live-request.ts';
import { resumedLive } from './live-resume.ts';
import { tellLive } from './live-tell.ts';
import { promptedPassword } from './prompt-password.ts';
import { realServices } from './wizard-services.ts';

/** The terminal that a person sits at; undefined where none is, or none is wanted. */
function screenOf({ invocation }: Context): NodeJS.WriteStream | undefined {
  const { yes, json, quiet, verbose } = invocation.settings;
  if (yes || json || quiet || verbose || !process.stdin.isTTY) return undefined;
  return [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
}

function partsOf(context: Context, wanted: Settings): LiveParts {
  const { environment, directories, program, version, invocation } = context;
  const settings = fixSettings(wanted);
  return {
    // Kept from the last time it is about the data that were loaded then.
    sample: invocation.flagged.has('sample') ? settings.sample : undefined,
    settings,
    connection: readConnection(settings, environment),
    dashboardsSignIn: readDashboardsSignIn(settings, environment),
    presets: presetsOf(settings),
    ...{ directories, environment, program, version },
  };
}

async function show(context: Context, parts: LiveParts, screen: NodeJS.WriteStream): Promise<number> {
  const { invocation, environment, directories, program, version } = context;
  const { settings } = invocation;
  // A wrong moment is said before the screen opens.
  dueCommands(settings, parts.presets);
  const session = createSession({
    services: realServices({
      ...{ program, version, environment, directories, presetFiles: [] },
      ...{ signIn: parts.dashboardsSignIn, log: context.log },
    }),
    settings: { ...parts.settings, seed: settings.seed ?? randomInt(0, 4_294_967_296) },
    ...readSecrets(settings, environment),
    random: Math.random(),
    live: { presets: parts.presets, sample: parts.sample },
  });
  return showOn(session, screen, context);
}

/** The same, with the password that neither a file nor a variable gives typed by the person at the screen. */
async function signedIn(context: Context, settings: Settings, output: NodeJS.WriteStream): Promise<Context> {
  const { environment, signal } = context;
  const { username, local } = settings;
  if (username === undefined || local || readSecrets(settings, environment).password !== undefined)
    return context;
  const message = `Password of ${plainText(username)}`;
  const password = await promptedPassword({ message, signal, output });
  return { ...context, environment: { ...environment, OPENSEARCH_PASSWORD: password } };
}

const incidentWords = ({ id, type, title, severity, start, end }: LiveIncidentState) =>
  plainText(
    `${title}, ${type === RED_HERRING ? 'red herring' : severity}, ${start.slice(11, 16)}-${end.slice(11, 16)} UTC (${id})`,
  );

function stateWords({
  index,
  url,
  simulated,
  lagMs,
  documents,
  speed,
  running,
  started,
}: LiveState): string[] {
  const pace = speed === 1 ? '' : `, ${speed} × real time`;
  return [
    `Live: ${index} at ${url}${pace}`,
    `Now ${simulated.slice(0, 19)}Z; ${behindWords(lagMs)}; ${grouped(documents)} documents since the start`,
    running.length > 0 ? `Running: ${running.map(incidentWords).join('; ')}` : 'No incident is running',
    ...(started.length > 0 ? [`Started so far: ${started.length}`] : []),
  ].map(plainText);
}

/** Flags of the shop itself, which runs already, and of an incident. */
const OF_THE_SHOP = { liveFor: 'for', speed: 'speed', at: 'at', gap: 'gap', resume: 'resume' } as const;
const OF_A_START = { severity: 'severity', minutes: 'minutes' } as const;

/** Throws AppError `usage` for a flag that says nothing here. */
function assertNone(
  { invocation }: Context,
  verb: string,
  flags: Partial<Record<keyof Settings, string>>,
): void {
  const given = Object.entries(flags).find(([key]) => invocation.flagged.has(key as keyof Settings));
  if (given) throw usage(`live ${verb} does not take --${given[1]}`, 'live');
}

/** The incident of `live start`, as it is asked for. */
function startOf({ invocation: { words, settings, flagged } }: Context): ControlRequest {
  const [, what] = words;
  if (what === undefined)
    throw usage(`live start needs an incident: ${startableNames(presetsOf(settings)).join(', ')}`, 'live');
  // Which presets there are, the shop knows.
  if (!WHAT.test(what)) throw usage(`${quoted(what)} is not the name of an incident`, 'live');
  return {
    ...{ action: 'start', what },
    ...(flagged.has('severity') ? { severity: settings.severity } : {}),
    ...(flagged.has('minutes') ? { minutes: settings.minutes } : {}),
  };
}

/** What the words after `live` ask for. Throws AppError `usage`. */
function requestOf(context: Context): ControlRequest {
  const [verb = '', what] = context.invocation.words;
  if (verb === 'start') {
    assertNone(context, verb, OF_THE_SHOP);
    return startOf(context);
  }
  if (verb !== 'stop' && verb !== 'status')
    throw usage(`${quoted(verb)} is not an action of live: start, stop or status`, 'live');
  assertNone(context, verb, { ...OF_THE_SHOP, ...OF_A_START });
  if (what !== undefined) throw usage(`Unexpected argument ${quoted(what)}: live ${verb} takes none`, 'live');
  return { action: verb };
}

/** Without a shop that knows its presets, a name that is none here is the first thing to mend. Throws AppError. */
function notAsked(error: unknown, request: ControlRequest, presets: readonly Preset[]): never {
  if (request.action !== 'start') throw error;
  const { what, severity = 'major' } = request;
  const problem = notStartable({ what, severity }, presets);
  throw problem === undefined ? error : usage(problem, 'live');
}

/** Speaks to the one that is running. Throws AppError `live-not-running`, `live-several`, `live-refused` or `usage`. */
async function speak(context: Context): Promise<number> {
  const { invocation, directories } = context;
  const { settings, given } = invocation;
  const request = requestOf(context);
  const index = given.has('index') ? settings.index : undefined;
  const reply = await askLive(directories, request, index).catch((error) =>
    notAsked(error, request, presetsOf(settings)),
  );
  if (!reply.ok) throw new AppError('live-refused', { reason: plainText(reply.error) });
  const { ok: _, ...state } = reply;
  endWith(context, { exit: EXIT.ok, live: state }, stateWords(state));
  return EXIT.ok;
}

export const liveCommand: Command = async (context) => {
  if (context.invocation.words.length > 0) return speak(context);
  const { invocation, directories } = context;
  const settings = await resumedLive(directories, invocation.settings, invocation.flagged);
  const screen = screenOf(context);
  if (!screen) return tellLive(context, partsOf(context, settings));
  // What is wrong with the flags is said before anything is asked.
  partsOf(context, settings);
  const known = await signedIn(context, settings, screen);
  return show(known, partsOf(known, settings), screen);
};
