/**
 * A part of what `npm run crash` does, small enough for every run: installed sources that use clients, others that are made to use some,
 * and generated services with something to repair in every one.
 */
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';
import { disguised, importsCatalog, readSource, sourcePaths } from '../bench/corpus.js';
import { denseCorpus, longFile } from '../bench/dense.js';
import type { Source } from '../bench/parse.js';
import { survival, type Survival } from './survive.js';

const MODULES = path.resolve(import.meta.dirname, '../../node_modules');

const sources = sourcePaths(MODULES, /(?<!\.d)\.(?:[cm]?js|[cm]?ts|tsx)$/u)
  .map((name) => readSource(MODULES, name))
  // Bundles say nothing that their parts do not say.
  .filter(({ text }) => text.length < 40_000);

/** Sources from the head of a list, up to a number of characters. */
function first(list: readonly Source[], characters: number): readonly Source[] {
  let left = characters;
  return list.filter(({ text }) => (left -= text.length) >= 0);
}

describe('all rules', () => {
  let check: Survival;
  beforeAll(async () => {
    check = await survival(plugin);
  });

  it.each([
    [
      'sources that use clients',
      first(
        sources.filter(({ text }) => importsCatalog(text)),
        900_000,
      ),
    ],
    ['sources in disguise', first(sources, 900_000).map(disguised)],
  ])('survive %s', (_, list) => {
    expect(list.length).toBeGreaterThan(50);
    expect(list.flatMap((source) => check(source)?.failures ?? [])).toEqual([]);
  });

  it('offer edits that parse', () => {
    const outcomes = [...denseCorpus(4, 'careless'), longFile(3000)].map(({ name, text }) => check({ path: name, text }));
    const edits = outcomes.flatMap((outcome) => outcome?.reports ?? []).filter(({ fix, suggestions }) => fix ?? suggestions);
    expect(edits.length).toBeGreaterThan(30);
    expect(outcomes.flatMap((outcome) => outcome?.failures ?? [])).toEqual([]);
  });
});
