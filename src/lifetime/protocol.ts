/** What giving a value back means: the catalog's facts about one kind of value, as questions about calls. */
import type { TSESTree } from '@typescript-eslint/utils';
import { matchesPath } from '../catalog/api-path.js';
import type { MemberPath } from '../catalog/descriptor.js';
import type { Node } from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import { unwrapAwait } from '../ast/nodes.js';
import type { Judgement, Verdict } from './status.js';
import type { Values } from './values.js';

/** Way from a value to a part of it: member names, and `()` for calls. */
export type ValuePath = readonly string[];

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** How one kind of value is followed and given back. */
export interface Protocol {
  /** Is the part at this path the thing that has to be given back? (For a connection itself; for a response also its body.) */
  readonly isEssential: (path: ValuePath) => boolean;
  /** Does calling the member at this path give it back? A reference to the member, which is called by somebody else, has no call. */
  readonly releases: (path: ValuePath, call: Call | null) => boolean;
  /** Does calling the member at this path read what is left, so that nothing stays behind once it is called in a loop? */
  readonly exhausts: (path: ValuePath) => boolean;
  /** When the value is taken: by the call itself, or by one of its members. */
  readonly taking: Taking | null;
  /** Does calling the member at this path give the value itself, so that calls can be chained? */
  readonly chains: (path: ValuePath) => boolean;
  /** Does passing it to this method of another object give it back (`pool.release(connection)`)? */
  readonly takesBack: (method: string) => boolean;
  /** Does this call, which does not touch the value, give it back (`controller.abort()`)? */
  readonly frees: (call: Call) => boolean;
  /** Does the function only work with what it is passed at this position, and leave it to the caller? */
  readonly borrows: (callee: Node, position: number) => boolean;
  /** Is it the name of an option, or of a method, by which the value is given to be worked with (`{ transaction }`)? */
  readonly borrowsAs: (name: string) => boolean;
  /** Does iterating over the part at this path give it back? */
  readonly iterable: (path: ValuePath) => boolean;
  /** Does the member at this path claim the value for the life of the process (`LISTEN`)? */
  readonly dedicates: (path: ValuePath, call: Call) => boolean;
  /** What a declaration with `using` does. */
  readonly disposal: 'gives-back' | 'keeps' | 'none';
  /** Does a condition that compares the part at this path, read by `node`, with this literal mean that nothing is held? */
  readonly isEmptyWhen: (path: ValuePath, value: unknown, node: Node) => boolean;
  /** What does a condition without `!`, `&&` and `||` say of the status? */
  readonly judges: (test: Node, values: Values) => Judgement | null;
  /** What does entering this `case` (null: the default) of a `switch` over the discriminant say of the status? */
  readonly judgesCase: (discriminant: Node, test: Node | null, values: Values) => Verdict;
  /** Is the value handed over by passing it on, or only lent to the callee while the function gives it back itself? */
  readonly passing: 'hands-over' | 'lends';
  /** May the function fail, so that the value is lost, at any call (connections), or do only written exits count (responses)? */
  readonly countsExceptions: boolean;
  /** May what a `catch` or `finally` waits for fail as well? */
  readonly countsCleanup: boolean;
}

/** A value that its call only promises, and that is taken by a later one. */
export interface Taking {
  /** Is anything that is done with it enough? */
  readonly byAny: boolean;
  /** Does the member at this path take it, so that nothing is taken where it fails? */
  readonly by: (path: ValuePath) => boolean;
}

/** Does the path name one of these members, called like this? */
export function matchesMember(members: readonly MemberPath[], path: ValuePath, call: Call | null): boolean {
  if (call && path.length === 1 && isStatement(members, call)) return true;
  return members.some((member) => {
    if (member.startsWith('on:'))
      return call !== null && LISTEN.has(path.at(-1) ?? '') && path.length === 1 && eventOf(call) === member.slice(3);
    const inner = /^(.*)\.on:(.*)$/u.exec(member);
    if (inner) {
      return (
        call !== null &&
        LISTEN.has(path.at(-1) ?? '') &&
        eventOf(call) === inner[2] &&
        matchesPath(inner[1] ?? '', path.slice(0, -1))
      );
    }
    return !/^(?:pool\.|text:)/u.test(member) && matchesPath(member, path);
  });
}

/** Methods by which listeners are attached. */
export const LISTEN: ReadonlySet<string> = new Set(['addListener', 'addEventListener', 'on', 'once', 'prependListener']);

/** The event a listener is attached to; null if it is not a literal. */
export function eventOf(call: Call): string | null {
  const [event] = call.arguments;
  const value = event ? literalValue(event) : undefined;
  return typeof value === 'string' ? value : null;
}

/** The text given to a query method: a literal, the beginning of a template, or the `text` or `sql` of an object. */
export function textOf(node: Node | undefined): string | null {
  if (!node) return null;
  const value = unwrapAwait(node);
  if (value.type === 'TemplateLiteral') return value.quasis[0]?.value.raw ?? null;
  if (value.type === 'TaggedTemplateExpression') return value.quasi.quasis[0]?.value.raw ?? null;
  if (value.type === 'ObjectExpression') {
    for (const property of value.properties) {
      if (property.type === 'Property' && property.key.type === 'Identifier' && /^(?:text|sql)$/u.test(property.key.name))
        return textOf(property.value);
    }
    return null;
  }
  const text = literalValue(value);
  return typeof text === 'string' ? text : null;
}

// Is each text that the call may send one of the statements (`ok ? 'COMMIT' : 'ROLLBACK'`)? Going back to a savepoint ends nothing.
function isStatement(members: readonly MemberPath[], call: Call): boolean {
  const words = members.filter((member) => member.startsWith('text:')).map((member) => member.slice('text:'.length));
  const [argument] = call.arguments;
  if (words.length === 0 || !argument) return false;
  const statements = new RegExp(`^\\s*(?:${words.join('|')})\\b(?!\\s+(?:(?:WORK|TRANSACTION)\\s+)?TO\\b)`, 'iu');
  return alternatives(argument).every((node) => statements.test(textOf(node) ?? ''));
}

function alternatives(node: Node): Node[] {
  const value = unwrapAwait(node);
  return value.type === 'ConditionalExpression'
    ? [...alternatives(value.consequent), ...alternatives(value.alternate)]
    : [value];
}
