// Why a file could not be read, in words of ours: what the system said of it is a code.

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'this is a folder, not a file.',
  ENOTDIR: 'there is no such file: a part of the path is a file, not a folder.',
  EACCES: 'you may not read it.',
  EPERM: 'you may not read it.',
};

/** The end of a sentence that names the file. */
export function unreadableReason(cause: unknown): string {
  const { code = '', message = 'unknown' } = cause as { readonly code?: string; readonly message?: string };
  return reasons[code] ?? `it cannot be read: ${message}.`;
}
