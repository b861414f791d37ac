/** An instance at module scope that gives all calls a time: `const client = axios.create({ timeout: … })`. */
import type { TSESTree } from '@typescript-eslint/utils';
import { compilePath, matchesPath } from '../catalog/api-path.js';
import { inUnitOf } from '../catalog/options.js';
import { unwrap, type Node } from '../ast/nodes.js';
import { isModuleLevel } from '../ast/variables.js';
import { insertAtModuleScope } from '../fix/module-position.js';
import { freeName } from '../fix/names.js';
import type { EndlessCall } from '../options/waits.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { TimeoutEdit } from './add-timeout.js';

/**
 * Makes an instance with a time and calls that one in the place of the library's own. Null where the library has no instances, or the call is
 * made on one already.
 *
 * @param ms The time in milliseconds.
 */
export function shareInstance(file: SourceFile, { call, waits }: EndlessCall, ms: number): TimeoutEdit | null {
  const root = rootOf(call.node.callee);
  const [only, ...others] = waits;
  if (!root || !only || others.length > 0 || only.deadSignal) return null;
  const variable = originsOf(file).variable(root);
  const origin = originsOf(file).of(root);
  const [definition] = variable?.defs ?? [];
  if (!variable || !definition || !origin || !isModuleLevel(variable)) return null;
  const name = freeName(file.sourceCode, 'client', [call.node]);
  for (const fact of call.library.timeouts ?? []) {
    const place = fact.at?.find(({ holds }) => holds === 'client');
    const amount = inUnitOf(fact, ms);
    const [method] = place ? (compilePath(place.api)[0]?.last ?? []) : [];
    if (!place || amount === null || method === undefined || name === null || !only.wait.endedBy.includes(fact.option))
      continue;
    // The call makes an instance itself.
    if (matchesPath(place.api, call.steps)) return null;
    if (place.argument !== 0 || !matchesPath(place.api, [...origin.steps, method])) continue;
    const options = fact.option.split('.').reduceRight((value, part) => `{ ${part}: ${value} }`, String(amount));
    const made = `${root.name}.${method}(${options})`;
    return {
      safety: 'suggest',
      written: `const ${name} = ${made}`,
      changes: () => [
        insertAtModuleScope(file.sourceCode, [definition.node], [`const ${name} = ${made};`]),
        { range: root.range, text: name },
      ],
    };
  }
  return null;
}

// `axios` of `axios.get` and of `axios(…)`.
function rootOf(callee: Node): TSESTree.Identifier | null {
  const called = unwrap(callee);
  const root = called.type === 'MemberExpression' ? unwrap(called.object) : called;
  return root.type === 'Identifier' ? root : null;
}
