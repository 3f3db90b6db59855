// `live --resume`: the index and the address of a live shop that was killed.
import type { Directories } from '../core/directories.ts';
import { ask } from '../core/live-control/client.ts';
import { type LiveNote, listNotes } from '../core/live-control/note.ts';
import { AppError } from '../errors/app-error.ts';
import type { Settings } from '../options/settings.ts';

const isMeant = ({ id, index }: LiveNote, { resume, index: named }: Settings, byIndex: boolean) =>
  (resume === true || resume === id) && (!byIndex || index === named);

/**
 * The settings with which it goes on; a flag that was given now counts. Throws AppError `live-unknown` when no such shop was
 * killed, and `live-running` when the one that is named is still live.
 */
export async function resumedLive(
  directories: Directories,
  settings: Settings,
  flagged: ReadonlySet<keyof Settings>,
): Promise<Settings> {
  if (settings.resume === undefined) return settings;
  const meant = listNotes(directories).filter((note) => isMeant(note, settings, flagged.has('index')));
  const states = await Promise.all(
    meant.map(async (note) => ({ note, isLive: (await ask(note, { action: 'status' })) !== undefined })),
  );
  const killed = states.findLast(({ isLive }) => !isLive)?.note;
  if (killed) {
    const { index, url } = killed;
    return { ...settings, index, ...(flagged.has('url') || settings.local ? {} : { url }) };
  }
  const [alive] = states;
  if (alive) throw new AppError('live-running', { id: alive.note.id, index: alive.note.index });
  throw new AppError('live-unknown', { id: settings.resume === true ? '' : settings.resume });
}
