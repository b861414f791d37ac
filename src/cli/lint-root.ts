import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder that the globs of a config count from for a path.
 *
 * It is the current folder where that holds the path, as with ESLint. A repository of its own further in or outside
 * counts from its root: `**\/test/**` shall not match because of a folder above the repository.
 */
export function lintRootOf(target: string, isFolder: boolean, cwd: string): string {
  const folder = isFolder ? target : path.dirname(target);
  const repository = nearestWith('.git', folder);
  if (isInside(folder, cwd)) return repository !== undefined && isInside(repository, cwd) ? repository : cwd;
  return repository ?? nearestWith('package.json', folder) ?? folder;
}

/** Is a path the folder itself or below it? */
export function isInside(target: string, folder: string): boolean {
  const relative = path.relative(folder, target);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function nearestWith(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, name))) return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}
