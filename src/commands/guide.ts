// `guide`: the investigation guide of an index again, printed or written to a file.
import { renderCommand } from '../command-line/render.ts';
import { writeOutputFile } from '../core/files/output-file.ts';
import { stoppedBy } from '../core/run/finish.ts';
import { guideFile, guideOfIndex } from '../core/run/guide.ts';
import type { Guide } from '../core/validate/guide/guide.ts';
import { guideText } from '../core/validate/guide/pages.ts';
import type { Command } from './context.ts';
import { endWith } from './context.ts';
import { targetOf } from './target.ts';

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
  const text = guideText(guide, guideFormat);
  if (outputDir === undefined) {
    endWith(context, { index, format: guideFormat, text }, text.trimEnd().split('\n'));
    return 0;
  }
  const path = writeOutputFile(outputDir, guideFile(guideFormat), text);
  endWith(context, { index, format: guideFormat, guide: path }, [`Investigation guide: ${path}`]);
  return 0;
};
