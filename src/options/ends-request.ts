/** Whether something ends a request when its time is over. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { Companion } from '../catalog/descriptor.js';
import { isFunction, isTransparent, memberName, unwrap, type Node } from '../ast/nodes.js';
import { constantInit } from '../resolve/conditions.js';
import { flowOf, type Use } from '../resolve/flow.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { ConfiguredCall } from './subjects.js';

const LISTENERS = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'setTimeout']);

type Call = ConfiguredCall['node'];
type Listener = Extract<Companion, { by: 'listener' }>;
type MemberUse = Extract<Use, { kind: 'member' }>;

/**
 * Does something on what the call gives decide it, as far as the file shows? What is returned, stored or passed on may be decided by
 * somebody else.
 *
 * @param byMember Whether a use of a member does; null where the listener is only one more in a chain, and what follows counts.
 */
function isDecided(file: SourceFile, call: Call, byMember: (use: MemberUse) => boolean | null): boolean {
  return flowOf(file)
    .usesOf(call)
    .some((use) => {
      switch (use.kind) {
        case 'bind':
        case 'look':
          return false;
        case 'member': {
          if (use.name === null) return true;
          const decided = byMember(use);
          if (decided !== null) return decided;
          return use.call !== null && LISTENERS.has(use.name) && isDecided(file, use.call, byMember);
        }
        case 'argument':
          // `body.pipe(request)` only writes to it.
          return use.call.type === 'NewExpression' || calleeName(use.call) !== 'pipe';
        default:
          return true;
      }
    });
}

/**
 * Does a listener on what the call gives end it, or may one that is not seen? Whatever listens to the event is taken for one that does
 * unless the file shows all of it.
 */
export function endsRequest(file: SourceFile, call: Call, { ends, event }: Listener): boolean {
  return isDecided(file, call, ({ call: made, name }) => {
    const [first, second] = made?.arguments ?? [];
    if (!made || !second || !LISTENERS.has(name ?? '')) return null;
    if (name === 'setTimeout') return mayEnd(file, second, ends);
    const isEvent = first?.type !== 'Literal' || first.value === event;
    return isEvent && mayEnd(file, second, ends) ? true : null;
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

// Names under which a time is put around a promise: `withTimeout(…)`, `pTimeout(…)`, `Promise.race([…])`.
const TIMED = /timeout|deadline|^race$|raceWith|timed/iu;

/** Is the call, or a function that consists in it, handed to something that puts a time around it? */
export function isRaced(file: SourceFile, call: Node): boolean {
  let node = call;
  for (let { parent } = node; parent; { parent } = parent) {
    if (parent.type === 'CallExpression' && parent.arguments.includes(node as never) && TIMED.test(calleeName(parent)))
      return true;
    if (parent.type === 'VariableDeclarator' && parent.init === node && parent.id.type === 'Identifier') {
      const variable = originsOf(file).variable(parent.id);
      return variable?.references.some(({ identifier, init }) => init !== true && isRaced(file, identifier)) ?? false;
    }
    if (!isPassedThrough(parent, node)) return false;
    node = parent;
  }
  return false;
}

// `fetch(url).then(…)`, `[fetch(url), timer]`, `await …`, `() => fetch(url)`, `{ return fetch(url); }`
function isPassedThrough(parent: Node, node: Node): boolean {
  switch (parent.type) {
    case 'ArrayExpression':
    case 'AwaitExpression':
    case 'BlockStatement':
    case 'ReturnStatement':
    case 'ChainExpression':
      return true;
    case 'VariableDeclarator':
    case 'VariableDeclaration':
    case 'ExpressionStatement':
      return true;
    case 'MemberExpression':
      return parent.object === node;
    case 'CallExpression':
      return parent.callee === node || isThen(parent);
    default:
      return isTransparent(parent) || (isFunction(parent) && parent.type !== 'FunctionDeclaration');
  }
}

const CHAINED = new Set(['then', 'catch', 'finally']);

function isThen({ callee }: TSESTree.CallExpression): boolean {
  return callee.type === 'MemberExpression' && CHAINED.has(memberName(callee) ?? '');
}

function calleeName({ callee }: TSESTree.CallExpression): string {
  const called = unwrap(callee);
  if (called.type === 'Identifier') return called.name;
  return called.type === 'MemberExpression' ? (memberName(called) ?? '') : '';
}

/** May the first argument be a request, which has a signal of its own? `fetch(new Request(url, { signal }))` */
export function carriesSignal(file: SourceFile, { arguments: args }: Call): boolean {
  const [first] = args;
  if (!first) return false;
  const value = constantInit(file, first);
  if (value.type === 'NewExpression') return value.callee.type === 'Identifier' && value.callee.name === 'Request';
  if (value.type === 'CallExpression') return value.callee.type === 'MemberExpression' && memberName(value.callee) === 'clone';
  const name = value.type === 'Identifier' ? value.name : value.type === 'MemberExpression' ? (memberName(value) ?? '') : '';
  return /req(?:uest)?$|^(?:input|info)$/iu.test(name) || (value.type === 'Identifier' && isTypedAsRequest(file, value));
}

function isTypedAsRequest(file: SourceFile, id: TSESTree.Identifier): boolean {
  return (
    originsOf(file)
      .variable(id)
      ?.identifiers.some(
        ({ typeAnnotation }) => typeAnnotation && /\bRequest(?:Info)?\b/u.test(file.sourceCode.getText(typeAnnotation)),
      ) ?? false
  );
}

/** Does a timer end the request, or may somebody who is not seen? */
export function isEndedByHand(file: SourceFile, call: Call, { ends }: Listener): boolean {
  return isDecided(file, call, ({ call: made, member, name }) => {
    if (ends.includes(name ?? '')) return isInTimer(member);
    const [event] = made?.arguments ?? [];
    // The socket can be given a time of its own.
    const isSocket = LISTENERS.has(name ?? '') && event?.type === 'Literal' && event.value === 'socket';
    return isSocket ? true : null;
  });
}

/** Is a client that is being opened closed by a timer? `setTimeout(() => socket.terminate(), 5000)` */
export function isClosedByTimer(file: SourceFile, call: Call, closes: readonly string[]): boolean {
  return flowOf(file)
    .usesOf(call)
    .some((use) => use.kind === 'member' && closes.includes(use.name ?? '') && isInTimer(use.member));
}

function isInTimer(node: Node): boolean {
  for (let inner = node; inner.parent; inner = inner.parent) {
    const { parent } = inner;
    if (
      parent.type === 'CallExpression' &&
      parent.callee !== inner &&
      /^(?:setTimeout|addEventListener)$/u.test(calleeName(parent))
    )
      return true;
  }
  return false;
}
