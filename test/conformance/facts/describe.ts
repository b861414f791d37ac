/** Makes tests of the checks in a folder, and holds them against what the catalog says. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { LibraryDescriptor } from '../../../src/catalog/descriptor.js';
import { libraries } from '../../../src/catalog/libraries/index.js';
import type { LibraryChecks } from './check.js';
import { missingServers, stopServers } from './servers.js';

/**
 * @param folder Beside this file.
 * @param idsOf The facts of a library that the folder is about.
 * @param what Their name in the count that is printed.
 * @param names Files of the folder.
 */
export async function describeFacts(
  folder: string,
  idsOf: (library: LibraryDescriptor) => readonly string[],
  what: string,
  names: readonly string[],
): Promise<void> {
  const checked: readonly LibraryChecks[] = await Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name) => {
        const { href } = pathToFileURL(path.join(import.meta.dirname, folder, name));
        return ((await import(href)) as { readonly default: LibraryChecks }).default;
      }),
  );
  const missing = missingServers();
  const counts = { facts: 0, run: 0, source: 0, unverified: 0, skipped: 0 };

  describe.each(libraries.map((library) => [library.name, library] as const))('%s', (name, library) => {
    const ids = idsOf(library);
    const own = checked.filter((entry) => entry.library === name).flatMap(({ checks }) => checks);
    counts.facts += ids.length;
    for (const { facts, how } of own) counts[how] += facts.length;

    it('has a check for every fact, and no check for anything else', () => {
      const asserted = own.flatMap(({ facts }) => facts);
      expect(ids.filter((id) => !asserted.includes(id))).toEqual([]);
      expect(asserted.filter((id) => !ids.includes(id))).toEqual([]);
      expect(asserted.filter((id, index) => asserted.indexOf(id) !== index)).toEqual([]);
    });

    for (const { facts, how, needs, test, title } of own) {
      if (how === 'unverified' || !test) continue;
      const isMissing = needs !== undefined && missing.includes(needs);
      if (isMissing) counts.skipped += facts.length;
      it.skipIf(isMissing)(
        `${title} (${facts.join(', ')}; ${how}${isMissing ? `; no ${needs} on this machine` : ''})`,
        test,
        60_000,
      );
    }
  });

  it('is about libraries of the catalog', () => {
    const known = libraries.map(({ name }) => name);
    expect(checked.filter(({ library }) => !known.includes(library)).map(({ library }) => library)).toEqual([]);
  });

  afterAll(async () => {
    await stopServers();
    const { facts, run, skipped, source, unverified } = counts;
    console.log(
      `catalog: ${String(facts)} ${what}; ${String(run)} shown by running the library (${String(skipped)} of them skipped: no server), ` +
        `${String(source)} by its source, ${String(unverified)} unverifiable for a stated reason`,
    );
  });
}
