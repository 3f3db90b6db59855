// `export agent-health|openrca|csv`: the data set of a folder in the formats of others.
import { join } from 'node:path';
import { agentHealthFiles } from '../core/export/agent-health.ts';
import type { ExportedFile } from '../core/export/exported-file.ts';
import { metricsFiles } from '../core/export/metrics.ts';
import { openRcaFiles } from '../core/export/openrca.ts';
import { writeExported } from '../core/export/write.ts';
import { AppError, usage } from '../errors/app-error.ts';
import { quoted } from '../text/quoted.ts';
import { type AnswerFiles, folderOf, readAnswerFiles } from './answer-files.ts';
import type { Command } from './context.ts';
import { endWith } from './context.ts';

type Make = (files: AnswerFiles, index: string) => Promise<ExportedFile[]> | ExportedFile[];

const timeZoneOf = ({ summary }: AnswerFiles) => summary?.timeZone ?? 'UTC';

const csv: Make = ({ key, data, folder }) => {
  const file = join(folder, 'all_data.ndjson');
  if (data === undefined) throw new AppError('file-unreadable', { file, reason: 'it does not exist' });
  return metricsFiles(key, data);
};

const FORMATS: Readonly<Record<string, Make>> = {
  'agent-health': (files, index) => agentHealthFiles({ key: files.key, index, timeZone: timeZoneOf(files) }),
  openrca: (files) => openRcaFiles({ key: files.key, timeZone: timeZoneOf(files) }),
  csv,
};

/** How many written files are named; a case has two, and there may be hundreds. */
const NAMED = 3;

export const exportCommand: Command = async (context) => {
  const { words, settings } = context.invocation;
  const [format = ''] = words;
  const make = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!make) {
    const problem = format === '' ? 'export needs a format' : `${quoted(format)} is not a format of export`;
    throw usage(`${problem}: ${Object.keys(FORMATS).join(', ')}`, 'export');
  }
  const files = readAnswerFiles(settings);
  const paths = writeExported(folderOf(settings), await make(files, settings.index));
  const more = paths.length - NAMED;
  endWith(context, { format, files: paths }, [
    ...paths.slice(0, NAMED).map((path) => `Wrote ${path}`),
    ...(more > 0 ? [`and ${more} more beside them`] : []),
  ]);
  return 0;
};
