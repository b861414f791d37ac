/** Every fact of the catalog about an option is asserted on the installed library, or says why it is not. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { libraries } from '../../src/catalog/libraries/index.js';
import type { LibraryChecks } from './facts/check.js';
import { factIds } from './facts/ids.js';
import { missingServers, stopServers } from './facts/servers.js';

const folder = path.join(import.meta.dirname, 'facts', 'libraries');
const checked: readonly LibraryChecks[] = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map(
      async (name) =>
        ((await import(pathToFileURL(path.join(folder, name)).href)) as { readonly default: LibraryChecks }).default,
    ),
);
const missing = missingServers();
const counts = { facts: 0, run: 0, source: 0, unverified: 0, skipped: 0 };

describe.each(libraries.map((library) => [library.name, library] as const))('%s', (name, library) => {
  const ids = factIds(library);
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

it('belongs to libraries of the catalog', () => {
  const names = libraries.map(({ name }) => name);
  expect(checked.filter(({ library }) => !names.includes(library)).map(({ library }) => library)).toEqual([]);
});

afterAll(async () => {
  await stopServers();
  const { facts, run, skipped, source, unverified } = counts;
  console.log(
    `catalog: ${String(facts)} facts about options; ${String(run)} shown by running the library (${String(skipped)} of them skipped: no server), ` +
      `${String(source)} by its source, ${String(unverified)} unverifiable for a stated reason`,
  );
});
