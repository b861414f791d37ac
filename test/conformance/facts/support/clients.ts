/** Checks of how a client connects, closes and fails, the same for every library. */
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ConnectTime, Creator, DisposeSupport, LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { invoke, ownerOf, property } from '../../support/members.js';
import { run, type Check, type Server } from '../check.js';
import { portOf } from '../servers.js';
import { outcome } from './outcome.js';
import { runProgram } from './program.js';
import { until } from './site.js';
import { withSocketServer, type SocketServer } from './socket-server.js';

/** How a method of a client ends it: `callback` is called with a function for its last argument, `async` returns a promise. */
export type Closing = `${'async' | 'callback' | 'sync'} ${'forced' | 'graceful'}`;

/** Runs something while a server takes connections on a port of this machine. */
export type Around = <T>(use: (port: number) => Promise<T>) => Promise<T>;

/** A client of a library, and what it is expected to be like. */
export interface ClientSubject {
  readonly library: LibraryDescriptor;
  /** The creator, as the ids call it: `createPool#2`. */
  readonly name: string;
  readonly connects: ConnectTime;
  /** Its methods that close it. */
  readonly close: Readonly<Record<string, Closing>>;
  /** Those of them that the installed version does not have any more. */
  readonly gone?: readonly string[];
  readonly dispose?: 'async' | 'none' | 'sync';
  readonly needs?: Server;
  /** What stands behind the counted connections; the server of `needs` if left out. */
  readonly around?: Around;
  readonly make: (port: number) => unknown;
  /** The first use, with the connecting that it needs. */
  readonly use: (client: never) => unknown;
  /** Work that takes a moment: a `graceful` close waits for it, a `forced` one does not. Only looked at if there is any. */
  readonly busy?: (client: never) => Promise<unknown>;
}

/** The creator that an id is about. */
export function creatorOf(library: LibraryDescriptor, name: string): Creator {
  const [api, number = '1'] = name.split('#');
  const creator = library.creators.filter((entry) => entry.api === api)[Number(number) - 1];
  if (!creator) throw new Error(`${library.name} has no creator ${name} in the catalog`);
  return creator;
}

/** Runs something with a way to a server that counts the connections. */
export async function withRelay<T>(target: number, use: (server: SocketServer) => Promise<T>): Promise<T> {
  return withSocketServer((socket) => {
    const up = net.connect(target, '127.0.0.1');
    up.on('error', () => socket.destroy());
    up.once('close', () => socket.destroy());
    socket.once('close', () => up.destroy());
    socket.pipe(up).pipe(socket);
  }, use);
}

/** Which of the explicit resource management symbols a value has. */
export function disposeOf(value: unknown): Pick<DisposeSupport, 'async' | 'sync'> {
  return {
    sync: typeof property(value, disposeSymbol('dispose')) === 'function',
    async: typeof property(value, disposeSymbol('asyncDispose')) === 'function',
  };
}

function disposeSymbol(name: 'asyncDispose' | 'dispose'): PropertyKey {
  return (Symbol as unknown as Readonly<Record<string, symbol | undefined>>)[name] ?? Symbol.for(`nodejs.${name}`);
}

/** Nothing that looks like a close. */
export function expectNoClose(value: unknown): void {
  const names = ['close', 'destroy', 'disconnect', 'end', 'quit'];
  expect(names.filter((name) => typeof property(value, name) === 'function')).toEqual([]);
}

/** Ends a client and waits for it. */
function closed(client: unknown, path: string, how: Closing): Promise<unknown> {
  const { name, owner } = ownerOf(client, path);
  if (how.startsWith('callback')) {
    return new Promise<void>((resolve, reject) => {
      invoke(owner, name, (error?: Error | null) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
  const result = invoke(owner, name);
  const isPromise = typeof property(result, 'then') === 'function';
  expect(isPromise, `${path} returns a promise`).toBe(how.startsWith('async'));
  return Promise.resolve(result);
}

/** The checks of `connects`, `close` and `dispose`. */
export function clientChecks(subject: ClientSubject): readonly Check[] {
  const { busy, close, connects, dispose, gone = [], library, make, name, needs, use } = subject;
  const around: Around = subject.around ?? (async (test) => test(await portOf(needs ?? 'postgres')));
  const creator = () => creatorOf(library, name);
  /** Runs something with a client, which is ended by force of its server going away if not before. */
  const withClient = (test: (client: unknown, server: SocketServer) => Promise<void> | void) =>
    around((target) =>
      withRelay(target, async (server) => {
        const client = await make(server.port);
        // The server goes away at the end.
        for (const emitter of [client, property(client, '$client'), property(client, '$pool')]) {
          if (typeof property(emitter, 'on') === 'function') invoke(emitter, 'on', 'error', () => undefined);
        }
        await test(client, server);
      }),
    );
  const endBy = (client: unknown) => {
    const [path, how] = Object.entries(close)[0] ?? [];
    return path && how ? closed(client, path, how) : Promise.resolve();
  };
  return [
    run(
      [`${name}: connects`],
      { eager: 'connects by itself', lazy: 'connects with the first use', 'on-connect': 'connects when it is told to' }[
        connects
      ],
      async () => {
        expect(creator().connects).toBe(connects);
        await withClient(async (client, { opened }) => {
          if (connects === 'eager') await until('it connects', () => opened() > 0);
          else {
            await delay(50);
            expect(opened()).toBe(0);
          }
          await use(client as never);
          expect(opened()).toBeGreaterThan(0);
          await endBy(client);
        });
      },
      needs,
    ),
    run(
      [`${name}: close`],
      `is ended by ${Object.keys(close).join(' and ')}`,
      async () => {
        expect(creator().close.map(({ async, method, mode }) => [method, async, mode])).toEqual(
          Object.entries(close).map(([method, how]) => [method, !how.startsWith('sync'), how.split(' ')[1]]),
        );
        for (const [path, how] of Object.entries(close)) {
          if (gone.includes(path)) {
            await withClient((client) => {
              expect(property(client, path), path).toBeUndefined();
            });
            continue;
          }
          await withClient(async (client, { open }) => {
            await use(client as never);
            expect(open(), path).toBeGreaterThan(0);
            await closed(client, path, how);
            await until(`${path} closes the connections`, () => open() === 0);
          });
          if (!busy) continue;
          await withClient(async (client) => {
            await use(client as never);
            const work = busy(client as never);
            void work.catch(() => undefined);
            await delay(30);
            await closed(client, path, how);
            // It may be told a turn later than the close.
            const state = await outcome(work, 30);
            if (how.endsWith('graceful')) expect(state, path).toBe('fulfilled');
            else expect(state, path).not.toBe('fulfilled');
          });
        }
      },
      needs,
    ),
    ...(dispose === undefined
      ? []
      : [
          run(
            [`${name}: dispose`],
            dispose === 'none' ? 'has no dispose' : `has an ${dispose} dispose, which ends it`,
            async () => {
              const support = { sync: dispose === 'sync', async: dispose === 'async' };
              expect(creator().dispose).toMatchObject(support);
              await withClient(async (client, { open }) => {
                await use(client as never);
                expect(disposeOf(client)).toEqual(support);
                if (dispose === 'none') await endBy(client);
                else {
                  expect(open()).toBeGreaterThan(0);
                  await invoke(client, disposeSymbol(dispose === 'sync' ? 'dispose' : 'asyncDispose'));
                  await until('dispose closes the connections', () => open() === 0);
                }
              });
            },
            needs,
          ),
        ]),
  ];
}

/**
 * What becomes of a process whose idle client loses its server.
 *
 * @param target Port of a server of this machine.
 * @param text A module that makes a client for `port` and leaves it idle.
 */
export async function afterLoss(target: number, text: string): Promise<'crashed' | 'survived'> {
  const { code, errors, output } = await runProgram(`
    import net from 'node:net';
    const sockets = new Set();
    const relay = net.createServer((socket) => {
      const up = net.connect(${String(target)}, '127.0.0.1');
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => { sockets.delete(socket); up.destroy(); });
      up.on('error', () => undefined).once('close', () => socket.destroy());
      socket.pipe(up).pipe(socket);
    });
    await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
    const { port } = relay.address();
    ${text}
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (sockets.size === 0) { console.log('not connected'); process.exit(3); }
    for (const socket of sockets) socket.destroy();
    setTimeout(() => { console.log('survived'); process.exit(); }, 400);
  `);
  if (output === 'survived\n') return 'survived';
  // Anything else than an error that nobody listened to is a mistake of the program.
  expect(`${output}${errors}`.slice(0, 2000)).toMatch(UNHEARD);
  expect(code).toBe(1);
  return 'crashed';
}

/** How the errors begin that nobody listened to. */
const UNHEARD =
  /Emitted 'error' event|Unhandled 'error' event|Connection terminated unexpectedly|socket has unexpectedly been closed/u;

/** Whether a process stays although its work is done; `milliseconds` is how long it may take to end. */
export async function afterWork(text: string, milliseconds = 1000): Promise<'ends' | 'held'> {
  const { code, errors, output } = await runProgram(`
    ${text}
    console.log('worked');
    // It does not hold the process itself.
    setTimeout(() => { console.log('held'); process.exit(); }, ${String(milliseconds)}).unref();
  `);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toMatch(/^worked\n/u);
  return output.endsWith('held\n') ? 'held' : 'ends';
}

/**
 * The check of `error event`: what a lost server does where nobody listens.
 *
 * @param text As for `afterLoss`; a function is called when the target runs.
 * @param more `listening` is a statement behind it that makes it survive.
 */
export function lossCheck(
  library: LibraryDescriptor,
  name: string,
  expected: 'crashed' | 'survived',
  target: Around,
  text: string | (() => string),
  { listening, needs }: { readonly needs?: Server; readonly listening?: string } = {},
): Check {
  return run(
    [`${name}: error event`],
    expected === 'crashed'
      ? 'an idle one that loses its server ends the process'
      : 'the loss of the server does not end the process',
    async () => {
      expect(creatorOf(library, name).errorEvent?.crashesProcess).toBe(expected === 'crashed');
      const lose = (more = '') => target((port) => afterLoss(port, (typeof text === 'string' ? text : text()) + more));
      expect(await lose()).toBe(expected);
      if (listening !== undefined) expect(await lose(listening), 'with a listener').toBe('survived');
    },
    needs,
  );
}

/** The way to one of the servers. */
export const onServer =
  (server: Server): Around =>
  async (use) =>
    use(await portOf(server));
