/** From an expression to the call that made the client in it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, NEW } from '../catalog/api-path.js';
import { enclosingClass, memberName, unwrap, unwrapAwait, type Node } from '../ast/nodes.js';
import { isNullish } from '../ast/objects.js';
import { returnedExpressions } from '../ast/returns.js';
import { writesOf } from '../ast/variables.js';
import { isThisMember, memberSources } from '../resolve/members.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';

const MAX_DEPTH = 8;

/** The calls that are made, one behind the other, on what a call gives: `.send()` and `.timeout()` of `post(url).send().timeout()`. */
export function laterCallsOf(file: SourceFile, call: ConfiguredCall): readonly ConfiguredCall[] {
  return laterCalls(file).get(call) ?? [];
}

const laterCalls = perFile((file: SourceFile): ReadonlyMap<ConfiguredCall, readonly ConfiguredCall[]> => {
  const later = new Map<ConfiguredCall, ConfiguredCall[]>();
  for (const call of configuredCallsOf(file)) {
    let made = clientOf(file, call);
    for (let depth = 0; made && made !== 'none' && depth < MAX_DEPTH; depth++) {
      later.set(made, [...(later.get(made) ?? []), call]);
      made = clientOf(file, made);
    }
  }
  return later;
});

/** The entry of a call or construction of the catalog; null for any other node. */
export function configuredCallAt(file: SourceFile, node: Node): ConfiguredCall | null {
  return callsByNode(file).get(node) ?? null;
}

const callsByNode = perFile(
  (file: SourceFile): ReadonlyMap<Node, ConfiguredCall> => new Map(configuredCallsOf(file).map((call) => [call.node, call])),
);

/**
 * The client that a call is made on: `api` of `api.get(…)`.
 *
 * @returns `none` for a function that stands for itself (`axios.get`), null where the file does not show which one it is.
 */
export function clientOf(file: SourceFile, { node, steps }: ConfiguredCall): ConfiguredCall | 'none' | null {
  if (!steps.includes(CALL) && !steps.includes(NEW)) return 'none';
  return madeBy(file, node.callee);
}

/** The call of the catalog that made what an expression is, or is a member of; null where the file does not show one. */
export function madeBy(file: SourceFile, node: Node, depth = 0): ConfiguredCall | null {
  const expression = unwrapAwait(node);
  if (depth > MAX_DEPTH) return null;
  const next = (inner: Node): ConfiguredCall | null => madeBy(file, inner, depth + 1);
  switch (expression.type) {
    case 'CallExpression':
    case 'NewExpression':
      return callsByNode(file).get(expression) ?? ofHelper(file, expression, next);
    case 'Identifier': {
      const variable = originsOf(file).variable(expression);
      const values = (variable ? writesOf(variable) : []).filter(({ value }) => !value || !isNullish(value));
      const [write] = values;
      return values.length === 1 && write?.value ? next(write.value) : null;
    }
    case 'MemberExpression':
      return isThisMember(expression) ? ofField(expression, next) : next(expression.object);
    case 'AssignmentExpression':
      return next(expression.right);
    case 'LogicalExpression':
      return next(expression.left) ?? next(expression.right);
    default:
      return null;
  }
}

function ofField(member: TSESTree.MemberExpression, next: (inner: Node) => ConfiguredCall | null): ConfiguredCall | null {
  const owner = enclosingClass(member);
  const name = memberName(member);
  const values = owner && name !== null ? memberSources(owner, name).flatMap(({ value }) => value ?? []) : [];
  return values.length === 1 && values[0] ? next(values[0]) : null;
}

// `const client = connect()`, with `function connect() { return new Client(…); }` in the file.
function ofHelper(
  file: SourceFile,
  { callee }: TSESTree.CallExpression | TSESTree.NewExpression,
  next: (inner: Node) => ConfiguredCall | null,
): ConfiguredCall | null {
  const called = unwrap(callee);
  const fn = called.type === 'Identifier' || called.type === 'MemberExpression' ? originsOf(file).functionOf(called) : null;
  const returned = fn ? returnedExpressions(fn) : [];
  return returned.length === 1 && returned[0] ? next(returned[0]) : null;
}
