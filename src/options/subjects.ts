/** The calls of a file that take options which the catalog describes: creations, and calls beside them. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Creator, LibraryDescriptor } from '../catalog/descriptor.js';
import type { Step } from '../catalog/api-path.js';
import { entriesAt } from '../catalog/path-index.js';
import { catalogCallsOf, creationSitesOf } from '../resolve/creations.js';
import type { Origin } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';

/** A call or construction of a library of the catalog. */
export interface ConfiguredCall {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly library: LibraryDescriptor;
  /** The creator, if it makes a client. */
  readonly creator: Creator | null;
  /** The creator whose API is called, also where these arguments make nothing that owns connections. */
  readonly called: Creator | null;
  readonly module: string;
  /** From the module to what is called. */
  readonly steps: readonly Step[];
}

/** All of a file, in source order. A module that belongs to several libraries gives one entry for each. */
export const configuredCallsOf = perFile((file: SourceFile): readonly ConfiguredCall[] => {
  const found: ConfiguredCall[] = [];
  const sites = new Map(creationSitesOf(file).map((site) => [site.node, site]));
  for (const { node, origin } of catalogCallsOf(file)) {
    for (const library of file.settings.catalog.librariesOf(origin.module)) {
      const site = sites.get(node);
      const creator = site?.library === library ? site.creator : null;
      const called = creator ?? calledCreator(library, node, origin);
      found.push({ node, library, creator, called, module: origin.module, steps: origin.steps });
    }
  }
  const known = new Set(found.map(({ node }) => node));
  for (const { creator, library, node } of sites.values()) {
    const origin = known.has(node) ? null : originsOf(file).of(node.callee);
    if (origin) found.push({ node, library, creator, called: creator, module: origin.module, steps: origin.steps });
  }
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
});

function calledCreator(library: LibraryDescriptor, node: ConfiguredCall['node'], { module, steps }: Origin): Creator | null {
  const invocation = node.type === 'NewExpression' ? 'new' : 'call';
  return entriesAt(library.creators, module, steps).find(({ invoke }) => invoke === 'either' || invoke === invocation) ?? null;
}
