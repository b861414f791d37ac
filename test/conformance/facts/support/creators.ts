/** Checks of how clients of HTTP connect, close and hold the process. */
import type { Agent } from 'node:http';
import { get } from 'node:https';
import type { Socket } from 'node:net';
import { expect } from 'vitest';
import type { CloseMethod, Creator, LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { run, type Check } from '../check.js';
import { ask, type AgentFamily } from './agents.js';
import { runProgram } from './program.js';
import { openMute, openSite, stateOf, until, wait, withSite, type Manner, type Site } from './site.js';
import { withSocketServer } from './socket-server.js';

/** A client that is made and called. */
export interface Made<T extends object> {
  readonly library: LibraryDescriptor;
  /** As the catalog names the creator. */
  readonly api: string;
  /** What is made, where one entry of the catalog stands for several. */
  readonly name?: string;
  readonly make: (site: Site) => Promise<T> | T;
  /** Makes a request and reads the answer. */
  readonly call: (client: T, site: Site, manner: Manner) => Promise<unknown>;
  /** Frees what the client holds. */
  readonly end: (client: T) => unknown;
  /** Starts a server, where that is more than one of HTTP. */
  readonly open?: () => Promise<Site>;
  /** The server cannot answer, so that no call ends by itself. */
  readonly mute?: boolean;
}

/** A client of whatever kind. */
export type Any = Made<object>;

/** Forgets the kind of a client, so that those of several kinds go in one list. */
export function anyOf<T extends object>(made: Made<T>): Any {
  return {
    ...made,
    call: (client, site, manner) => made.call(client as T, site, manner),
    end: (client) => made.end(client as T),
  };
}

/** What a method that ends a client is seen to do. */
export type Closing = Pick<CloseMethod, 'async' | 'method' | 'mode'> & {
  /** What a call does after it. */
  readonly later: 'rejected' | 'works';
};

/** Names under which a method that ends a client is looked for. */
const USUAL = [
  'abort',
  'close',
  'destroy',
  'destroySoon',
  'disconnect',
  'dispose',
  'end',
  'quit',
  'shutdown',
  'stop',
  'terminate',
];

/** Which of the usual methods that end a client it has. */
export function closersOf(client: object): readonly string[] {
  return USUAL.filter((name) => typeof (client as Readonly<Record<string, unknown>>)[name] === 'function');
}

/** Which of the symbols of explicit resource management a client has. */
export function disposalOf(client: object): { readonly sync: boolean; readonly async: boolean } {
  return { sync: Symbol.dispose in client, async: Symbol.asyncDispose in client };
}

/** Whether something is a promise. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { readonly then?: unknown } | undefined | null)?.then === 'function';
}

/** The creator of that name in the catalog, of several the one of that number, from 1. */
export function creatorOf({ creators, name }: LibraryDescriptor, api: string, occurrence = 1): Creator {
  const creator = creators.filter((entry) => entry.api === api)[occurrence - 1];
  if (!creator) throw new Error(`${name} has no creator ${api} in the catalog`);
  return creator;
}

/** The methods that end a client, as the catalog has them. */
export function closeSaid(creator: Creator): readonly Pick<CloseMethod, 'async' | 'method' | 'mode'>[] {
  return creator.close.map(({ async, method, mode }) => ({ method, async, mode }));
}

/** Runs something with a client of a server. */
export async function withMade<T extends object>(made: Made<T>, use: (client: T, site: Site) => Promise<void>): Promise<void> {
  await withSite(async (site) => {
    const client = await made.make(site);
    try {
      await use(client, site);
    } finally {
      await made.end(client);
    }
  }, made.open ?? openSite);
}

/** Whether a client opens a connection only once it is called. */
export async function expectLazy<T extends object>(made: Made<T>): Promise<void> {
  await withMade(made, async (client, site) => {
    await wait(40);
    expect(site.opened(), made.name ?? made.api).toBe(0);
    const called = made.call(client, site, 'answers');
    called.catch(() => undefined);
    if (!made.mute) await called;
    await until('a connection', () => site.opened() > 0);
  });
}

/** Whether a method ends a client as it should. */
async function expectClosing<T extends object>(made: Made<T>, { async, later, method, mode }: Closing): Promise<void> {
  await withMade(made, async (client, site) => {
    const called = made.call(client, site, mode === 'forced' ? 'silent' : 'dawdles');
    called.catch(() => undefined);
    await until('the request', () => (made.mute ? site.opened() > 0 : site.requests() > 0));
    const closed = (client as Readonly<Record<string, () => unknown>>)[method]?.();
    expect(isPromise(closed), `${method}() gives back a promise`).toBe(async);
    await closed;
    const about = `${made.name ?? made.api}, ${method}()`;
    expect(await stateOf(called, 1_000), about).toBe(mode === 'forced' ? 'rejected' : 'fulfilled');
    // A server that never reads does not see either that the connection has ended.
    if (made.mute) return;
    await until('the connections to end', () => site.open() === 0);
    const again = made.call(client, site, 'answers');
    expect(await stateOf(again, 1_000), `a call after ${about}`).toBe(later === 'works' ? 'fulfilled' : 'rejected');
  });
}

/** Checks of one creator of the catalog: it connects with the first call, its methods end it, and it has no disposal. */
export function lazyClientChecks(makers: readonly [Any, ...Any[]], closings: readonly Closing[]): readonly Check[] {
  const [{ api, library }] = makers;
  const names = [...new Set(makers.map(({ api: called, name = called }) => name))].join(', ');
  return [
    run([`${api}: connects`], `opens a connection with the first call: ${names}`, async () => {
      await Promise.all(makers.map((made) => expectLazy(made)));
      expect(creatorOf(library, api).connects).toBe('lazy');
    }),
    run(
      [`${api}: close`],
      closings.length === 0
        ? `has no method that ends it: ${names}`
        : `is ended by ${closings.map(({ method }) => `${method}()`).join(' and ')}: ${names}`,
      async () => {
        for (const made of makers) {
          await withMade(made, (client) => {
            expect(closersOf(client)).toEqual(closings.map(({ method }) => method).toSorted());
            return Promise.resolve();
          });
        }
        await Promise.all(makers.flatMap((made) => closings.map((closing) => expectClosing(made, closing))));
        expect(closeSaid(creatorOf(library, api))).toEqual(
          closings.map(({ async, method, mode }) => ({ method, async, mode })),
        );
      },
    ),
    noDisposalCheck(makers),
  ];
}

/** Check that a client has no symbol of explicit resource management. */
export function noDisposalCheck(makers: readonly [Any, ...Any[]]): Check {
  const [{ api, library }] = makers;
  return run([`${api}: dispose`], 'cannot be disposed of by a declaration', async () => {
    for (const made of makers) {
      await withMade(made, (client) => {
        expect(disposalOf(client), made.name ?? made.api).toEqual({ sync: false, async: false });
        return Promise.resolve();
      });
    }
    expect(creatorOf(library, api).dispose).toMatchObject({ sync: false, async: false });
  });
}

/** An agent of node:http as a client. */
export function agentOf(family: AgentFamily, api: string, name?: string): Any {
  return anyOf<Agent>({
    ...family,
    api,
    ...(name === undefined ? {} : { name }),
    make: (site) => family.make({ keepAlive: true }, site),
    call: (agent, site, manner) => ask(site.url(manner), { agent }).done,
    end: (agent) => agent.destroy(),
  });
}

/** An agent of node:https as a client, of a server that never ends its handshake. */
export function secureAgentOf(library: LibraryDescriptor, api: string, name: string, make: () => Promise<Agent>): Any {
  return anyOf<Agent>({
    library,
    api,
    name,
    make,
    call: (agent, { port }) =>
      new Promise((resolve, reject) => {
        get({ agent, host: '127.0.0.1', port }, resolve).once('error', reject);
      }),
    end: (agent) => agent.destroy(),
    open: openMute,
    mute: true,
  });
}

/** `destroy()` of an agent of node:http, which can be used again. */
export const DESTROY: Closing = { method: 'destroy', async: false, mode: 'forced', later: 'works' };

/** Less than the time after which any of the clients closes an idle connection by itself. */
const BRIEF = 2_500;

/**
 * Whether a program is still there some time after its last line has run.
 *
 * @param text A module of JavaScript.
 */
export async function isHeld(text: string, milliseconds: number): Promise<boolean> {
  // A timer that holds nothing itself fires only where something else does.
  const end = `console.log('used');setTimeout(() => { console.log('held'); process.exit(); }, ${String(milliseconds)}).unref();`;
  const { errors, output } = await runProgram(`${text}\n${end}`);
  expect(output, errors).toContain('used');
  return output.includes('held');
}

/**
 * Whether a program that has a client of a server dies of the server resetting the connection.
 *
 * @param serve What the server does with a connection before that.
 */
export async function diesOfReset(
  program: (port: number) => string,
  serve: (socket: Socket) => void = () => undefined,
): Promise<boolean> {
  let died = false;
  await withSocketServer(
    (socket) => {
      serve(socket);
      // Long enough for the client to be idle by then.
      void wait(100).then(() => socket.resetAndDestroy());
    },
    async ({ opened, port }) => {
      const { code, errors, output } = await runProgram(program(port));
      expect(opened()).toBeGreaterThan(0);
      died = code !== 0;
      expect(died ? errors : output).toContain(died ? 'ECONNRESET' : 'survived');
    },
  );
  return died;
}

/**
 * Check of whether a client that was used, and is open, keeps the process alive.
 *
 * @param program A module of JavaScript that makes a client and uses it; the server keeps its connection open.
 */
export function processCheck(
  library: LibraryDescriptor,
  holds: LibraryDescriptor['holdsProcess'] & ('always' | 'no'),
  program: (url: string, port: number) => string,
  open: () => Promise<Site> = openSite,
): Check {
  const title =
    holds === 'no' ? 'a process ends by itself although a client is open' : 'an open client keeps the process alive';
  return run(['holds process'], title, () =>
    withSite(async (site) => {
      const held = await isHeld(program(site.url(), site.port), holds === 'no' ? BRIEF : 500);
      expect(site.opened()).toBeGreaterThan(0);
      expect(held).toBe(holds === 'always');
      expect(library.holdsProcess).toBe(holds);
    }, open),
  );
}
