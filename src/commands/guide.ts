// `guide`: the investigation guide of an index again, printed or written to a file.
import { renderCommand } from '../command-line/render.ts';
import type { Connection } from '../core/cluster/types.ts';
import { writeOutputFile } from '../core/files/output-file.ts';
import { listRuns } from '../core/history/runs.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { guideFile, guideOfIndex } from '../core/run/guide.ts';
import type { Guide } from '../core/validate/guide/guide.ts';
import { guideText } from '../core/validate/guide/pages.ts';
import { asAppError } from '../errors/app-error.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';
import { doorOf } from './dashboards-door.ts';
import { addressOf } from './stored-dashboards.ts';
import { targetOf } from './target.ts';

/** Where the dashboards of the index may be: the address that is given, else where a run has stored them. */
function dashboardsAt({ invocation, directories }: Context, connection: Connection): string | undefined {
  const { dashboards, index } = invocation.settings;
  if (dashboards !== undefined) return dashboards;
  const runs = listRuns(directories).filter((run) => run.index === index && run.url === connection.url);
  const stored = runs.findLast((run) => run.dashboards)?.dashboards;
  return stored && addressOf(stored);
}

/** The guide with links to its dashboards, where there are any; it is worth as much without them. */
async function linked(context: Context, connection: Connection, guide: Guide): Promise<Guide> {
  const { invocation, signal, log, say } = context;
  const url = dashboardsAt(context, connection);
  if (url === undefined) return guide;
  const notice = (text: string) => {
    log({ type: 'notice', text });
    say(text);
  };
  try {
    const { guideWithLinks } = await import('../core/run/dashboards.ts');
    const doorTo = await doorOf(context, connection);
    const withLinks = await guideWithLinks(guide, { ...doorTo(url), url }, signal);
    // An address in the environment may be that of another cluster.
    if (!withLinks && invocation.flagged.has('dashboards'))
      notice(`The guide has no links: the dashboards of ${guide.index} are not installed there`);
    return withLinks ?? guide;
  } catch (error) {
    signal.throwIfAborted();
    notice(`The guide has no links: ${asAppError(error).message}`);
    return guide;
  }
}

export const guideCommand: Command = async (context) => {
  const { invocation, environment, directories, program, signal, log, say } = context;
  const { index, guideFormat, outputDir } = invocation.settings;
  const connection = await targetOf(context);
  const command = renderCommand(program, 'guide', invocation.settings);
  const request = { connection, index, environment, directories, command };
  let guide: Guide | undefined;
  const take = (made: Guide) => {
    guide = made;
  };
  for await (const event of guideOfIndex(request, take, signal)) {
    log(event);
    if (event.type === 'notice') say(event.text);
  }
  if (signal.aborted || !guide) throw stoppedBy(signal, 'nothing was written');
  const text = guideText(await linked(context, connection, guide), guideFormat);
  if (outputDir === undefined) {
    endWith(context, { index, format: guideFormat, text }, text.trimEnd().split('\n'));
    return 0;
  }
  const path = writeOutputFile(outputDir, guideFile(guideFormat), text);
  endWith(context, { index, format: guideFormat, guide: path }, [`Investigation guide: ${path}`]);
  return 0;
};
