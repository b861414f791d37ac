/** Look-ups by import specifier. Knows no library: the gate uses it before any descriptor is loaded. */
import { matchesModule, plainModule } from './api-path.js';

/** The words by which a file can reach a library. */
export interface Vocabulary {
  /** Import specifiers; a star stands for any rest. */
  readonly modules: readonly string[];
  /** Global names. */
  readonly globals: readonly string[];
}

const NONE: readonly never[] = [];
const MAX_KNOWN = 10_000;

/** Descriptors indexed by import specifier. */
export class ModuleIndex<T extends { readonly modules: readonly string[] }> {
  readonly #exact = new Map<string, T[]>();
  readonly #wild: { readonly pattern: string; readonly core: string; readonly descriptor: T }[] = [];
  // Answers given before: the same few specifiers come again and again, in every file.
  readonly #known = new Map<string, readonly T[]>();

  constructor(descriptors: readonly T[]) {
    for (const descriptor of descriptors) {
      for (const module of descriptor.modules) {
        const [core = ''] = module.split('*').sort((a, b) => b.length - a.length);
        if (module.includes('*')) this.#wild.push({ pattern: module, core, descriptor });
        else this.#exact.set(plainModule(module), [...(this.#exact.get(plainModule(module)) ?? []), descriptor]);
      }
    }
  }

  of(specifier: string): readonly T[] {
    const known = this.#known.get(specifier);
    if (known) return known;
    const found = this.#find(specifier);
    // An editor runs for days, and everything typed between quotes comes by.
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(specifier, found);
    return found;
  }

  #find(specifier: string): readonly T[] {
    const plain = plainModule(specifier);
    const exact = this.#exact.get(plain) ?? NONE;
    let found: Set<T> | null = null;
    for (const { pattern, core, descriptor } of this.#wild) {
      // Nearly every specifier of a file fails at the longest part without a star.
      if (plain.includes(core) && matchesModule(pattern, plain)) found = (found ?? new Set(exact)).add(descriptor);
    }
    return found ? [...found] : exact;
  }
}
