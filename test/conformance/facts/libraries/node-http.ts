import { Agent, createServer, get, type RequestOptions } from 'node:http';
import { get as getSecurely } from 'node:https';
import { expect } from 'vitest';
import { nodeHttp } from '../../../../src/catalog/libraries/node-http.js';
import { run, type LibraryChecks } from '../check.js';
import {
  ask,
  atOnce,
  keepAliveCheck,
  maxFreeSocketsChecks,
  maxSocketsChecks,
  oneByOne,
  sent,
  withAgent,
  type AgentFamily,
  type Given,
} from '../support/agents.js';
import { catalogSays } from '../support/catalog-says.js';
import { errorOf, neverFound, openMute, stateOf, until, wait, withSite, type Site } from '../support/site.js';

const family: AgentFamily = { library: nodeHttp, make: (options) => Promise.resolve(new Agent(options)) };

/** Whether a request to a silent server is told that its time is over, and how far it has got then. */
async function silence(site: Site, options: RequestOptions): Promise<{ readonly told: boolean; readonly state: string }> {
  const { request, done } = await sent(site, 'silent', options);
  let told = false;
  request.on('timeout', () => (told = true));
  const state = await stateOf(done);
  request.destroy();
  return { told, state };
}

/** The code with which something throws. */
function codeOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
  return undefined;
}

const { NaN: nan } = Number;
const outOfRange = 'ERR_OUT_OF_RANGE';
const wrongType = 'ERR_INVALID_ARG_TYPE';
const told = { told: true, state: 'pending' };
const untold = { told: false, state: 'pending' };

export default {
  library: 'node:http',
  packages: [],
  checks: [
    ...maxSocketsChecks(family),
    run(
      ['maxTotalSockets: default', 'maxTotalSockets: infinity', 'relation maxSockets at-most maxTotalSockets'],
      'opens as many connections as there are requests, unless maxTotalSockets is reached before',
      async () => {
        const options: Given[] = [
          {},
          { maxTotalSockets: Infinity },
          { keepAlive: true, maxTotalSockets: 2 },
          { keepAlive: true, maxSockets: 3, maxTotalSockets: 2 },
        ];
        expect(await atOnce(family, options)).toEqual([4, 4, 2, 2]);
        // The total counts over all hosts.
        await withSite((site) =>
          withSite((other) =>
            withAgent(new Agent({ keepAlive: true, maxTotalSockets: 1 }), async (agent) => {
              await sent(site, 'silent', { agent });
              expect(await stateOf(ask(other.url(), { agent }).done, 50)).toBe('pending');
              expect(other.opened()).toBe(0);
            }),
          ),
        );
        expect(catalogSays(nodeHttp, 'maxTotalSockets')).toMatchObject({ default: 'unlimited', infinity: 'unlimited' });
      },
    ),
    run(
      [
        'maxTotalSockets: zero',
        'maxTotalSockets: negative',
        'maxTotalSockets: null',
        'maxTotalSockets: nan',
        'maxTotalSockets: text',
      ],
      'the constructor throws',
      () => {
        const thrown = (maxTotalSockets: unknown) => codeOf(() => new Agent({ maxTotalSockets } as Given));
        expect([0, -1, nan].map(thrown)).toEqual([outOfRange, outOfRange, outOfRange]);
        expect([null, '5'].map(thrown)).toEqual([wrongType, wrongType]);
        const throws = 'throws';
        expect(catalogSays(nodeHttp, 'maxTotalSockets')).toMatchObject({
          zero: throws,
          negative: throws,
          null: throws,
          nan: throws,
          text: throws,
        });
      },
    ),
    ...maxFreeSocketsChecks(family),
    run(['relation maxFreeSockets at-most maxSockets'], 'no more sockets are kept than there may be', () =>
      withSite((site) =>
        withAgent(new Agent({ keepAlive: true, maxSockets: 2, maxFreeSockets: 5 }), async (agent) => {
          await Promise.all(Array.from({ length: 6 }, () => ask(site.url('dawdles'), { agent }).done));
          await new Promise(setImmediate);
          expect(Object.values(agent.freeSockets).flat()).toHaveLength(2);
        }),
      ),
    ),
    run(
      ['timeout: default', 'timeout: zero', 'timeout: negative', 'timeout: needs'],
      'the time of an agent closes an idle socket; on one in use it emits an event and the request goes on; -1 throws with the first request',
      () =>
        withSite(async (site) => {
          const [ofNone, ofZero, ofSome] = await Promise.all(
            [{}, { timeout: 0 }, { timeout: 30 }].map((options) =>
              withAgent(new Agent(options), (agent) => silence(site, { agent })),
            ),
          );
          expect(ofNone).toEqual(untold);
          expect(ofZero).toEqual(untold);
          expect(ofSome).toEqual(told);
          const agent = new Agent({ timeout: -1 });
          expect(codeOf(() => get(site.url(), { agent }))).toBe(outOfRange);
          const before = site.open();
          await withAgent(new Agent({ keepAlive: true, timeout: 30 }), async (idle) => {
            await ask(site.url(), { agent: idle }).done;
            await until('the idle socket to close', () => site.open() <= before);
          });
          expect(catalogSays(nodeHttp, 'timeout')).toMatchObject({ default: 'none', zero: 'unlimited', negative: 'throws' });
        }),
    ),
    run(
      ['keepAliveMsecs: default', 'keepAliveMsecs: zero', 'keepAliveMsecs: null', 'keepAliveMsecs: nan'],
      'the first probe is sent after 1 s, also with 0, null and NaN',
      () => {
        const kept = (options: Given) => (new Agent(options) as unknown as Given)['keepAliveMsecs'];
        expect([{}, ...[0, null, nan, 20].map((keepAliveMsecs) => ({ keepAliveMsecs }))].map(kept)).toEqual([
          1_000, 1_000, 1_000, 1_000, 20,
        ]);
        const same = 'default';
        expect(catalogSays(nodeHttp, 'keepAliveMsecs')).toMatchObject({ default: 1_000, zero: same, null: same, nan: same });
      },
    ),
    run(
      ['timeout#2: default', 'timeout#2: zero', 'timeout#2: needs'],
      'the time of a request emits an event and the request goes on; 0 switches that of the agent off',
      () =>
        withSite((site) =>
          withAgent(new Agent({ timeout: 30 }), async (agent) => {
            const cases: RequestOptions[] = [{ agent: false }, { agent: false, timeout: 30 }, { agent }, { agent, timeout: 0 }];
            expect(await Promise.all(cases.map((options) => silence(site, options)))).toEqual([untold, told, told, untold]);
            const { request, done } = await sent(site, 'silent', { agent: false });
            let isTold = false;
            request.setTimeout(30, () => (isTold = true));
            expect({ state: await stateOf(done), told: isTold }).toEqual(told);
            request.destroy();
            expect(catalogSays(nodeHttp, 'timeout', 2)).toMatchObject({ default: 'none', zero: 'unlimited' });
          }),
        ),
    ),
    run(['timeout#2: negative', 'timeout#2: nan', 'timeout#2: infinity', 'timeout#2: null'], 'the request throws', () =>
      withSite(async (site) => {
        const thrown = (timeout: unknown) => codeOf(() => get(site.url(), { timeout } as RequestOptions));
        expect([-1, nan, Infinity].map(thrown)).toEqual([outOfRange, outOfRange, outOfRange]);
        expect(thrown(null)).toBe(wrongType);
        const { request } = await sent(site, 'silent', { agent: false });
        const set = (timeout: unknown) => codeOf(() => request.setTimeout(timeout as number));
        expect([-1, nan, Infinity].map(set)).toEqual([outOfRange, outOfRange, outOfRange]);
        expect(set(null)).toBe(wrongType);
        request.destroy();
        const throws = 'throws';
        expect(catalogSays(nodeHttp, 'timeout', 2)).toMatchObject({
          negative: throws,
          nan: throws,
          infinity: throws,
          null: throws,
        });
      }),
    ),
    run(['signal: default'], 'ends a request under way or connecting, and not one that waits for a socket', () =>
      withSite((site) =>
        withAgent(new Agent({ maxSockets: 1 }), async (agent) => {
          await sent(site, 'silent', { agent });
          const controller = new AbortController();
          const { signal } = controller;
          const { done } = await sent(site, 'silent', { agent: false, signal });
          const requests = [
            done,
            ask('http://nowhere.invalid/', { agent: false, lookup: neverFound, signal }).done,
            ask(site.url(), { agent, signal }).done,
          ];
          expect(await Promise.all(requests.map((request) => stateOf(request, 40)))).toEqual(['pending', 'pending', 'pending']);
          controller.abort();
          expect(await Promise.all(requests.map((request) => stateOf(request, 250)))).toEqual([
            'rejected',
            'rejected',
            'pending',
          ]);
          const fact = nodeHttp.timeouts?.find(({ option }) => option === 'signal');
          expect(fact).toMatchObject({ default: 'none', covers: ['connect', 'request'], misses: ['acquire'] });
        }),
      ),
    ),
    run(
      ['keepAliveTimeout: default', 'headersTimeout: default', 'requestTimeout: default'],
      'a server gives its clients 5 s, 60 s and 300 s',
      () => {
        const { headersTimeout, keepAliveTimeout, requestTimeout } = createServer();
        expect({ headersTimeout, keepAliveTimeout, requestTimeout }).toEqual({
          headersTimeout: 60_000,
          keepAliveTimeout: 5_000,
          requestTimeout: 300_000,
        });
        expect(catalogSays(nodeHttp, 'keepAliveTimeout')).toMatchObject({ default: 5_000, unit: 'ms' });
        expect(catalogSays(nodeHttp, 'headersTimeout')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(catalogSays(nodeHttp, 'requestTimeout')).toMatchObject({ default: 300_000, unit: 'ms' });
      },
    ),
    run(
      ['wait for request'],
      'the answer, the handshake and the address are waited for without end, whatever the time of the global agent',
      async () => {
        await withSite(async (site) => {
          const { request, done } = await sent(site, 'silent', {});
          request.socket?.emit('timeout');
          const lost = ask('http://nowhere.invalid/', { lookup: neverFound });
          expect(await Promise.all([stateOf(done), stateOf(lost.done)])).toEqual(['pending', 'pending']);
          request.destroy();
          lost.request.destroy();
        });
        await withSite(async (site) => {
          const request = getSecurely(site.url());
          const failed = new Promise((_, reject) => request.once('error', reject));
          await until('the connection', () => site.opened() === 1);
          request.socket?.emit('timeout');
          expect(await stateOf(failed)).toBe('pending');
          request.destroy();
          await errorOf(failed);
        }, openMute);
        expect(nodeHttp.waits?.[0]).toMatchObject({ for: 'request', default: 'none' });
      },
    ),
    run(['recycling'], 'an idle socket has no time of its own, and is found closed by its state', () =>
      withSite((site) =>
        withAgent(new Agent({ keepAlive: true }), async (agent) => {
          await ask(site.url(), { agent }).done;
          await wait(100);
          const [socket] = Object.values(agent.freeSockets).flat();
          expect(socket?.timeout ?? 0).toBe(0);
          expect(site.open()).toBe(1);
          site.hangUp();
          await until('the agent to see that', () => Object.values(agent.freeSockets).flat().length === 0);
          await ask(site.url(), { agent }).done;
          expect(site.opened()).toBe(2);
          expect(nodeHttp.recycling?.[0]).toMatchObject({ idle: 'none', lifetime: 'none', validates: 'socket' });
        }),
      ),
    ),
    run(
      ['per request', 'per request#2', 'per request#3', 'per request#4'],
      'keepAlive: false, maxFreeSockets: -1, agent: false and the header open a connection for every request',
      () =>
        withSite((site) =>
          withAgent(new Agent({ keepAlive: true }), async (agent) => {
            expect(await oneByOne(site, { agent })).toBe(1);
            expect(await oneByOne(site, { agent: new Agent({ keepAlive: false }) })).toBe(3);
            expect(await oneByOne(site, { agent: new Agent({ keepAlive: true, maxFreeSockets: -1 }) })).toBe(3);
            expect(await oneByOne(site, { agent: false })).toBe(3);
            for (const name of ['Connection', 'connection'])
              expect(await oneByOne(site, { agent, headers: { [name]: 'close' } })).toBeGreaterThan(1);
          }),
        ),
    ),
    keepAliveCheck(family, false),
  ],
} satisfies LibraryChecks;
