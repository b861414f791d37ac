/** Whether something ends a request when its time is over. */
import type { Companion } from '../catalog/descriptor.js';
import type { Node } from '../ast/nodes.js';
import { constantInit } from '../resolve/conditions.js';
import { flowOf } from '../resolve/flow.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { ConfiguredCall } from './subjects.js';

const LISTENERS = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'setTimeout']);

/**
 * Does a listener on what the call gives end it, or may one that is not seen? Whatever listens to the event is taken for one that does
 * unless the file shows all of it.
 */
export function endsRequest(
  file: SourceFile,
  call: ConfiguredCall['node'],
  { ends, event }: Extract<Companion, { by: 'listener' }>,
): boolean {
  return flowOf(file)
    .usesOf(call)
    .some((use) => {
      switch (use.kind) {
        case 'bind':
        case 'look':
          return false;
        case 'member': {
          if (use.name === null) return true;
          if (!use.call || !LISTENERS.has(use.name)) return false;
          const [first, second] = use.call.arguments;
          if (use.name === 'setTimeout') return second !== undefined && mayEnd(file, second, ends);
          const isEvent = first?.type === 'Literal' ? first.value === event : true;
          return (
            (isEvent && second !== undefined && mayEnd(file, second, ends)) ||
            endsRequest(file, use.call, { by: 'listener', ends, event, otherwise: '' })
          );
        }
        default:
          // Returned, stored, passed on: somebody else may listen.
          return true;
      }
    });
}

function mayEnd(file: SourceFile, listener: Node, ends: readonly string[]): boolean {
  const value = constantInit(file, listener);
  const fn = value.type === 'Identifier' ? originsOf(file).functionOf(value) : value;
  const text = file.sourceCode.getText(fn ?? value);
  const isSeen =
    fn?.type === 'ArrowFunctionExpression' || fn?.type === 'FunctionExpression' || fn?.type === 'FunctionDeclaration';
  if (!isSeen) return true;
  return (
    ends.some((name) => new RegExp(`\\b${name}\\b`, 'u').test(text)) ||
    /\b(?:reject|abort|fail|done|cb|callback|next)\b/u.test(text)
  );
}
