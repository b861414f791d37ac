/** Something the user can put right; its message is the one line they see. */
export class UsageError extends Error {}

/** The first line of whatever was thrown, without the codes and stacks that follow it. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split('\n')[0] ?? '').trim();
}

/** Why the file system refused, in its own words but without the path, which the caller names. */
export function fileSystemReasonOf(error: unknown): string {
  // "EACCES: permission denied, open '/x/y.ts'"
  return reasonOf(error).replace(/, \w+(?: '.*)?$/u, '');
}
