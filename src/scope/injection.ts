/** Classes that a framework makes instances of, and what it gives their constructors. */
import type { TSESTree } from '@typescript-eslint/utils';
import { matchesAnyModule, matchesPath } from '../catalog/api-path.js';
import type { FrameworkDescriptor, InstantiatedClass } from '../catalog/framework.js';
import { decoratorsOf, isFunction, type ClassNode, type FunctionNode } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** What the catalog says about a class, and the framework that says it. */
export interface InstantiationMatch {
  readonly framework: FrameworkDescriptor;
  readonly entry: InstantiatedClass;
}

/** How a framework makes instances of the class; null for a class that no framework is known to make. */
export function instantiationOf(file: SourceFile, owner: ClassNode): InstantiationMatch | null {
  for (const decorator of decoratorsOf(owner)) {
    const call = decorator.expression.type === 'CallExpression' ? decorator.expression : null;
    const origin = originsOf(file).of(call ? call.callee : decorator.expression);
    if (!origin) continue;
    const matches = file.settings.catalog.frameworks.flatMap((framework) =>
      (framework.instantiates ?? [])
        .filter(
          (entry) =>
            matchesAnyModule(entry.modules ?? framework.modules, origin.module) && matchesPath(entry.decorator, origin.steps),
        )
        .map((entry) => ({ framework, entry })),
    );
    const found = matches.find(({ entry }) => holds(file, owner, call, entry));
    if (found) return found;
  }
  return null;
}

/** Is the parameter at `index` of a function one by which a framework hands the request to a constructor? */
export function injectsRequest(file: SourceFile, fn: FunctionNode, index: number): boolean {
  const parameter = fn.params[index];
  // Other linters leave the list out where there is nothing to list.
  const { decorators = [] } = (parameter ?? {}) as { readonly decorators?: readonly TSESTree.Decorator[] };
  return decorators.some(({ expression }) => {
    const token = expression.type === 'CallExpression' ? expression.arguments[0] : undefined;
    const origin = token ? originsOf(file).of(token) : null;
    return (
      origin !== null &&
      file.settings.catalog
        .frameworksOf(origin.module)
        .some((framework) => framework.injectedRequest?.some((path) => matchesPath(path, origin.steps)) ?? false)
    );
  });
}

/** Does a framework call the constructor, so that what it is called with is what was injected? */
export function isInjectedConstructor(file: SourceFile, fn: FunctionNode): boolean {
  const { parent } = fn;
  return (
    parent.type === 'MethodDefinition' && parent.kind === 'constructor' && instantiationOf(file, parent.parent.parent) !== null
  );
}

function holds(
  file: SourceFile,
  owner: ClassNode,
  call: TSESTree.CallExpression | null,
  { when = [], injectsRequest: injected }: InstantiatedClass,
): boolean {
  const options = call?.arguments ?? [];
  const says = (property: string, value: string): boolean =>
    options.some((argument) => {
      const found = lookUpProperty(argument, property);
      return found.found === 'yes' && file.sourceCode.getText(found.value) === value;
    });
  return (
    when.every(({ property, value, not = false }) => says(property, value) !== not) &&
    (!injected || constructorsOf(owner).some((fn) => fn.params.some((_, index) => injectsRequest(file, fn, index))))
  );
}

function constructorsOf(owner: ClassNode): readonly FunctionNode[] {
  return owner.body.body.flatMap((member) =>
    member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value) ? [member.value] : [],
  );
}
