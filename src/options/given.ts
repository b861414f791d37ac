/** The options that a file gives to clients and calls, each with what the catalog knows of it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { compilePath, matchesPath } from '../catalog/api-path.js';
import type { ApiPath, Limit, OptionFact, OptionPlace, Timeout } from '../catalog/descriptor.js';
import { numberFactsAt, numberFactsOf } from '../catalog/option-index.js';
import { positionsOf } from '../catalog/options.js';
import { fitsModule } from '../catalog/path-index.js';
import { memberName, unwrap, type Node } from '../ast/nodes.js';
import { conditionHolds } from '../resolve/conditions.js';
import { modulesOf } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { lookUpArgument, type Lookup } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';
import { probablyHoldsFor } from './versions.js';

/** A fact about an option that takes a number. */
export type NumberFact = Limit | Timeout;

/** An option that is written in the file. */
export interface GivenOption {
  readonly fact: NumberFact;
  /** The call that takes it; null for an assignment. */
  readonly call: ConfiguredCall | null;
  /** The name under which it stands there. */
  readonly name: string;
  readonly value: Node;
  /** The property, the argument or the assignment that gives it. */
  readonly node: Node;
  readonly property: TSESTree.Property | null;
  readonly object: TSESTree.ObjectExpression | null;
}

/** Where an option of the fact stands in a call: positions of the object, the names, and for how long it holds. */
interface Place {
  readonly positions: readonly number[];
  readonly names: readonly string[];
  readonly holds: OptionPlace['holds'];
}

/** Where the call takes the option; empty if it does not. */
export function placesOf(file: SourceFile, call: ConfiguredCall, fact: OptionFact): readonly Place[] {
  if (fact.when && !fact.when.some((condition) => conditionHolds(file, call.node, condition))) return [];
  if (!probablyHoldsFor(file, call.library, call.module, fact)) return [];
  const names = [fact.option, ...(fact.aliases ?? [])];
  const places: Place[] = [];
  const { creator } = call;
  if (creator && fitsModule(fact.modules, call.module) && (fact.of === undefined || fact.of.includes(creator.api)))
    places.push({ positions: positionsOf(fact), names, holds: 'client' });
  for (const { api, argument, holds, modules, property } of fact.at ?? []) {
    if (!fitsModule(modules ?? fact.modules, call.module) || !matchesPath(api, call.steps)) continue;
    places.push({
      positions: typeof argument === 'number' ? [argument] : argument,
      names: property === undefined ? names : [property],
      holds,
    });
  }
  return places;
}

/** What the call says about the option; `no` also where it takes none. */
export function optionOf(file: SourceFile, call: ConfiguredCall, fact: OptionFact): Lookup {
  let result: Lookup = { found: 'no', object: null, rest: fact.option };
  for (const { names, positions } of placesOf(file, call, fact)) {
    const found = lookUpArgument(file, call.node, positions, names);
    if (found.found === 'yes') return found;
    if (result.found === 'no' && (found.found === 'unknown' || found.object)) result = found;
  }
  return result;
}

/** All limits and times that are written in a file, in source order. */
export const givenOptionsOf = perFile((file: SourceFile): readonly GivenOption[] => {
  const found: GivenOption[] = [];
  for (const call of configuredCallsOf(file)) {
    for (const fact of numberFactsAt(call.library, call)) {
      const given = optionOf(file, call, fact);
      if (given.found !== 'yes') continue;
      const name = given.property ? nameIn(given.property, fact) : fact.option;
      found.push({ ...given, fact, call, name, node: given.property ?? given.value });
    }
  }
  found.push(...assigned(file));
  const seen = new Map<Node, Set<string>>();
  // Options that several calls share are written once.
  return found
    .filter(({ fact, node }) => {
      const known = seen.get(node) ?? new Set();
      seen.set(node, known);
      return !known.has(fact.option) && known.add(fact.option);
    })
    .sort((a, b) => a.node.range[0] - b.node.range[0]);
});

function nameIn({ key }: TSESTree.Property, fact: OptionFact): string {
  const written = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : fact.option;
  return written;
}

// `axios.defaults.timeout = 0`
function assigned(file: SourceFile): readonly GivenOption[] {
  const facts = new Map<string, readonly NumberFact[]>();
  for (const library of new Set(modulesOf(file).flatMap(({ module }) => file.settings.catalog.librariesOf(module))))
    facts.set(
      library.name,
      // The text is looked through first: hardly any file assigns such an option.
      numberFactsOf(library).filter((fact) => fact.assigned?.some((api) => mayBeAssigned(file, api))),
    );
  if (![...facts.values()].some((list) => list.length > 0)) return [];
  const found: GivenOption[] = [];
  for (const node of file.nodesOfType('AssignmentExpression')) {
    const left = unwrap(node.left);
    if (left.type !== 'MemberExpression' || node.operator !== '=') continue;
    const origin = originsOf(file).of(left);
    if (!origin) continue;
    for (const library of file.settings.catalog.librariesOf(origin.module)) {
      const fact = facts.get(library.name)?.find(({ assigned: at }) => at?.some((api) => matchesPath(api, origin.steps)));
      if (fact)
        found.push({
          fact,
          call: null,
          name: memberName(left) ?? fact.option,
          value: node.right,
          node,
          property: null,
          object: null,
        });
    }
  }
  return found;
}

function mayBeAssigned({ sourceCode }: SourceFile, api: ApiPath): boolean {
  return compilePath(api).some(
    ({ last }) =>
      last === null || last.some((name) => sourceCode.text.includes(`.${name} =`) || sourceCode.text.includes(`.${name}=`)),
  );
}

/** Assignments that give the option to every call of a client, or of the process. */
export function isAssigned(file: SourceFile, fact: OptionFact): boolean {
  return fact.assigned !== undefined && givenOptionsOf(file).some((given) => given.call === null && given.fact === fact);
}
