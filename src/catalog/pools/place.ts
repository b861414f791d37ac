/** Where the options of a pool stand in the libraries that are built on it. */
import type { OptionFact } from '../descriptor.js';

/** Where the options of a pool stand in the library that is built on it. */
export interface PoolPlace extends Pick<OptionFact, 'argument' | 'at' | 'modules' | 'of' | 'when'> {
  /** Put in front of the names of the options: `pool.`. */
  readonly prefix?: string;
}

export function placed<Fact extends OptionFact>({ prefix = '', ...place }: PoolPlace, facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => ({
    ...fact,
    ...place,
    option: prefix + fact.option,
    ...(fact.aliases ? { aliases: fact.aliases.map((name) => prefix + name) } : {}),
  }));
}
