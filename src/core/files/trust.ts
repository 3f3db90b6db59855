// May a folder of this tool be used? Whoever can write it, or a folder above it, could put programs and addresses there
// that this user would then run and send passwords to.
import { existsSync, lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';

const ROOT = 0;
/** Owner of files whose real owner does not exist in this container: usually the folders of its host. */
const NOBODY = 65_534;

const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
/** In such a folder, as /tmp is, only the owner of a file can rename or remove it. */
const STICKY = 0o1000;

/** The path and every folder above it, the nearest first. */
function upwards(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...upwards(parent)];
}

const isForeign = ({ uid }: Stats, own: number) => uid !== own && uid !== ROOT && uid !== NOBODY;

/** Why a file, or a link in its place, is not safe to write to; undefined when it is, or is not there. */
export function fileProblem(file: string): string | undefined {
  const { uid: own } = userInfo();
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return own >= 0 && stats && isForeign(stats, own) ? `${file} belongs to another user` : undefined;
}

/** Who the program runs as. */
type Own = Pick<ReturnType<typeof userInfo>, 'uid' | 'gid'>;

/**
 * Why others could change a folder that is there; undefined when they cannot. Many systems give each user a group of their
 * own and let it write everywhere, so the group of this user is trusted, and that of root is.
 */
function openTo(path: string, { uid: own, gid: ownGroup }: Own): string | undefined {
  const stats = statSync(path);
  if (isForeign(stats, own)) return `${path} belongs to another user`;
  if ((stats.mode & STICKY) !== 0) return undefined;
  if ((stats.mode & OTHERS_WRITE) !== 0) return `every user can write to ${path}`;
  const isOwnGroup = [ownGroup, ROOT, NOBODY].includes(stats.gid);
  return (stats.mode & GROUP_WRITE) !== 0 && !isOwnGroup ? `other users can write to ${path}` : undefined;
}

/** The problem of the folder itself, which only this user may write. */
function ownProblem(path: string, own: number): string | undefined {
  const { uid, mode } = statSync(path);
  if (uid !== own) return `${path} belongs to another user`;
  return (mode & (GROUP_WRITE | OTHERS_WRITE)) === 0 ? undefined : `other users can write to ${path}`;
}

/**
 * Why a folder is not safe to use: it, a link on the way to it or a folder above it belongs to another user or can be
 * written by others. Undefined when it is safe, does not exist yet in a safe place, or the system has no such owners (Windows).
 */
export function folderProblem(folder: string): string | undefined {
  const user = userInfo();
  const { uid: own } = user;
  if (own < 0) return undefined;
  const path = resolve(folder);
  const there = upwards(path).filter((one) => existsSync(one));
  const link = there.find((one) => isForeign(lstatSync(one), own));
  if (link !== undefined) return `${link} belongs to another user`;
  const [nearest] = there;
  if (nearest === undefined) return undefined;
  const real = realpathSync(nearest);
  const above = (nearest === path ? upwards(real).slice(1) : upwards(real)).map((one) => openTo(one, user));
  return (
    (nearest === path ? ownProblem(real, own) : undefined) ?? above.find((problem) => problem !== undefined)
  );
}
