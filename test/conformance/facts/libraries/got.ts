import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { got as described } from '../../../../src/catalog/libraries/got.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { aborted, AMPLE, BEYOND, EndlessAgent, oneByOne, pending } from '../support/requests.js';
import { errorOf, neverFound, openMute, withSite } from '../support/site.js';

/** Makes one attempt of a request. */
async function attempt(url: string, options: object = {}): Promise<unknown> {
  const { default: got } = await import('got');
  return got(url, { retry: { limit: 0 }, ...options } as never);
}

/** The message with which an attempt fails. */
async function message(url: string, options: object): Promise<string> {
  return (await errorOf(attempt(url, options))).message;
}

const PHASES = ['lookup', 'connect', 'secureConnect', 'send', 'response', 'read', 'socket'] as const;

export default {
  library: 'got',
  packages: ['got'],
  checks: [
    run(
      [
        'timeout.request: default',
        'timeout.request: zero',
        'timeout.request: negative',
        'timeout.request: infinity',
        'wait for request',
      ],
      'a silent server is waited for without end; 0, -1 and Infinity fail at once',
      () =>
        withSite(async (site) => {
          const { default: got } = await import('got');
          expect(got.defaults.options.timeout.request).toBeUndefined();
          const silent = got(site.url('silent'), { retry: { limit: 0 } });
          expect(await pending([silent])).toEqual([true]);
          silent.cancel();
          for (const request of [0, -1, Infinity, 30])
            expect(await message(site.url('silent'), { timeout: { request } })).toContain("Timeout awaiting 'request'");
          // A trickle does not keep it from ending.
          expect(await message(site.url('trickles'), { timeout: { request: 60 } })).toContain("Timeout awaiting 'request'");
          const atOnce = 'immediate';
          expect(catalogSays(described, 'timeout.request')).toMatchObject({
            default: 'none',
            unit: 'ms',
            zero: atOnce,
            negative: atOnce,
            infinity: atOnce,
          });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
    run(['timeout.request: null'], 'a type error', () =>
      withSite(async (site) => {
        expect(await message(site.url(), { timeout: { request: null } })).toContain(
          'Expected values which are `number` or `undefined`',
        );
        expect(await message(site.url(), { timeout: 30 })).toContain('Expected');
        expect(catalogSays(described, 'timeout.request').null).toBe('throws');
      }),
    ),
    run(
      PHASES.map((phase) => `timeout.${phase}: default`),
      'no phase has a time by default, and each of them ends with its own',
      async () => {
        const { default: got } = await import('got');
        const { timeout } = got.defaults.options;
        expect(PHASES.map((phase) => timeout[phase])).toEqual(PHASES.map(() => undefined));
        for (const phase of PHASES)
          expect(catalogSays(described, `timeout.${phase}`)).toMatchObject({ default: 'none', unit: 'ms' });
        const awaiting = (phase: string) => expect.stringContaining(`Timeout awaiting '${phase}'`) as unknown;
        await withSite((site) =>
          withSite(async (mute) => {
            const time = 30;
            // A body that does not come to its end.
            const body = new Readable({ read: () => undefined });
            const http = new EndlessAgent();
            const messages = await Promise.all([
              message('http://nowhere.invalid/', { dnsLookup: neverFound, timeout: { lookup: time } }),
              message(site.url(), { agent: { http }, timeout: { connect: time } }),
              message(mute.url(), { timeout: { secureConnect: time } }),
              message(site.url('silent'), { method: 'POST', body, timeout: { send: time } }),
              message(site.url('silent'), { timeout: { response: time } }),
              message(site.url('stalls'), { timeout: { read: time } }),
              message(site.url('silent'), { timeout: { socket: time } }),
            ]);
            expect(messages).toEqual(PHASES.map(awaiting));
            // That of the socket is one of silence.
            const trickle = got(site.url('trickles'), { retry: { limit: 0 }, timeout: { socket: AMPLE } });
            expect(await pending([trickle], BEYOND)).toEqual([true]);
            trickle.cancel();
          }, openMute),
        );
      },
    ),
    run(['signal: default'], 'ends a request wherever it is, also while it waits for a socket', async () => {
      const rejected = 'rejected';
      expect(await aborted((url, signal, http) => attempt(url, { signal, ...(http ? { agent: { http } } : {}) }))).toEqual({
        queued: rejected,
        connecting: rejected,
        underWay: rejected,
        inBody: rejected,
      });
      const signal = described.timeouts?.find(({ option }) => option === 'signal');
      expect(signal).toMatchObject({ default: 'none', covers: ['acquire', 'connect', 'request'] });
    }),
    run(['per request'], 'agent.http: false and the header open a connection for every request', () =>
      withSite(async (site) => {
        expect(await oneByOne(site, (url) => attempt(url))).toBe(1);
        expect(await oneByOne(site, (url) => attempt(url, { agent: { http: false } }))).toBe(3);
        for (const name of ['Connection', 'connection'])
          expect(await oneByOne(site, (url) => attempt(url, { headers: { [name]: 'close' } }))).toBeGreaterThan(1);
      }),
    ),
  ],
} satisfies LibraryChecks;
