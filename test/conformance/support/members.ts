/** Members of values whose type only the catalog knows. */
import type { MemberPath } from '../../../src/catalog/descriptor.js';

/** A property of a value; of null and undefined, undefined. */
export function property(value: unknown, name: PropertyKey): unknown {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? Reflect.get(value, name, value)
    : undefined;
}

/** What stands at the end of a path of properties. */
export function follow(value: unknown, path: MemberPath): unknown {
  return path === '' ? value : path.split('.').reduce<unknown>(property, value);
}

/**
 * Calls a method.
 *
 * @throws a TypeError if there is none of that name.
 */
export function invoke(value: unknown, name: PropertyKey, ...args: readonly unknown[]): unknown {
  const method = property(value, name);
  if (typeof method !== 'function') throw new TypeError(`no method ${String(name)}`);
  return Reflect.apply(method, value, args);
}

/** A member path in two: the object that has the member, and its name. */
export function ownerOf(value: unknown, path: MemberPath): { readonly owner: unknown; readonly name: string } {
  const dot = path.lastIndexOf('.');
  return { owner: follow(value, path.slice(0, Math.max(dot, 0))), name: path.slice(dot + 1) };
}
