/** Which versions of a library a project uses. */
import coerce from 'semver/functions/coerce.js';
import satisfies from 'semver/functions/satisfies.js';
import intersects from 'semver/ranges/intersects.js';
import subset from 'semver/ranges/subset.js';
import validRange from 'semver/ranges/valid.js';
import type { LibraryDescriptor } from '../catalog/descriptor.js';
import { projectOf } from '../resolve/project.js';
import type { SourceFile } from '../resolve/source-file.js';

/** A fact that holds for some versions of its library. */
interface Versioned {
  readonly versions?: string | undefined;
}

/**
 * Does the fact hold for the version that the project asks for?
 *
 * @returns null where the package's manifest does not say, or says both.
 */
export function holdsFor(file: SourceFile, module: string, { versions }: Versioned): boolean | null {
  if (versions === undefined) return true;
  const wanted = projectOf(file).versions.get(packageOf(module));
  const range = wanted === undefined ? null : validRange(wanted.replace(/^workspace:|^npm:.*@(?=[^/]*$)/u, ''));
  if (range === null || range === '*') return null;
  if (subset(range, versions)) return true;
  return intersects(range, versions) ? null : false;
}

/** As {@link holdsFor}; where the manifest does not say, the version on which the facts were checked is taken for the one in use. */
export function probablyHoldsFor(file: SourceFile, library: LibraryDescriptor, module: string, fact: Versioned): boolean {
  const known = holdsFor(file, module, fact);
  if (known !== null) return known;
  const checked = coerce(library.version);
  return checked === null || satisfies(checked, fact.versions ?? '*');
}

// `@scope/name/sub/path` → `@scope/name`
function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}
