/** What tarn makes of sizes and times, for every library whose pool it is. */
import { expect } from 'vitest';
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { run, type Check } from '../check.js';
import { catalogSays } from './catalog-says.js';

/** Unusual values that tarn refuses nearly everywhere, by the names that the catalog has for them. */
export const REFUSED = { zero: 0, negative: -1, null: null, nan: Number.NaN, text: '3', float: 2.5 } as const;

/** The same without 0, which is a size too. */
export const REFUSED_SIZES = { negative: -1, null: null, nan: Number.NaN, text: '3', float: 2.5 } as const;

export const BAD_MAX = 'opt.max must be an integer > 0';
export const BAD_MIN = 'opt.min must be an integer >= 0';
export const MIN_ABOVE_MAX = 'opt.max is smaller than opt.min';
export const badTime = (option: string) => `invalid opt.${option}`;

/** A library whose pool is one of tarn. */
export interface TarnLibrary {
  readonly library: LibraryDescriptor;
  /** What stands in front of the names of the options in the catalog. */
  readonly prefix?: string;
  /** Makes a pool with these options of tarn, and ends it. Throws or rejects if it cannot be made. */
  readonly make: (options: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

/**
 * The check that values of an option are refused.
 *
 * @param values By their names in the catalog.
 * @param message A part of the error.
 */
export function tarnRefusal(
  { library, make, prefix = '' }: TarnLibrary,
  option: string,
  values: Readonly<Record<string, unknown>>,
  message: string,
): Check {
  const names = Object.keys(values);
  return run(
    names.map((name) => `${prefix}${option}: ${name}`),
    `is refused: ${message}`,
    async () => {
      const said = catalogSays(library, prefix + option) as Readonly<Record<string, unknown>>;
      for (const [name, value] of Object.entries(values)) {
        expect(said[name], name).toBe('throws');
        await expect(async () => make({ [option]: value }), name).rejects.toThrow(message);
      }
    },
  );
}
