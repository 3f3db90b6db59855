// `export agent-health|openrca|csv`.
import { usage } from '../errors/app-error.ts';
import type { Command } from './context.ts';

export const exportCommand: Command = async () => {
  throw usage('export is not there yet', 'export');
};
