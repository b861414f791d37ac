/** What lies around a file: its package and marker files of platforms. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { perFile, type SourceFile } from './source-file.js';

/** Facts about the package a file belongs to. */
export interface Project {
  /** Names of all dependencies of the nearest package.json; null if there is none. */
  readonly dependencies: ReadonlySet<string> | null;
  /** The versions asked for, by the name of the dependency. */
  readonly versions: ReadonlyMap<string, string>;
  /** Does a file of this name stand beside or above the linted file, up to the package root? */
  readonly hasFile: (name: string) => boolean;
}

const NO_PROJECT: Project = { dependencies: null, versions: new Map(), hasFile: () => false };

/** The package around a file. Read from disk once per file that asks; a file that is not on disk has none. */
export const projectOf = perFile((file: SourceFile): Project => {
  if (!path.isAbsolute(file.filename)) return NO_PROJECT;
  const folders: string[] = [];
  let versions: ReadonlyMap<string, string> | null = null;
  for (let folder = path.dirname(file.filename); ; folder = path.dirname(folder)) {
    folders.push(folder);
    versions = readDependencies(path.join(folder, 'package.json'));
    if (versions || path.dirname(folder) === folder) break;
  }
  if (!versions) return NO_PROJECT;
  return {
    dependencies: new Set(versions.keys()),
    versions,
    hasFile: (name) => folders.some((folder) => existsSync(path.join(folder, name))),
  };
});

function readDependencies(manifest: string): ReadonlyMap<string, string> | null {
  let text: string;
  try {
    text = readFileSync(manifest, 'utf8');
  } catch {
    return null;
  }
  try {
    const json = JSON.parse(text) as Record<string, unknown>;
    const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].map((name) => json[name]);
    const entries = groups.flatMap((group) => (typeof group === 'object' && group !== null ? Object.entries(group) : []));
    return new Map(entries.map(([name, version]) => [name, String(version)]));
  } catch {
    // A manifest that cannot be read still marks the root of the package.
    return new Map();
  }
}
