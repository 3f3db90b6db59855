// `validate`: the checks again, on an index this tool made.
import { renderCommand } from '../command-line/render.ts';
import { validateIndex } from '../core/run/validate-index.ts';
import type { Command } from './context.ts';
import { reportAll } from './report.ts';
import { targetOf } from './target.ts';

export const validateCommand: Command = async (context) => {
  const { invocation, environment, directories, program, report, signal } = context;
  const { settings } = invocation;
  const connection = await targetOf(context);
  const command = renderCommand(program, 'validate', settings);
  const request = {
    connection,
    index: settings.index,
    deep: settings.deep,
    environment,
    directories,
    command,
  };
  return reportAll(validateIndex(request, signal), report);
};
