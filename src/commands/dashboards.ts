// `dashboards install|remove|export FILE`: the dashboards of an index that is loaded already.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { dashboardsText, isOurLine } from '../core/dashboards/file.ts';
import { writeAtomically } from '../core/files/atomic-file.ts';
import { writingTo } from '../core/files/output-file.ts';
import { listRuns, noteDashboards } from '../core/history/runs.ts';
import { dataIn, installOnIndex, type LoadedData } from '../core/run/dashboards.ts';
import { planOf } from '../core/run/meta.ts';
import { AppError, usage } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import { linkLines } from '../ui/text/event-text.ts';
import type { Command, Context } from './context.ts';
import { endWith } from './context.ts';
import { doorOf } from './dashboards-door.ts';
import { metaIn } from './data-set.ts';
import { removeStored, storedOf } from './stored-dashboards.ts';
import { targetOf } from './target.ts';
import { withCluster } from './with-cluster.ts';

const install: Command = async (context) => {
  const { invocation, environment, directories, signal, log } = context;
  const { index, dashboards: url } = invocation.settings;
  if (url === undefined) throw missingAddress('install');
  const connection = await targetOf(context);
  const doorTo = await doorOf(context, connection);
  return withCluster({ connection, environment, signal }, async (cluster) => {
    const request = { ...doorTo(url), url, cluster, index, directories, signal };
    for await (const event of installOnIndex(request)) {
      log(event);
      if (event.type !== 'dashboards') continue;
      const { links, objects, version, tenant } = event;
      endWith(context, { url: event.url, version, tenant, index, objects, links }, [
        `Installed ${objects} objects in OpenSearch Dashboards ${version} at ${event.url}`,
        ...linkLines(links),
      ]);
    }
    return 0;
  });
};

const missingAddress = (verb: string) =>
  usage(
    `dashboards ${verb} needs the address of OpenSearch Dashboards: --dashboards http://localhost:5601`,
    'dashboards',
  );

const remove: Command = async (context) => {
  const { settings } = context.invocation;
  const { index, dashboards: url } = settings;
  const connection = await targetOf(context);
  const runs = listRuns(context.directories).filter(
    (run) => run.index === index && run.url === connection.url,
  );
  const stored = storedOf(runs, url === undefined ? undefined : { url, index });
  if (stored.length === 0) throw missingAddress('remove');
  const doorTo = await doorOf(context, connection);
  let removed = 0;
  for (const one of stored) removed += await removeStored(doorTo(one.base), one, context.signal);
  for (const { id, dashboards } of runs)
    if (dashboards) noteDashboards(context.directories, id, { ...dashboards, objects: [] });
  const bases = stored.map(({ base }) => base).join(', ');
  endWith(context, { removed, index: settings.index }, [
    removed > 0 ? `Removed ${removed} objects from ${bases}` : `Nothing of ${settings.index} is in ${bases}`,
  ]);
  return 0;
};

/** The data set of --output-dir, or the index on the cluster. */
async function exported(context: Context): Promise<Omit<LoadedData, 'meta'>> {
  const { invocation, environment, signal } = context;
  const { index, outputDir, markIncidents } = invocation.settings;
  if (outputDir !== undefined) return { plan: planOf(index, metaIn(outputDir)), answers: markIncidents };
  const connection = await targetOf(context);
  return withCluster({ connection, environment, signal }, async (cluster) => {
    const { plan, answers } = await dataIn(cluster, index, signal);
    return { plan, answers: answers || markIncidents };
  });
}

/** Throws AppError `output-unwritable` for a file that this tool did not write. */
function assertOwnFile(file: string): void {
  if (!existsSync(file) || isOurLine(readFileSync(file, 'utf8'))) return;
  const reason = `it holds ${basename(file)}, which this tool did not write`;
  throw new AppError('output-unwritable', { folder: dirname(file), reason });
}

const exportFile: Command = async (context) => {
  const [, file] = context.invocation.words;
  if (file === undefined)
    throw usage(
      'dashboards export needs a file name, such as dashboards export dashboards.ndjson',
      'dashboards',
    );
  const { index } = context.invocation.settings;
  const text = dashboardsText({ ...(await exported(context)), index });
  writingTo(dirname(file), () => {
    assertOwnFile(file);
    writeAtomically(dirname(file), basename(file), text);
  });
  const objects = text.split('\n').length - 1;
  endWith(context, { file, index, objects }, [
    `Wrote ${objects} objects to ${file}. Import it: Stack Management, Saved Objects, Import.`,
  ]);
  return 0;
};

const VERBS: Readonly<Record<string, Command>> = { install, remove, export: exportFile };

export const dashboardsCommand: Command = async (context) => {
  const [verb = '', file] = context.invocation.words;
  const command = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!command) {
    const problem =
      verb === '' ? 'dashboards needs an action' : `${quoted(verb)} is not an action of dashboards`;
    throw usage(`${problem}: install, remove or export FILE`, 'dashboards');
  }
  if (verb !== 'export' && file !== undefined)
    throw usage(`Unexpected argument ${quoted(file)}: dashboards ${verb} takes none`, 'dashboards');
  return command(context);
};
