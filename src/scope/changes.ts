/** How a place in the code changes a variable, a field or a container. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, wrapped, type Node } from '../ast/nodes.js';

/** A change, with the value that is there afterwards where it is known. */
export type Change =
  | { readonly how: 'assigned' | 'entered'; readonly value: Node | null }
  | { readonly how: 'added'; readonly key: Node | null }
  | { readonly how: 'counted' | 'removed' };

/** Methods that put a value into a container. */
export const STORING = new Set(
  'add,append,assign,cache,decorate,enqueue,insert,push,put,register,save,set,store,track,unshift,use'.split(','),
);
const REMOVING = new Set('clear,del,delete,dequeue,evict,pop,remove,reset,shift,unset'.split(','));

/** What happens at a place where a name or a member is written; null if it is only read. */
export function changeAt(node: Node): Change | null {
  const outer = wrapped(node);
  const { parent } = outer;
  switch (parent?.type) {
    case 'AssignmentExpression':
      if (parent.left !== outer) return null;
      return isPlainAssignment(parent.operator) ? { how: 'assigned', value: parent.right } : { how: 'counted' };
    case 'UpdateExpression':
      return { how: 'counted' };
    case 'UnaryExpression':
      return parent.operator === 'delete' ? { how: 'removed' } : null;
    case 'MemberExpression':
      return parent.object === outer ? changeInside(parent) : null;
    case 'ArrayPattern':
    case 'AssignmentPattern':
    case 'RestElement':
      return parent.type === 'AssignmentPattern' && parent.right === outer ? null : { how: 'assigned', value: null };
    case 'Property':
      return parent.parent.type === 'ObjectPattern' && parent.value === outer ? { how: 'assigned', value: null } : null;
    default:
      return null;
  }
}

// `pools.set(key, pool)`, `pools[key] = pool`, `hits[key] += 1`, `delete pools[key]`
function changeInside(member: TSESTree.MemberExpression): Change | null {
  const outer = wrapped(member);
  const { parent } = outer;
  if (parent?.type === 'CallExpression' && parent.callee === outer) {
    const name = memberName(member) ?? '';
    if (REMOVING.has(name)) return { how: 'removed' };
    if (!STORING.has(name)) return null;
    const last = parent.arguments.at(-1) ?? null;
    return name === 'add' ? { how: 'added', key: last } : { how: 'entered', value: last };
  }
  const change = changeAt(member);
  return change?.how === 'assigned' ? { ...change, how: 'entered' } : change;
}

function isPlainAssignment(operator: string): boolean {
  return operator === '=' || operator === '??=' || operator === '||=' || operator === '&&=';
}

/** Is the member what a call calls? */
export function isCallee(member: TSESTree.MemberExpression): boolean {
  const outer = wrapped(member);
  return outer.parent?.type === 'CallExpression' && outer.parent.callee === outer;
}
