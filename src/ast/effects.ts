/** Which calls cannot fail for any reason that a reader would think of. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, unwrap } from './nodes.js';

// Built-ins that fail on nothing a program passes to them in practice.
const SAFE_GLOBALS =
  /^(?:console|Math|Number|Date|performance|Symbol|Reflect|process)\.\w+$|^(?:String|Number|Boolean|Symbol|parseInt|parseFloat|isNaN|setTimeout|setInterval|setImmediate|clearTimeout|clearInterval|clearImmediate|queueMicrotask|structuredClone|randomUUID|uuid|uuidv[47]|nanoid)$|^(?:Array\.(?:isArray|from|of)|Object\.(?:keys|values|entries|assign|freeze|fromEntries)|JSON\.stringify|crypto\.randomUUID|process\.(?:hrtime|cwd|nextTick|memoryUsage|hrtime\.bigint)|performance\.now)$/u;
// Built-ins that are made from text they may refuse. A class that is written to be constructed does not fail for a reason of its own.
const REFUSING_CONSTRUCTORS = /^(?:Function|Intl\.\w+|RegExp|TextDecoder|URL|URLPattern)$/u;
const LOGGER = /(?:^|\.)(?:log|logger|logging|debug|trace)$/iu;
const LOG_METHODS = /^(?:log|debug|info|warn|error|trace|verbose|silly|fatal|child)$/u;
// Attaching a listener or reading a collection.
const SAFE_METHODS = new Set(
  'on,once,off,addListener,removeListener,prependListener,has,get,set,add,push,pop,shift,unshift,includes,indexOf,join,slice,concat,trim,toString,toUpperCase,toLowerCase,startsWith,endsWith,split,replace,padStart,toFixed,toISOString,getTime'.split(
    ',',
  ),
);

/** May the call throw? Names decide only towards "no". */
export function mayThrow(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = unwrap(call.callee);
  const text = dotted(callee);
  if (call.type === 'NewExpression') return text === null || REFUSING_CONSTRUCTORS.test(text);
  if (text !== null && SAFE_GLOBALS.test(text)) return false;
  if (callee.type === 'Identifier') return !LOGGER.test(callee.name);
  if (callee.type !== 'MemberExpression') return true;
  const name = memberName(callee);
  if (name === null) return true;
  if (SAFE_METHODS.has(name)) return false;
  const object = dotted(unwrap(callee.object));
  return !(object !== null && LOGGER.test(object) && LOG_METHODS.test(name));
}

const CLOSING = /^(?:close|destroy|disconnect|dispose|end|quit|release|unlock|unref)$/u;

/** Does the call close or let go of something, which is not expected to fail where things are cleaned up? */
export function closes(call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && CLOSING.test(memberName(callee) ?? '');
}

function dotted(node: TSESTree.Node): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type !== 'MemberExpression') return null;
  const object = dotted(unwrap(node.object));
  const name = memberName(node);
  return object === null || name === null ? null : `${object}.${name}`;
}
