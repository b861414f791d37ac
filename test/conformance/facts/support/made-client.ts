/** What the catalog says about a client that a library makes, held against one that was made. */
import { expect } from 'vitest';
import type { Creator, LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { invoke, ownerOf, property } from '../../support/members.js';
import { outcome } from './outcome.js';
import { runProgram } from './program.js';
import { wait } from './site.js';

/** The entry of the catalog for an API; of several of one name the one of that number, from 1. */
export function creatorOf(library: LibraryDescriptor, api: string, occurrence = 1): Creator {
  const creator = library.creators.filter((entry) => entry.api === api)[occurrence - 1];
  if (!creator) throw new Error(`${library.name} has no ${api} in the catalog`);
  return creator;
}

/** How a method that closes tells that it is done. */
export type Told = 'at once' | 'by a callback' | 'by a promise';

/** A client whose methods only the catalog knows, and what is done with it. */
export interface Closable<T extends object> {
  /** Makes a client that is connected. */
  readonly make: () => Promise<T>;
  /** How many connections, threads or the like are open for all of them. */
  readonly open: () => Promise<number> | number;
  /** Begins something that takes a while; where it is given, it has to succeed before a graceful end and to fail with a forced one. */
  readonly work?: (client: T) => PromiseLike<unknown>;
}

/**
 * Closes clients, each in another of the ways that the catalog says, and looks whether nothing stays open.
 *
 * @param told The methods, and how each tells that it is done.
 */
export async function expectCloses<T extends object>(
  creator: Creator,
  told: Readonly<Record<string, Told>>,
  { make, open, work }: Closable<T>,
): Promise<void> {
  expect(creator.close.map(({ method }) => method)).toEqual(Object.keys(told));
  for (const { async, method, mode } of creator.close) {
    const how = told[method];
    expect(async, method).toBe(how !== 'at once');
    const client = await make();
    expect(await open(), `before ${method}()`).toBeGreaterThan(0);
    const { name, owner } = ownerOf(client, method);
    const working = work?.(client);
    const worked = working && outcome(working, 3_000);
    // Until it is under way.
    if (working) await wait(40);
    if (how === 'by a callback') await new Promise((resolve) => invoke(owner, name, resolve));
    else {
      const returned = invoke(owner, name);
      expect(typeof property(returned, 'then'), `the promise of ${method}()`).toBe(
        how === 'by a promise' ? 'function' : 'undefined',
      );
      await returned;
    }
    if (worked) expect(await worked, `work during ${method}()`).toBe(mode === 'graceful' ? 'fulfilled' : 'rejected');
    await nothingOpen(open, method);
  }
}

async function nothingOpen(open: Closable<object>['open'], method: string): Promise<void> {
  for (let look = 0; look < 100 && (await open()) > 0; look++) await wait(20);
  expect(await open(), `after ${method}()`).toBe(0);
}

/** It has exactly the symbols of explicit resource management that the catalog and the test say. */
export function expectDispose(
  client: object,
  creator: Creator,
  has: { readonly sync: boolean; readonly async: boolean },
): void {
  expect({
    sync: typeof property(client, Symbol.dispose) === 'function',
    async: typeof property(client, Symbol.asyncDispose) === 'function',
  }).toEqual(has);
  expect(creator.dispose).toMatchObject(has);
}

/** Names under which things are closed. */
const ENDS = ['close', 'dispose', 'disconnect', 'destroy', 'end', 'quit', 'shutdown', 'terminate'];

/** It has no method by which it could be closed, and the catalog says so. */
export function expectNoClose(client: object, creator: Creator): void {
  expect(ENDS.filter((name) => typeof property(client, name) === 'function')).toEqual([]);
  expect(creator.close).toEqual([]);
}

/**
 * Whether a process goes on after a program is through.
 *
 * @param text A module of JavaScript. What it leaves open is what holds the process.
 * @param milliseconds After which a process that is still there counts as held.
 */
export async function holdsProcess(text: string, milliseconds = 300): Promise<boolean> {
  const end = `
    console.log('through');
    // It does not hold the process itself, so that it comes to pass only where something else does.
    setTimeout(() => { console.log('held'); process.exit(); }, ${String(milliseconds)}).unref();
  `;
  const { code, errors, output } = await runProgram(text + end);
  // Without this a program that fails would look like one that ends by itself.
  expect({ code, isThrough: output.includes('through') }, errors).toEqual({ code: 0, isThrough: true });
  return output.includes('held');
}
