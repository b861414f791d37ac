import { expect } from 'vitest';
import { fetch as described } from '../../../../src/catalog/libraries/fetch.js';
import { run, type LibraryChecks } from '../check.js';
import { runProgram } from '../support/program.js';
import { oneByOne, pending } from '../support/requests.js';
import { errorOf, stateOf, until, withSite } from '../support/site.js';

// In a process of its own no other copy of undici has taken its place. Its clock goes by ticks, which are counted here and come at once.
const TIMES = `
  import { createServer } from 'node:http';
  let now = 0;
  const later = globalThis.setTimeout;
  globalThis.setTimeout = (call, milliseconds, ...args) =>
    later((...given) => { now += milliseconds; call(...given); }, 0, ...args);
  const server = createServer((request, response) => {
    if (request.url === '/stalls') response.writeHead(200, { 'content-length': 1000 }).write('ok');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = 'http://127.0.0.1:' + server.address().port;
  const failure = (request) => request.then(() => 'none', (error) => [error.cause?.code, now]);
  const headers = failure(fetch(origin + '/silent'));
  const body = failure(fetch(origin + '/stalls').then((response) => response.text()));
  const { constructor: Agent } = globalThis[Symbol.for('undici.globalDispatcher.1')];
  const dispatcher = new Agent({ connect: { lookup() {} } });
  const connect = failure(fetch('http://nowhere.invalid/', { dispatcher }));
  console.log(JSON.stringify({ connect: await connect, headers: await headers, body: await body }));
  process.exit();
`;

export default {
  library: 'fetch',
  packages: [],
  checks: [
    run(['wait for request'], 'the connection may take 10 s, the headers 300 s and a silence in the body 300 s', async () => {
      const { errors, output } = await runProgram(TIMES);
      expect(errors).toBe('');
      const { body, connect, headers } = JSON.parse(output) as Record<string, readonly [string, number]>;
      // The clock has half a second between its ticks, needs some to begin, and goes on while the machine does the rest.
      const about = (milliseconds: number) =>
        expect.toSatisfy((at: number) => at >= milliseconds && at < milliseconds + 10_000) as unknown;
      expect(connect).toEqual(['UND_ERR_CONNECT_TIMEOUT', about(10_000)]);
      expect(headers).toEqual(['UND_ERR_HEADERS_TIMEOUT', about(300_000)]);
      expect(body).toEqual(['UND_ERR_BODY_TIMEOUT', about(300_000)]);
      expect(described.waits?.[0]).toMatchObject({ for: 'request', default: 300_000, endedBy: ['signal'] });
    }),
    run(['signal: default'], 'ends a request that waits for a connection, is under way or has a body nobody reads', () =>
      withSite(async (site) => {
        const { Agent } = await import('undici');
        // The types of undici and of Node differ in what they call a dispatcher.
        const given = (options: object) => ({ dispatcher: new Agent(options) }) as unknown as RequestInit;
        const busy = given({ connections: 1 });
        const hanging = given({
          connect: {
            lookup: () => {
              // The name is never found.
            },
          },
        });
        const controller = new AbortController();
        const { signal } = controller;
        const first = new AbortController();
        const held = fetch(site.url('silent'), { ...busy, signal: first.signal });
        held.catch(() => undefined);
        await until('the first request to arrive', () => site.requests() === 1);
        const requests = [
          fetch(site.url(), { ...busy, signal }),
          fetch('http://nowhere.invalid/', { ...hanging, signal }),
          fetch(site.url('silent'), { signal }),
          fetch(site.url('stalls'), { signal }).then((response) => response.text()),
        ];
        const unread = await fetch(site.url('stalls'), { signal });
        expect(await pending(requests, 60)).toEqual([true, true, true, true]);
        controller.abort();
        for (const request of requests) expect((await errorOf(request)).name).toBe('AbortError');
        expect((await errorOf(unread.text())).name).toBe('AbortError');
        first.abort();
        await errorOf(held);
        expect(described.timeouts?.[0]).toMatchObject({ default: 'none', covers: ['acquire', 'connect', 'request'] });
      }),
    ),
    run(['ignored timeout'], 'a request with timeout goes on waiting for a silent server', () =>
      withSite(async (site) => {
        const controller = new AbortController();
        const request = fetch(site.url('silent'), { signal: controller.signal, timeout: 20 } as RequestInit);
        expect(await stateOf(request)).toBe('pending');
        controller.abort();
        await errorOf(request);
      }),
    ),
    run(['ignored agent'], 'a request with an agent does not use it', () =>
      withSite(async (site) => {
        let used = 0;
        const agent = { addRequest: () => used++, createConnection: () => used++, dispatch: () => used++ };
        expect(await (await fetch(site.url(), { agent } as RequestInit)).text()).toBe('ok');
        expect(used).toBe(0);
      }),
    ),
    run(['per request'], 'the header closes the connection after the answer', async () => {
      const opened: number[] = [];
      for (const headers of [{}, { Connection: 'close' }, { connection: 'close' }])
        await withSite(async (site) => {
          opened.push(await oneByOne(site, async (url) => (await fetch(url, { headers: { ...headers } })).text()));
        });
      // Two connections may take turns, as the next request is sent before the last one has given its own back.
      expect(opened).toEqual([expect.toSatisfy((count: number) => count < 3), 3, 3]);
    }),
  ],
} satisfies LibraryChecks;
