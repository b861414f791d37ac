import { isFunction, memberName, unwrap, wrapped, type Node } from '../ast/nodes.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/**
 * Would nobody see the function fail? What a node-style callback of a library throws ends the process, so that nothing it holds then is
 * missed.
 */
export function isDetached(file: SourceFile, fn: Node): boolean {
  if (!isFunction(fn) || fn.async || fn.generator) return false;
  const { parent } = wrapped(fn);
  if (parent?.type !== 'CallExpression') return false;
  const callee = unwrap(parent.callee);
  const method = callee.type === 'MemberExpression' ? memberName(callee) : null;
  if (method !== null && PROMISE_METHODS.test(method)) return false;
  const [first] = fn.params;
  const origin = originsOf(file).of(callee);
  return (
    first?.type === 'Identifier' &&
    ERROR.test(first.name) &&
    origin !== null &&
    file.settings.catalog.librariesOf(origin.module).length > 0
  );
}

const PROMISE_METHODS = /^(?:catch|finally|then)$/u;
const ERROR = /^_?(?:e|er|err|error|\w+(?:Err|Error))$/u;
