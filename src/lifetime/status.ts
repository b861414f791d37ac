/** What a condition says of a response: whether its status is a good one. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, unwrap, type Node } from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import { constantInit, membershipOf } from '../resolve/conditions.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { ValuePath } from './protocol.js';
import type { Values } from './values.js';

/** What is known of the status where the condition holds, or does not. */
export type Verdict = 'bad' | 'good' | 'open';

/** What a condition says where it holds and where it does not. */
export interface Judgement {
  readonly yes: Verdict;
  readonly no: Verdict;
  /** It looks at the response in a way that cannot be followed: one side is the bad one, and nobody knows which. */
  readonly unclear?: boolean;
}

const STATUS = /^status(?:Code)?$/u;
// Whatever else comes where one of these is asked for is a failure.
const PLAIN_SUCCESS: ReadonlySet<number> = new Set([200, 201]);
const NOT_MODIFIED = 304;

/** Is it the status of the response? */
function isStatus(node: Node, values: Values): boolean {
  const path = values.pathOf(unwrap(node));
  return path?.length === 1 && STATUS.test(path[0] ?? '');
}

/**
 * Judges a condition.
 *
 * @returns null where it does not look at the response, or only at whether there is one and how large it is.
 */
export function judge(file: SourceFile, test: Node, values: Values): Judgement | null {
  const node = unwrap(test);
  if (node.type === 'UnaryExpression' && node.operator === '!') {
    const inner = judge(file, node.argument, values);
    return inner && { ...inner, yes: inner.no, no: inner.yes };
  }
  if (node.type === 'LogicalExpression' && node.operator !== '??') {
    const left = judge(file, node.left, values);
    const right = judge(file, node.right, values);
    return combine(node.operator, left ?? OPEN, right ?? OPEN);
  }
  const path = values.pathOf(node);
  if (path?.length === 1 && path[0] === 'ok') return { yes: 'good', no: 'bad' };
  if (node.type === 'BinaryExpression') {
    const compared = compare(node, values);
    if (compared) return compared;
  }
  const membership = membershipOf(file, node);
  if (membership && isStatus(membership.member, values)) {
    const good = membership.values.every((value) => typeof value === 'number' && value < 300);
    return good ? { yes: 'good', no: 'bad' } : { yes: 'bad', no: 'open' };
  }
  // `const failed = response.status >= 400; if (failed) …`
  const init = path ? node : constantInit(file, node);
  if (init !== node) return judge(file, init, values);
  return looksAtPart(node, values) && !looksAtSize(node, values) ? { yes: 'bad', no: 'bad', unclear: true } : null;
}

const OPEN: Judgement = { yes: 'open', no: 'open' };

function combine(operator: '&&' | '||', left: Judgement, right: Judgement): Judgement {
  const both = (a: Verdict, b: Verdict): Verdict => (a === 'bad' || b === 'bad' ? 'bad' : a === 'good' ? a : b);
  const either = (a: Verdict, b: Verdict): Verdict => (a === b ? a : 'open');
  const unclear = left.unclear === true || right.unclear === true;
  return operator === '&&'
    ? { yes: both(left.yes, right.yes), no: either(left.no, right.no), unclear }
    : { yes: either(left.yes, right.yes), no: both(left.no, right.no), unclear };
}

function compare({ left, right, operator }: TSESTree.BinaryExpression, values: Values): Judgement | null {
  const flipped = isStatus(right, values);
  if (!flipped && !isStatus(left, values)) return null;
  const status = literalValue(flipped ? left : right);
  if (typeof status !== 'number') return null;
  const bad = status >= 300 && status !== NOT_MODIFIED;
  const otherwise = PLAIN_SUCCESS.has(status) ? 'bad' : 'open';
  const sense = flipped ? (MIRRORED[operator] ?? operator) : operator;
  switch (sense) {
    case '==':
    case '===':
      return bad ? { yes: 'bad', no: 'open' } : { yes: 'good', no: otherwise };
    case '!=':
    case '!==':
      return bad ? { yes: 'open', no: 'bad' } : { yes: otherwise, no: 'good' };
    case '<':
    case '<=':
      return status < 299 ? { yes: 'bad', no: 'open' } : { yes: 'open', no: 'bad' };
    case '>':
    case '>=':
      return status < 299 ? { yes: 'open', no: 'bad' } : { yes: 'bad', no: 'open' };
    default:
      return null;
  }
}

const MIRRORED: Readonly<Partial<Record<string, string>>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** What entering a `case` of a `switch` says, the default being the case without a test. */
export function judgesCase(discriminant: Node, test: Node | null, values: Values): Verdict {
  if (!looksAtPart(discriminant, values)) return 'open';
  const status = test ? literalValue(test) : undefined;
  return typeof status === 'number' && status < 300 ? 'good' : 'bad';
}

/** Does a response have no body if the part of it at this path is this? */
export function meansNoBody(path: ValuePath, value: unknown, node: Node): boolean {
  if (path.length === 1 && STATUS.test(path[0] ?? '')) return value === 204 || value === 205 || value === NOT_MODIFIED;
  return (value === '0' || value === 0) && isSize(path, node);
}

/** Does the condition look at a part of the response? */
function looksAtPart(test: Node, values: Values): boolean {
  for (const [node, path] of values.entries) if (path.length > 0 && contains(test, node)) return true;
  return false;
}

/** Does the expression look at how large the body is? What is refused for its size is no small error page. */
export function looksAtSize(root: Node, values: Values): boolean {
  for (const [node, path] of values.entries) if (isSize(path, node) && contains(root, node)) return true;
  return false;
}

// `headers.get('content-length')`, `headers['content-length']`
function isSize(path: ValuePath, node: Node): boolean {
  if (path[0] !== 'headers') return false;
  if (path[1] === 'content-length') return path.length === 2;
  if (path[1] !== 'get' || path.length !== 3 || node.type !== 'CallExpression' || !node.arguments[0]) return false;
  const name = literalValue(node.arguments[0]);
  return typeof name === 'string' && name.toLowerCase() === 'content-length';
}
