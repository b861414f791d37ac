/** What the catalog says about an option, in a form that a check can compare with what it has seen. */
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { UNUSUAL, type UnusualValue } from '../../../../src/catalog/options.js';

/** The default and what each unusual value means; `becomes 1` for a value that is taken for another number. */
export type Said = Partial<Record<UnusualValue, string>> & { readonly default: number | string | null; readonly unit?: string };

/**
 * The fact of the catalog about an option of `limits` or `timeouts`.
 *
 * @param occurrence Which of several entries of that name, from 1.
 */
export function catalogSays(library: LibraryDescriptor, option: string, occurrence = 1): Said {
  const fact = [...(library.limits ?? []), ...(library.timeouts ?? [])].filter((entry) => entry.option === option)[
    occurrence - 1
  ];
  if (!fact) throw new Error(`${library.name} has no option ${option} in the catalog`);
  const unusual = UNUSUAL.flatMap((value) => {
    const effect = fact[value];
    if (effect === undefined) return [];
    if (typeof effect === 'string') return [[value, effect] as const];
    return [[value, effect.value === undefined ? effect.means : `${effect.means} ${String(effect.value)}`] as const];
  });
  return {
    default: fact.default,
    ...('unit' in fact ? { unit: fact.unit } : {}),
    ...Object.fromEntries(unusual),
  };
}
