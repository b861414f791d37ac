/** Checks of agents that extend the one of node:http. */
import { get, type Agent, type ClientRequest, type RequestOptions } from 'node:http';
import { expect } from 'vitest';
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { run, type Check } from '../check.js';
import { catalogSays } from './catalog-says.js';
import { openSite, stateOf, until, withSite, type Manner, type Site } from './site.js';

/** Options as a program may give them, whatever the types say. */
export type Given = Readonly<Record<string, unknown>>;

/** How the agents of a library are made and tried. */
export interface AgentFamily {
  readonly library: LibraryDescriptor;
  /** Makes an agent whose requests end up at that server. */
  readonly make: (options: Given, site: Site) => Promise<Agent>;
  /** Starts such a server, where that is more than one of HTTP. */
  readonly open?: () => Promise<Site>;
}

/** A request whose answer is read. */
export function ask(url: string, options: RequestOptions): { readonly request: ClientRequest; readonly done: Promise<void> } {
  const request = get(url, options);
  const done = new Promise<void>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => response.once('error', reject).once('close', resolve).resume());
  });
  // It may fail when the test is over and nobody waits for it any more.
  done.catch(() => undefined);
  return { request, done };
}

/** Runs something with an agent, which is destroyed behind it. */
export async function withAgent<T>(agent: Agent, test: (agent: Agent) => Promise<T>): Promise<T> {
  try {
    return await test(agent);
  } finally {
    agent.destroy();
  }
}

/** The connections that requests open which are made one after the other. */
export async function oneByOne(site: Site, options: RequestOptions, requests = 3): Promise<number> {
  const before = site.opened();
  for (let count = 0; count < requests; count++) {
    await ask(site.url(), options).done;
    // A socket is free again after the answer has been read.
    await new Promise(setImmediate);
  }
  return site.opened() - before;
}

/** The connections that four requests at the same time open, for each of these options. */
export async function atOnce({ make, open = openSite }: AgentFamily, options: readonly Given[]): Promise<readonly number[]> {
  const counts: number[] = [];
  await Promise.all(
    options.map((given, index) =>
      withSite(
        async (site) =>
          withAgent(await make(given, site), async (agent) => {
            await Promise.all(Array.from({ length: 4 }, () => ask(site.url('dawdles'), { agent }).done));
            counts[index] = site.opened();
          }),
        open,
      ),
    ),
  );
  return counts;
}

/** Checks of `maxSockets`. */
export function maxSocketsChecks(family: AgentFamily): readonly Check[] {
  const { library, make, open } = family;
  return [
    run(
      ['maxSockets: default', 'maxSockets: zero', 'maxSockets: null', 'maxSockets: nan', 'maxSockets: infinity'],
      'opens as many connections as there are requests, unless maxSockets is a positive number',
      async () => {
        const options = [{}, ...[0, null, Number.NaN, Infinity, 2].map((maxSockets) => ({ maxSockets, keepAlive: true }))];
        expect(await atOnce(family, options)).toEqual([4, 4, 4, 4, 4, 2]);
        const unlimited = 'unlimited';
        expect(catalogSays(library, 'maxSockets')).toMatchObject({
          default: unlimited,
          zero: unlimited,
          null: unlimited,
          nan: unlimited,
          infinity: unlimited,
        });
      },
    ),
    run(['maxSockets: negative'], 'no request is ever sent, and none fails', () =>
      withSite(
        async (site) =>
          withAgent(await make({ maxSockets: -1 }, site), async (agent) => {
            expect(await stateOf(ask(site.url(), { agent }).done)).toBe('pending');
            expect(site.opened()).toBe(0);
            expect(catalogSays(library, 'maxSockets').negative).toBe('blocks');
          }),
        open,
      ),
    ),
  ];
}

/** Checks of `maxFreeSockets`. */
export function maxFreeSocketsChecks({ library, make, open }: AgentFamily): readonly Check[] {
  return [
    run(
      ['maxFreeSockets: default', 'maxFreeSockets: zero', 'maxFreeSockets: negative', 'maxFreeSockets: infinity'],
      'keeps 256 idle sockets by default and with 0, as many as there are with Infinity and none with -1',
      () =>
        withSite(async (site) => {
          const kept = async (options: Given) =>
            withAgent(await make({ keepAlive: true, ...options }, site), async (agent) => ({
              most: agent.maxFreeSockets,
              opened: await oneByOne(site, { agent }),
            }));
          expect(await kept({})).toEqual({ most: 256, opened: 1 });
          expect(await kept({ maxFreeSockets: 0 })).toEqual({ most: 256, opened: 1 });
          expect(await kept({ maxFreeSockets: Infinity })).toEqual({ most: Infinity, opened: 1 });
          expect(await kept({ maxFreeSockets: -1 })).toEqual({ most: -1, opened: 3 });
          expect(catalogSays(library, 'maxFreeSockets')).toMatchObject({
            default: 256,
            zero: 'default',
            negative: 'none',
            infinity: 'unlimited',
          });
        }, open),
    ),
  ];
}

/** That an agent keeps its sockets only where it is told to, or does so by default. */
export function keepAliveCheck({ library, make, open }: AgentFamily, byDefault: boolean): Check {
  return run(
    ['keep-alive keepAlive'],
    byDefault ? 'a connection is kept by default' : 'a connection is kept with keepAlive: true alone',
    () =>
      withSite(async (site) => {
        const opened = async (options: Given) => withAgent(await make(options, site), (agent) => oneByOne(site, { agent }));
        expect(await opened({})).toBe(byDefault ? 1 : 3);
        expect(await opened({ keepAlive: true })).toBe(1);
        expect(await opened({ keepAlive: false })).toBe(3);
        expect(library.keepAlive?.[0]?.default).toBe(byDefault);
      }, open),
  );
}

/** Sends a request and waits until it has arrived. */
export async function sent(site: Site, manner: Manner, options: RequestOptions): Promise<ReturnType<typeof ask>> {
  const before = site.requests();
  const asked = ask(site.url(manner), options);
  await until('the request to arrive', () => site.requests() > before);
  return asked;
}
