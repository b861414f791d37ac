import type { Creator, LibraryDescriptor, Limit } from './descriptor.js';

/** The bound on the connections that a creator's client opens, where the library has one. */
export function connectionsLimit(library: LibraryDescriptor, creator: Creator): Limit | null {
  return (
    library.limits?.find(({ bounds, of }) => bounds === 'connections' && (of === undefined || of.includes(creator.api))) ?? null
  );
}

/**
 * What one creation costs, to complete "each …".
 *
 * @param bound The number of connections that its options allow; the library's default where they do not say.
 */
export function costText(library: LibraryDescriptor, creator: Creator, bound?: number): string {
  const max = bound ?? connectionsLimit(library, creator)?.default ?? 'any number of';
  if (max === 1) return creator.cost.replace(/(?:up to )?\{max\} (\w+)s\b/u, 'a $1');
  return creator.cost.replace('{max}', String(max));
}
