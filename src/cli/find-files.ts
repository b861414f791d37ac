import nodeFs from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { globby } from 'globby';
import { lintRootOf } from './lint-root.js';
import { fileSystemReasonOf, UsageError } from './usage-error.js';

/** A file to check. */
export interface FoundFile {
  readonly path: string;
  /** Where the config's globs count from. */
  readonly root: string;
}

/** What the paths of the command line lead to. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Folders that could not be looked into, each with the reason. */
  readonly failures: readonly string[];
  /** Folders of the command line without anything to check. */
  readonly empty: readonly string[];
}

const SOURCES = '**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}';

// What is written by hand is looked at; these hold what tools wrote. So do hidden folders (`.next`, `.nuxt`, `.output`,
// `.svelte-kit`, `.yarn`), which a glob leaves out anyway.
const LEFT_OUT = [
  '**/{node_modules,bower_components,jspm_packages}/**',
  '**/{dist,build,out,coverage,vendor}/**',
  '**/*.min.{js,mjs,cjs}',
  '**/*.d.{ts,mts,cts}',
  '**/*.d.*.ts',
];

/**
 * Finds the files behind paths: a file as it is, a folder by search.
 *
 * @throws UsageError for a path that does not exist.
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const files = new Map<string, FoundFile>();
  const failures: string[] = [];
  const empty: string[] = [];
  // All of them are looked at before the first search: a typing error shows at once.
  for (const { given, target, isFolder } of await Promise.all(paths.map((given) => look(given, cwd)))) {
    const root = lintRootOf(target, isFolder, cwd);
    if (!isFolder) {
      files.set(target, { path: target, root });
      continue;
    }
    const found = await search(target, failures);
    if (found.length === 0) empty.push(given);
    for (const file of found) if (!files.has(file)) files.set(file, { path: file, root });
  }
  return { files: [...files.values()], failures, empty };
}

async function look(given: string, cwd: string): Promise<{ given: string; target: string; isFolder: boolean }> {
  const target = path.resolve(cwd, given);
  let entry: nodeFs.Stats;
  try {
    entry = await stat(target);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file or folder' : fileSystemReasonOf(error);
    throw new UsageError(`cannot read ${given}: ${reason}`);
  }
  // Reading a pipe or a device would wait for ever.
  if (!entry.isDirectory() && !entry.isFile()) throw new UsageError(`cannot read ${given}: neither a file nor a folder`);
  return { given, target, isFolder: entry.isDirectory() };
}

async function search(folder: string, failures: string[]): Promise<string[]> {
  const found = await globby(SOURCES, {
    cwd: folder,
    absolute: true,
    gitignore: true,
    ignore: LEFT_OUT,
    // A link leads to a file that has a place of its own, or out of the repository.
    followSymbolicLinks: false,
    expandDirectories: false,
    // One closed folder does not stop the search, but is told.
    suppressErrors: true,
    fs: { ...nodeFs, readdir: reportingReaddir(failures) },
  });
  return found.map((file) => path.normalize(file)).sort();
}

/** `readdir` that notes where it failed. */
function reportingReaddir(failures: string[]): typeof nodeFs.readdir {
  const readdir = (
    folder: string,
    options: { withFileTypes: true },
    done: (error: Error | null, entries: nodeFs.Dirent[]) => void,
  ) => {
    nodeFs.readdir(folder, options, (error, entries) => {
      if (error) {
        const failure = `cannot read ${folder}: ${fileSystemReasonOf(error)}`;
        // The search for .gitignore files comes by as well.
        if (!failures.includes(failure)) failures.push(failure);
      }
      done(error, entries);
    });
  };
  return readdir as unknown as typeof nodeFs.readdir;
}
