/** Look-ups over all descriptors: by module, and by the steps that lead from it. */
import type { Step } from './api-path.js';
import type { Creator, LibraryDescriptor } from './descriptor.js';
import type { FrameworkDescriptor } from './framework.js';
import { frameworks } from './frameworks/index.js';
import { libraries } from './libraries/index.js';
import { ModuleIndex, type Vocabulary } from './module-index.js';
import { entriesAt } from './path-index.js';

/** A creator together with the library it belongs to. */
export interface CatalogEntry {
  readonly library: LibraryDescriptor;
  readonly creator: Creator;
}

const builtInLibraries = new ModuleIndex(libraries);
const libraryGlobals = libraries.flatMap((library) => library.globals ?? []);

/** What the built-in libraries are reached by. */
export const vocabulary: Vocabulary = {
  modules: libraries.flatMap((library) => library.modules),
  globals: libraryGlobals,
};

const frameworkIndex = new ModuleIndex(frameworks);
const frameworkGlobals = new Map<string, FrameworkDescriptor[]>();
for (const framework of frameworks) {
  for (const name of framework.globals ?? []) frameworkGlobals.set(name, [...(frameworkGlobals.get(name) ?? []), framework]);
}

/** The catalog as one configuration sees it: the built-in libraries and the user's own. */
export class Catalog {
  readonly #own: ModuleIndex<LibraryDescriptor>;

  constructor(own: readonly LibraryDescriptor[]) {
    this.#own = new ModuleIndex(own);
  }

  /** Libraries that have this import specifier; empty for a module that is none of ours. */
  librariesOf(specifier: string): readonly LibraryDescriptor[] {
    const own = this.#own.of(specifier);
    const builtIn = builtInLibraries.of(specifier);
    return own.length > 0 ? [...own, ...builtIn] : builtIn;
  }

  /** The creator reached from the module by these steps and invoked in this way. */
  creatorAt(module: string, steps: readonly Step[], invocation: 'new' | 'call'): CatalogEntry | null {
    for (const library of this.librariesOf(module)) {
      for (const creator of entriesAt(library.creators, module, steps))
        if (creator.invoke === 'either' || creator.invoke === invocation) return { library, creator };
    }
    return null;
  }

  /** Global names that a library of the catalog puts there. */
  get globals(): readonly string[] {
    return libraryGlobals;
  }

  /** Frameworks that have this import specifier. */
  frameworksOf(specifier: string): readonly FrameworkDescriptor[] {
    return frameworkIndex.of(specifier);
  }

  /** Frameworks that put this name into the global scope. */
  frameworksOfGlobal(name: string): readonly FrameworkDescriptor[] {
    return frameworkGlobals.get(name) ?? [];
  }

  get frameworks(): readonly FrameworkDescriptor[] {
    return frameworks;
  }
}
