import { createRequire } from 'node:module';
import type { Dispatcher } from 'undici';
import { expect, vi } from 'vitest';
import { undici } from '../../../../src/catalog/libraries/undici.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { errorOf, neverFound, stateOf, until, wait, withSite, type Manner, type Site } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;
type Named = 'Agent' | 'BalancedPool' | 'Client' | 'EnvHttpProxyAgent' | 'H2CClient' | 'Pool' | 'ProxyAgent' | 'RoundRobinPool';

const AGENTS = ['Agent', 'EnvHttpProxyAgent'] as const satisfies readonly Named[];
const POOLS = ['Pool', 'BalancedPool', 'RoundRobinPool'] as const satisfies readonly Named[];
const ALL = [...AGENTS, ...POOLS, 'Client'] as const satisfies readonly Named[];

/** The clock of the long timeouts of undici, which can be put forward. */
const timers = createRequire(import.meta.url)('undici/lib/util/timers.js') as { readonly tick: (delay?: number) => void };

/** Lets time pass for them. The first tick starts those that were set since the last one. */
function pass(milliseconds: number): void {
  timers.tick(0);
  timers.tick(milliseconds);
}

/** Makes a dispatcher of that class. */
async function make(name: Named, site: Pick<Site, 'url'>, options: Given = {}): Promise<Dispatcher> {
  const classes = (await import('undici')) as unknown as Record<Named, new (...args: readonly unknown[]) => Dispatcher>;
  const { origin } = new URL(site.url());
  switch (name) {
    case 'Agent':
      return new classes.Agent(options);
    case 'EnvHttpProxyAgent':
      // No proxy, whatever the environment says.
      return new classes.EnvHttpProxyAgent({ httpProxy: '', httpsProxy: '', ...options });
    case 'ProxyAgent':
      return new classes.ProxyAgent({ uri: origin, ...options });
    case 'BalancedPool':
    case 'Client':
    case 'H2CClient':
    case 'Pool':
    case 'RoundRobinPool':
      return new classes[name](origin, options);
  }
}

/** Runs something with a dispatcher, which is destroyed behind it. */
async function using<T>(name: Named, site: Site, options: Given, test: (dispatcher: Dispatcher) => Promise<T>): Promise<T> {
  const dispatcher = await make(name, site, options);
  try {
    return await test(dispatcher);
  } finally {
    await dispatcher.destroy();
  }
}

/** Makes a request and reads the answer. */
async function get(dispatcher: Dispatcher, site: Site, manner: Manner = 'answers', options: Given = {}): Promise<string> {
  const { origin, pathname } = new URL(site.url(manner));
  const { body } = await dispatcher.request({ origin, path: pathname, method: 'GET', ...options });
  return body.text();
}

/** The connections that four requests at the same time open to a server of their own, for each of these options. */
async function atOnce(name: Named, options: readonly Given[]): Promise<readonly number[]> {
  const counts: number[] = options.map(() => 0);
  await Promise.all(
    options.map((given, index) =>
      withSite((site) =>
        using(name, site, given, async (dispatcher) => {
          await Promise.all(Array.from({ length: 4 }, () => get(dispatcher, site, 'dawdles')));
          counts[index] = site.opened();
        }),
      ),
    ),
  );
  return counts;
}

/** The connections that requests open which are made one after the other, with pauses in which a connection becomes free again. */
async function oneByOne(name: Named, site: Site, options: Given, request: Given = {}, requests = 4): Promise<number> {
  return using(name, site, options, async (dispatcher) => {
    const before = site.opened();
    for (let count = 0; count < requests; count++) {
      await get(dispatcher, site, 'answers', request);
      await wait(2);
    }
    return site.opened() - before;
  });
}

/** The code with which making the dispatcher, or else its first request, fails. */
async function refusal(
  name: Named,
  site: Site,
  options: Given,
): Promise<{ readonly at: 'construction' | 'request'; readonly code: unknown }> {
  let dispatcher;
  try {
    dispatcher = await make(name, site, options);
  } catch (error) {
    return { at: 'construction', code: (error as NodeJS.ErrnoException).code };
  }
  try {
    const error = await errorOf(get(dispatcher, site));
    return { at: 'request', code: error.code };
  } finally {
    await dispatcher.destroy();
  }
}

/** That an option is refused by each of these, at whatever moment they look at it. */
async function refused(names: readonly Named[], site: Site, options: Given): Promise<void> {
  for (const name of names) {
    const { code } = await refusal(name, site, options);
    expect(code, name).toBe('UND_ERR_INVALID_ARG');
  }
}

/** The codes of requests that are under way, when so much time has passed after they were sent; undefined while they wait. */
async function codesAfter(requests: readonly Promise<unknown>[], milliseconds: number): Promise<readonly unknown[]> {
  pass(milliseconds);
  return Promise.all(
    requests.map(async (request) => {
      if ((await stateOf(request, 20)) === 'pending') return undefined;
      const error = await errorOf(request);
      return ((error.cause ?? error) as NodeJS.ErrnoException).code;
    }),
  );
}

/** What a client has made of an option; undici keeps it under a symbol of that name. */
function kept(client: object, name: string): unknown {
  const symbol = Object.getOwnPropertySymbols(client).find(({ description }) => description === name);
  if (!symbol) throw new Error(`Nothing is kept under ${name}.`);
  return (client as Record<symbol, unknown>)[symbol];
}

const values = (value: Given[string]): Given => ({ headersTimeout: value, bodyTimeout: value });

export default {
  library: 'undici',
  packages: ['undici'],
  checks: [
    run(
      ['connections: default', 'connections: zero', 'connections: null', 'connections: nan', 'connections: infinity'],
      'an agent opens as many connections as there are requests, unless connections is a positive number',
      async () => {
        const options = [{}, ...[0, null, Number.NaN, Infinity, 2].map((connections) => ({ connections }))];
        for (const name of [...AGENTS, 'ProxyAgent'] as const)
          expect(await atOnce(name, options), name).toEqual([4, 4, 4, 4, 4, 2]);
        const unlimited = 'unlimited';
        expect(catalogSays(undici, 'connections')).toMatchObject({
          default: unlimited,
          zero: unlimited,
          null: unlimited,
          nan: unlimited,
          infinity: unlimited,
        });
      },
    ),
    run(['connections: negative', 'connections: text'], 'an agent rejects the first request', () =>
      withSite(async (site) => {
        for (const name of [...AGENTS, 'ProxyAgent'] as const)
          for (const connections of [-1, '5'])
            expect(await refusal(name, site, { connections })).toEqual({ at: 'request', code: 'UND_ERR_INVALID_ARG' });
        expect(catalogSays(undici, 'connections')).toMatchObject({ negative: 'throws', text: 'throws' });
      }),
    ),
    run(
      ['connections#2: default', 'connections#2: zero', 'connections#2: null'],
      'a pool opens as many connections as there are requests, unless connections is a positive number',
      async () => {
        for (const name of ['Pool', 'RoundRobinPool'] as const)
          expect(await atOnce(name, [{}, ...[0, null, 2].map((connections) => ({ connections }))]), name).toEqual([4, 4, 4, 2]);
        const unlimited = 'unlimited';
        expect(catalogSays(undici, 'connections', 2)).toMatchObject({
          default: unlimited,
          zero: unlimited,
          null: unlimited,
        });
      },
    ),
    run(
      ['connections#2: negative', 'connections#2: nan', 'connections#2: infinity', 'connections#2: text'],
      'the constructor of a pool throws',
      () =>
        withSite(async (site) => {
          for (const name of ['Pool', 'RoundRobinPool'] as const)
            for (const connections of [-1, Number.NaN, Infinity, '5'])
              expect(await refusal(name, site, { connections })).toEqual({
                at: 'construction',
                code: 'UND_ERR_INVALID_ARG',
              });
          expect(catalogSays(undici, 'connections', 2)).toMatchObject({
            negative: 'throws',
            nan: 'throws',
            infinity: 'throws',
            text: 'throws',
          });
        }),
    ),
    run(
      ['connections#3: default', 'connections#3: zero', 'connections#3: null', 'connections#3: nan', 'connections#3: infinity'],
      'a balanced pool opens as many connections as there are requests, unless connections is a positive number',
      async () => {
        const options = [{}, ...[0, null, Number.NaN, Infinity, 2].map((connections) => ({ connections }))];
        expect(await atOnce('BalancedPool', options)).toEqual([4, 4, 4, 4, 4, 2]);
        expect(catalogSays(undici, 'connections', 3)).toMatchObject({ nan: 'unlimited', infinity: 'unlimited' });
      },
    ),
    run(['connections#3: negative', 'connections#3: text'], 'the constructor of a balanced pool throws', () =>
      withSite(async (site) => {
        for (const connections of [-1, '5'])
          expect(await refusal('BalancedPool', site, { connections })).toEqual({
            at: 'construction',
            code: 'UND_ERR_INVALID_ARG',
          });
        expect(catalogSays(undici, 'connections', 3)).toMatchObject({ negative: 'throws', text: 'throws' });
      }),
    ),
    run(['pipelining: default'], 'one request at a time is under way on a connection', () =>
      withSite(async (site) => {
        const sent = async (options: Given): Promise<number> => {
          const before = site.requests();
          return using('Client', site, options, async (client) => {
            // With the headers of its answer one request lets the next one go.
            const requests = [get(client, site, 'stalls'), get(client, site, 'stalls')];
            await Promise.all(requests.map((request) => stateOf(request, 50)));
            return site.requests() - before;
          });
        };
        expect(await sent({})).toBe(1);
        expect(await sent({ pipelining: 2 })).toBe(2);
        for (const name of ALL)
          await using(name, site, {}, async (dispatcher) => expect(await get(dispatcher, site), name).toBe('ok'));
        expect(catalogSays(undici, 'pipelining').default).toBe(1);
      }),
    ),
    run(
      ['pipelining: zero', 'pipelining: nan', 'per request'],
      'pipelining: 0 opens a connection for every request, and NaN does so in a client alone',
      () =>
        withSite(async (site) => {
          for (const name of ALL) {
            expect(await oneByOne(name, site, { pipelining: 0 }), name).toBe(4);
            // A pool takes turns between the connections it has.
            const isRound = name === 'RoundRobinPool';
            if (!isRound) expect(await oneByOne(name, site, {}), name).toBeLessThan(3);
            const withNan = await oneByOne(name, site, { pipelining: Number.NaN });
            if (name === 'Client') expect(withNan, name).toBe(4);
            else if (!isRound) expect(withNan, name).toBeLessThan(3);
          }
          // This one alone takes 0 for its own default.
          const client = await make('H2CClient', site, { pipelining: 0 });
          expect(kept(client, 'pipelining')).toBe(100);
          await client.destroy();
          expect(catalogSays(undici, 'pipelining')).toMatchObject({ zero: 'none', nan: 'default' });
        }),
    ),
    run(['pipelining: negative'], 'no request is ever sent, and none fails', () =>
      withSite(async (site) => {
        await Promise.all(
          ALL.map((name) =>
            using(name, site, { pipelining: -1 }, async (dispatcher) =>
              expect(await stateOf(get(dispatcher, site)), name).toBe('pending'),
            ),
          ),
        );
        expect(site.requests()).toBe(0);
        expect(catalogSays(undici, 'pipelining').negative).toBe('blocks');
      }),
    ),
    run(
      [
        'maxRequestsPerClient: default',
        'maxRequestsPerClient: zero',
        'maxRequestsPerClient: null',
        'maxRequestsPerClient: infinity',
        'maxRequestsPerClient: negative',
      ],
      'a connection is used for ever unless it is a positive number; Infinity is refused by a client alone',
      () =>
        withSite(async (site) => {
          for (const options of [{}, { maxRequestsPerClient: 0 }, { maxRequestsPerClient: null }])
            expect(await oneByOne('Client', site, options)).toBe(1);
          // It closes a connection with the request that comes after so many.
          expect(await oneByOne('Client', site, { maxRequestsPerClient: 1 })).toBe(2);
          for (const name of ['Agent', 'Pool', 'BalancedPool'] as const)
            expect(await oneByOne(name, site, { maxRequestsPerClient: Infinity }), name).toBeLessThan(3);
          await refused(['Client'], site, { maxRequestsPerClient: Infinity });
          await refused(ALL, site, { maxRequestsPerClient: -1 });
          expect(catalogSays(undici, 'maxRequestsPerClient')).toMatchObject({
            default: 'unlimited',
            zero: 'unlimited',
            null: 'unlimited',
            infinity: 'unlimited',
            negative: 'throws',
          });
        }),
    ),
    run(['maxOrigins: default', 'maxOrigins: infinity'], 'an agent takes any number of origins', () =>
      withSite((site) =>
        withSite(async (other) => {
          for (const options of [{}, { maxOrigins: Infinity }])
            await using('Agent', site, options, async (agent) => {
              expect(await get(agent, site)).toBe('ok');
              expect(await get(agent, other)).toBe('ok');
            });
          await using('Agent', site, { maxOrigins: 1 }, async (agent) => {
            await get(agent, site);
            const error = await errorOf(get(agent, other));
            expect(error.name).toBe('MaxOriginsReachedError');
          });
          expect(catalogSays(undici, 'maxOrigins')).toMatchObject({ default: 'unlimited', infinity: 'unlimited' });
        }),
      ),
    ),
    run(['maxOrigins: zero', 'maxOrigins: negative'], 'the constructor throws', () =>
      withSite(async (site) => {
        for (const name of AGENTS)
          for (const maxOrigins of [0, -1])
            expect(await refusal(name, site, { maxOrigins })).toEqual({ at: 'construction', code: 'UND_ERR_INVALID_ARG' });
        expect(catalogSays(undici, 'maxOrigins')).toMatchObject({ zero: 'throws', negative: 'throws' });
      }),
    ),
    run(
      [
        'headersTimeout: default',
        'headersTimeout: zero',
        'headersTimeout: null',
        'headersTimeout: infinity',
        'wait for request',
        'wait for request#2',
      ],
      'a request to a silent server fails after 300 s, also with null and with Infinity in an agent; with 0 it waits for ever',
      () =>
        withSite(async (site) => {
          const { fetch } = await import('undici');
          const [agent, ofNull, ofInfinity, ofZero] = await Promise.all(
            [{}, values(null), values(Infinity), values(0)].map((options) => make('Agent', site, options)),
          );
          if (!agent || !ofNull || !ofInfinity || !ofZero) throw new Error('No agent was made.');
          try {
            const requests = [
              get(agent, site, 'silent'),
              fetch(site.url('silent'), { dispatcher: agent }),
              get(ofNull, site, 'silent'),
              get(ofInfinity, site, 'silent'),
              get(ofZero, site, 'silent', { headersTimeout: null }),
              get(ofZero, site, 'silent'),
              get(agent, site, 'silent', { headersTimeout: 0 }),
            ];
            await until('the requests to arrive', () => site.requests() === requests.length);
            expect(await codesAfter(requests, 297_000)).toEqual(requests.map(() => undefined));
            const late = 'UND_ERR_HEADERS_TIMEOUT';
            // Null on a request means what its dispatcher says.
            expect(await codesAfter(requests, 4_000)).toEqual([late, late, late, late, undefined, undefined, undefined]);
            expect(await codesAfter(requests.slice(4), 10_000_000)).toEqual([undefined, undefined, undefined]);
          } finally {
            await Promise.all([agent, ofNull, ofInfinity, ofZero].map((made) => made.destroy()));
          }
          await refused(['Client'], site, { headersTimeout: Infinity });
          expect(catalogSays(undici, 'headersTimeout')).toMatchObject({
            default: 300_000,
            zero: 'unlimited',
            null: 'default',
            infinity: 'default',
          });
          expect(undici.waits?.slice(0, 2).map((wait) => wait.default)).toEqual([300_000, 300_000]);
        }),
    ),
    run(['headersTimeout: negative', 'bodyTimeout: negative'], 'the request is rejected', () =>
      withSite(async (site) => {
        for (const option of ['headersTimeout', 'bodyTimeout']) {
          await refused(ALL, site, { [option]: -1 });
          await using('Agent', site, {}, async (agent) => {
            const error = await errorOf(get(agent, site, 'answers', { [option]: -1 }));
            expect(error).toMatchObject({ code: 'UND_ERR_INVALID_ARG' });
          });
          expect(catalogSays(undici, option).negative).toBe('throws');
        }
      }),
    ),
    run(
      ['bodyTimeout: default', 'bodyTimeout: zero', 'bodyTimeout: null', 'bodyTimeout: infinity'],
      'a body that stalls fails after 300 s, also with null and with Infinity in an agent; with 0 it is waited for for ever',
      () =>
        withSite(async (site) => {
          const agents = await Promise.all(
            [{}, values(null), values(Infinity), values(0)].map((options) => make('Agent', site, options)),
          );
          try {
            const requests = agents.map((agent) => get(agent, site, 'stalls'));
            // Until the headers and the first part of the body have arrived.
            await Promise.all(requests.map((request) => stateOf(request, 60)));
            expect(await codesAfter(requests, 297_000)).toEqual(requests.map(() => undefined));
            const late = 'UND_ERR_BODY_TIMEOUT';
            expect(await codesAfter(requests, 4_000)).toEqual([late, late, late, undefined]);
            expect(await codesAfter(requests.slice(3), 10_000_000)).toEqual([undefined]);
          } finally {
            await Promise.all(agents.map((agent) => agent.destroy()));
          }
          await refused(['Client'], site, { bodyTimeout: Infinity });
          expect(catalogSays(undici, 'bodyTimeout')).toMatchObject({
            default: 300_000,
            zero: 'unlimited',
            null: 'default',
            infinity: 'default',
          });
        }),
    ),
    run(
      ['connectTimeout: default', 'connectTimeout: zero', 'connectTimeout: negative', 'wait for connect'],
      'a connection may take 10 s; with 0 it takes for ever and with -1 no time at all, but a client refuses that',
      () =>
        withSite(async (site) => {
          const attempt = async (name: Named, options: Given) => {
            const dispatcher = await make(name, { url: () => 'http://nowhere.invalid/' }, options);
            return { dispatcher, request: dispatcher.request({ origin: 'http://nowhere.invalid', path: '/', method: 'GET' }) };
          };
          const connect = { lookup: neverFound };
          const attempts = await Promise.all([
            ...ALL.map((name) => attempt(name, { connect })),
            attempt('Agent', { connect, connectTimeout: 0 }),
            attempt('Agent', { connect, connectTimeout: -1 }),
            attempt('Client', { connect: { ...connect, timeout: -1 } }),
          ]);
          try {
            const requests = attempts.map(({ request }) => request);
            const byDefault = requests.slice(0, ALL.length);
            const [unlimited, atOnceInAgent, atOnceInClient] = requests.slice(ALL.length);
            const late = 'UND_ERR_CONNECT_TIMEOUT';
            expect(await codesAfter(requests, 2)).toEqual([...ALL.map(() => undefined), undefined, late, late]);
            await Promise.allSettled([atOnceInAgent, atOnceInClient]);
            expect(await codesAfter(byDefault, 7_000)).toEqual(byDefault.map(() => undefined));
            expect(await codesAfter(byDefault, 4_000)).toEqual(byDefault.map(() => late));
            if (unlimited) expect(await codesAfter([unlimited], 10_000_000)).toEqual([undefined]);
          } finally {
            await Promise.all(attempts.map(({ dispatcher }) => dispatcher.destroy()));
          }
          expect(await refusal('Client', site, { connectTimeout: -1 })).toEqual({
            at: 'construction',
            code: 'UND_ERR_INVALID_ARG',
          });
          expect(catalogSays(undici, 'connectTimeout')).toMatchObject({
            default: 10_000,
            zero: 'unlimited',
            negative: 'immediate',
          });
          expect(undici.waits?.[2]).toMatchObject({ for: 'connect', default: 10_000 });
        }),
    ),
    run(['keepAliveTimeout: default', 'keepAliveMaxTimeout: default'], 'a client keeps 4 s and 600 s', () =>
      withSite(async (site) => {
        await using('Client', site, {}, (client) => {
          expect(kept(client, 'default keep alive timeout')).toBe(4_000);
          expect(kept(client, 'max keep alive timeout')).toBe(600_000);
          return Promise.resolve();
        });
        await using('Agent', site, { keepAliveTimeout: 20 }, async (agent) => {
          await get(agent, site);
          expect(site.open()).toBe(1);
          await until('the idle connection to close', () => site.open() === 0);
        });
        expect(catalogSays(undici, 'keepAliveTimeout')).toMatchObject({ default: 4_000, unit: 'ms' });
        expect(catalogSays(undici, 'keepAliveMaxTimeout')).toMatchObject({ default: 600_000, unit: 'ms' });
      }),
    ),
    run(
      ['keepAliveTimeout: zero', 'keepAliveTimeout: negative', 'keepAliveMaxTimeout: zero', 'keepAliveMaxTimeout: negative'],
      'every dispatcher refuses it',
      () =>
        withSite(async (site) => {
          for (const option of ['keepAliveTimeout', 'keepAliveMaxTimeout']) {
            for (const value of [0, -1]) await refused(ALL, site, { [option]: value });
            expect(catalogSays(undici, option)).toMatchObject({ zero: 'throws', negative: 'throws' });
          }
        }),
    ),
    run(
      ['clientTtl: default', 'clientTtl: zero', 'clientTtl: negative', 'clientTtl: null', 'recycling'],
      'a connection in use is kept for ever unless clientTtl is positive; an idle one is closed after 4 s, or found closed by its socket',
      () =>
        withSite(async (site) => {
          /** The connections that requests open when the ones before are an hour old. */
          const afterAnHour = async (name: Named, options: Given): Promise<number> =>
            using(name, site, options, async (dispatcher) => {
              for (let count = 0; count < 3; count++) await get(dispatcher, site);
              const before = site.opened();
              vi.setSystemTime(Date.now() + 3_600_000);
              for (let count = 0; count < 2; count++) await get(dispatcher, site);
              return site.opened() - before;
            });
          vi.useFakeTimers({ toFake: ['Date'] });
          try {
            for (const name of ['Agent', 'Pool'] as const) {
              for (const options of [{}, { clientTtl: 0 }, { clientTtl: -1 }, { clientTtl: null }])
                expect(await afterAnHour(name, options), name).toBe(0);
              expect(await afterAnHour(name, { clientTtl: 1_000 }), name).toBeGreaterThan(0);
            }
          } finally {
            vi.useRealTimers();
          }
          await using('Client', site, {}, async (client) => {
            expect(kept(client, 'default keep alive timeout')).toBe(4_000);
            await get(client, site);
            const before = site.opened();
            site.hangUp();
            await until(
              'the client to see that',
              () => (client as unknown as { readonly stats: Given }).stats['connected'] === false,
            );
            expect(await get(client, site)).toBe('ok');
            expect(site.opened()).toBe(before + 1);
          });
          const off = 'unlimited';
          expect(catalogSays(undici, 'clientTtl')).toMatchObject({ default: 'none', zero: off, negative: off, null: off });
          expect(undici.recycling?.[0]).toMatchObject({ idle: 4_000, lifetime: 'none', validates: 'socket' });
        }),
    ),
    run(
      ['signal: default', 'signal#2: default'],
      'ends a request under way; request() goes on waiting for a connection all the same, fetch() does not',
      () =>
        withSite(async (site) => {
          const { Agent, fetch } = await import('undici');
          const busy = new Agent({ connections: 1 });
          const hanging = new Agent({ connect: { lookup: neverFound } });
          const free = new Agent();
          const controller = new AbortController();
          const { signal } = controller;
          const nowhere = { origin: 'http://nowhere.invalid', path: '/', method: 'GET' as const, signal };
          try {
            const first = get(busy, site, 'silent');
            first.catch(() => undefined);
            await until('the first request to arrive', () => site.requests() === 1);
            const requests = {
              underWay: get(free, site, 'silent', { signal }),
              stalled: get(free, site, 'stalls', { signal }),
              queued: get(busy, site, 'answers', { signal }),
              connecting: hanging.request(nowhere),
              fetched: fetch(site.url('silent'), { dispatcher: free, signal }),
              fetchQueued: fetch(site.url(), { dispatcher: busy, signal }),
              fetchConnecting: fetch(nowhere.origin, { dispatcher: hanging, signal }),
            };
            const states = async () =>
              Object.fromEntries(
                await Promise.all(
                  Object.entries(requests).map(async ([name, request]) => [name, await stateOf(request, 150)] as const),
                ),
              );
            expect(new Set(Object.values(await states()))).toEqual(new Set(['pending']));
            controller.abort();
            expect(await states()).toEqual({
              underWay: 'rejected',
              stalled: 'rejected',
              queued: 'pending',
              connecting: 'pending',
              fetched: 'rejected',
              fetchQueued: 'rejected',
              fetchConnecting: 'rejected',
            });
          } finally {
            await Promise.all([busy, hanging, free].map((agent) => agent.destroy()));
          }
          const [ofRequest, ofFetch] = (undici.timeouts ?? []).filter(({ option }) => option === 'signal');
          expect(ofRequest).toMatchObject({ default: 'none', covers: ['request'], misses: ['acquire', 'connect'] });
          expect(ofFetch).toMatchObject({ default: 'none', covers: ['acquire', 'connect', 'request'] });
        }),
    ),
    run(['maxTTL: default', 'maxTTL: negative'], 'an address is believed for 10 s; a negative time throws', () =>
      withSite(async (site) => {
        const { Agent, interceptors } = await import('undici');
        let lookups = 0;
        const lookup = (_origin: unknown, _options: unknown, callback: (error: null, addresses: readonly object[]) => void) => {
          lookups++;
          callback(null, [{ address: '127.0.0.1', family: 4 }]);
        };
        const agent = new Agent();
        const dispatcher = agent.compose(interceptors.dns({ lookup, dualStack: false } as never));
        const origin = `http://named.invalid:${String(site.port)}`;
        const ask = async () => (await dispatcher.request({ origin, path: '/', method: 'GET' })).body.text();
        vi.useFakeTimers({ toFake: ['Date'] });
        try {
          await ask();
          vi.setSystemTime(Date.now() + 9_900);
          await ask();
          expect(lookups).toBe(1);
          vi.setSystemTime(Date.now() + 200);
          await ask();
          expect(lookups).toBe(2);
        } finally {
          vi.useRealTimers();
          await agent.destroy();
        }
        expect(() => interceptors.dns({ maxTTL: -1 })).toThrow('Invalid maxTTL. Must be a positive number');
        expect(catalogSays(undici, 'maxTTL')).toMatchObject({ default: 10_000, unit: 'ms', negative: 'throws' });
      }),
    ),
    run(['ignored timeout', 'ignored timeout#2'], 'a request with timeout goes on waiting for a silent server', () =>
      withSite(async (site) => {
        const { Agent, fetch, request, stream } = await import('undici');
        const dispatcher = new Agent();
        try {
          const given = { dispatcher, timeout: 20 } as never;
          const factory = () => {
            throw new Error('There is no answer.');
          };
          const requests = [
            request(site.url('silent'), given),
            stream(site.url('silent'), { ...(given as object), method: 'GET' }, factory),
            fetch(site.url('silent'), given),
          ];
          expect(await Promise.all(requests.map((waiting) => stateOf(waiting)))).toEqual(['pending', 'pending', 'pending']);
          expect(site.requests()).toBe(3);
        } finally {
          await dispatcher.destroy();
        }
      }),
    ),
    run(['ignored agent'], 'a request with agent throws', () =>
      withSite(async (site) => {
        const { request } = await import('undici');
        expect(() => void request(site.url(), { agent: {} } as never)).toThrow('unsupported opts.agent');
      }),
    ),
    run(['per request#2', 'per request#3'], 'reset and the header close the connection after the answer', () =>
      withSite(async (site) => {
        expect(await oneByOne('Client', site, {}, { reset: true })).toBe(4);
        expect(await oneByOne('Client', site, {}, { headers: { Connection: 'close' } })).toBe(4);
        expect(await oneByOne('Client', site, {}, { headers: { connection: 'close' } })).toBe(4);
        expect(await oneByOne('Client', site, {})).toBe(1);
      }),
    ),
  ],
} satisfies LibraryChecks;
