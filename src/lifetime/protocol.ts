/** What giving a value back means: the catalog's facts about one kind of value, as questions about calls. */
import type { TSESTree } from '@typescript-eslint/utils';
import { matchesPath } from '../catalog/api-path.js';
import type { MemberPath } from '../catalog/descriptor.js';
import type { Node } from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import { unwrapAwait } from '../ast/nodes.js';

/** Way from a value to a part of it: member names, and `()` for calls. */
export type ValuePath = readonly string[];

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** How one kind of value is followed and given back. */
export interface Protocol {
  /** Is the part at this path the thing that has to be given back? (For a connection itself; for a response also its body.) */
  readonly isEssential: (path: ValuePath) => boolean;
  /** Does calling the member at this path give it back? */
  readonly releases: (path: ValuePath, call: Call) => boolean;
  /** Does calling the member at this path give the value itself, so that calls can be chained? */
  readonly chains: (path: ValuePath) => boolean;
  /** Does passing it to this method of another object give it back (`pool.release(connection)`)? */
  readonly takesBack: (method: string) => boolean;
  /** Does this call, which does not touch the value, give it back (`controller.abort()`)? */
  readonly frees: (call: Call) => boolean;
  /** Does iterating over the part at this path give it back? */
  readonly iterable: (path: ValuePath) => boolean;
  /** Does the member at this path claim the value for the life of the process (`LISTEN`)? */
  readonly dedicates: (path: ValuePath, call: Call) => boolean;
  /** What a declaration with `using` does. */
  readonly disposal: 'gives-back' | 'keeps' | 'none';
  /** Does a condition that compares the part at this path with this literal mean that nothing is held? */
  readonly isEmptyWhen: (path: ValuePath, value: unknown) => boolean;
  /** Is the value handed over by passing it on, or only lent to the callee while the function gives it back itself? */
  readonly passing: 'hands-over' | 'lends';
  /** May the function fail, so that the value is lost, at any call (connections), or do only written exits count (responses)? */
  readonly countsExceptions: boolean;
}

/** Does the path name one of these members, called like this? */
export function matchesMember(members: readonly MemberPath[], path: ValuePath, call: Call): boolean {
  return members.some((member) => {
    if (member.startsWith('on:'))
      return LISTEN.has(path.at(-1) ?? '') && path.length === 1 && eventOf(call) === member.slice(3);
    const inner = /^(.*)\.on:(.*)$/u.exec(member);
    if (inner) {
      return LISTEN.has(path.at(-1) ?? '') && eventOf(call) === inner[2] && matchesPath(inner[1] ?? '', path.slice(0, -1));
    }
    if (member.startsWith('text:')) return path.length === 1 && textStarts(call, member.slice(5));
    return !member.startsWith('pool.') && matchesPath(member, path);
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

function textStarts(call: Call, word: string): boolean {
  const text = textOf(call.arguments[0]);
  return text !== null && new RegExp(`^\\s*${word}\\b`, 'iu').test(text);
}
