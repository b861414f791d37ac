/** What code does that names a member of a response. */
import { PassThrough, Writable } from 'node:stream';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { MemberPath } from '../../../src/catalog/descriptor.js';
import { follow, invoke, ownerOf, property } from './members.js';

type Use = (owner: unknown, name: string) => unknown;

const collect: Use = (owner, name) =>
  invoke(
    invoke(owner, name, (chunk: unknown) => chunk),
    'toArray',
  );
const setNumber: Use = (owner, name) => invoke(owner, name, 1_000_000);
const through: Use = (owner, name) => invoke(invoke(owner, name, 1), 'toArray');

/** The members that are no use without an argument, or whose result has to be read. All others are called without. */
const USES: Readonly<Record<string, Use>> = {
  setEncoding: (owner, name) => invoke(owner, name, 'utf8'),
  setMaxListeners: setNumber,
  setTimeout: setNumber,
  pipe: (owner, name) => invoke(owner, name, sink()),
  pipeTo: (owner, name) => invoke(owner, name, new WritableStream()),
  pipeThrough: (owner, name) => exhaust(invoke(owner, name, new TransformStream())),
  compose: (owner, name) => {
    const composed = invoke(owner, name, new PassThrough());
    ignoreErrors(composed);
    invoke(composed, 'resume');
  },
  read: readAll,
  values: (owner, name) => exhaust(invoke(owner, name)),
  iterator: (owner, name) => exhaust(invoke(owner, name)),
  forEach: (owner, name) => invoke(owner, name, () => undefined),
  reduce: (owner, name) => invoke(owner, name, () => 0, 0),
  some: (owner, name) => invoke(owner, name, () => false),
  every: (owner, name) => invoke(owner, name, () => true),
  find: (owner, name) => invoke(owner, name, () => false),
  map: collect,
  filter: collect,
  flatMap: (owner, name) =>
    invoke(
      invoke(owner, name, (chunk: unknown) => [chunk]),
      'toArray',
    ),
  take: through,
  drop: through,
};

/** Reads a property, calls a method or listens to an event, and waits for what it promises. */
export async function use(response: unknown, member: MemberPath): Promise<void> {
  const { owner, name } = ownerOf(response, member);
  if (name.startsWith('on:')) listen(owner, name.slice('on:'.length));
  else if (typeof property(owner, name) === 'function') await (USES[name] ?? invoke)(owner, name);
  else inspect(property(owner, name));
}

/** Whether a response has a member; it can listen to any event. */
export function has(response: unknown, member: MemberPath): boolean {
  const { owner, name } = ownerOf(response, member);
  return name.startsWith('on:') ? typeof property(owner, 'on') === 'function' : name in Object(owner);
}

/** Iterates over a body, to the end or to its first chunk. */
export async function exhaust(body: unknown, until: 'end' | 'first chunk' = 'end'): Promise<void> {
  for await (const chunk of body as AsyncIterable<unknown>) {
    expect(chunk).toBeDefined();
    if (until === 'first chunk') return;
  }
}

/** Reads from the reader of a web stream until it is done. */
export async function drain(reader: unknown): Promise<void> {
  for (;;) {
    if (follow(await invoke(reader, 'read'), 'done') === true) return;
  }
}

/** Errors of what a test has left behind are no failures. */
export function ignoreErrors(emitter: unknown): void {
  if (typeof property(emitter, 'on') === 'function') invoke(emitter, 'on', 'error', () => undefined);
}

function listen(owner: unknown, event: string): void {
  invoke(owner, 'on', event, () => {
    if (event === 'readable') while (invoke(owner, 'read') !== null);
  });
}

// A loop over `read()` waits for the next chunk where there is none yet.
async function readAll(owner: unknown): Promise<void> {
  const ended = new Promise((resolve) => invoke(owner, 'once', 'end', resolve));
  listen(owner, 'readable');
  await ended;
}

function sink(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}
