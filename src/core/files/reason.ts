// Why a file operation failed, in words.

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'this user may not use it',
  EPERM: 'this user may not use it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file of that name is in the way',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its name is too long',
  EFBIG: 'a file may not grow so large',
  EDQUOT: 'the disk quota is used up',
  ELOOP: 'its links lead in a circle',
};

/** Why a file operation failed, in words. */
export function fileErrorReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Folders are made one level at a time, so the parent exists: a file system such as /proc refuses this way.
  if (code === 'ENOENT' && error instanceof Error && 'syscall' in error && error.syscall === 'mkdir')
    return 'its file system takes no new folders';
  return REASONS[code] ?? (error instanceof Error ? error.message.replace(/, \w+ '.*$/, '') : String(error));
}
