import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import { expect } from 'vitest';
import { awsSdk } from '../../../../src/catalog/libraries/aws-sdk.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { withHttpServer } from '../support/http-server.js';
import { errorOf, neverFound, openMute, stateOf, until, withSite, type Manner } from '../support/site.js';
import { steady } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** Where a call goes. */
interface Target {
  readonly port: number;
  readonly protocol?: 'http' | 'https';
  readonly host?: string;
  readonly manner?: Manner;
}

/** Options of one call. */
interface OfCall {
  readonly abortSignal?: AbortSignal;
  readonly requestTimeout?: number;
}

type Call = (options?: OfCall) => Promise<unknown>;

/** Runs something that calls with these options of a request handler, and destroys what it has called through. */
type Caller = <T>(options: Given, target: Target, use: (call: Call) => Promise<T>) => Promise<T>;

/** Calls of a client; `more` are options of the client itself. */
const throughClient =
  (more: Given = {}): Caller =>
  async (requestHandler, { host = '127.0.0.1', manner = 'answers', port, protocol = 'http' }, use) => {
    const { HeadObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const client = new S3Client({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      endpoint: `${protocol}://${host}:${String(port)}`,
      forcePathStyle: true,
      maxAttempts: 1,
      requestHandler,
      ...more,
    });
    try {
      return await use((options) => client.send(new HeadObjectCommand({ Bucket: 'bucket', Key: manner }), options));
    } finally {
      client.destroy();
    }
  };

const client = throughClient();

/** Calls of a request handler on its own. */
const handler: Caller = async (options, { host = '127.0.0.1', manner = 'answers', port, protocol = 'http' }, use) => {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const made = new NodeHttpHandler(options);
  const request = {
    protocol: `${protocol}:`,
    hostname: host,
    port,
    method: 'HEAD',
    path: `/${manner}`,
    headers: {},
    query: {},
  };
  try {
    return await use((call) => made.handle(request as unknown as Parameters<typeof made.handle>[0], call));
  } finally {
    made.destroy();
  }
};

/** How many connections 52 calls to a server open that never says a word. */
async function opened(caller: Caller, protocol: 'http' | 'https', maxSockets?: number): Promise<number> {
  const site = await openMute();
  const options = maxSockets === undefined ? {} : { [`${protocol}Agent`]: { maxSockets } };
  const end = new AbortController();
  // Otherwise Node suspects a leak, as many calls listen to the one signal.
  setMaxListeners(0, end.signal);
  try {
    return await caller(options, { port: site.port, protocol }, async (call) => {
      for (let count = 0; count < 52; count++) call({ abortSignal: end.signal }).then(undefined, () => undefined);
      if (maxSockets !== -1) await until('connections', () => site.opened() > 0);
      return await steady(site.opened);
    });
  } finally {
    end.abort();
    await site.stop();
  }
}

/** How a call to a server that never answers fares in an hour. */
async function silence(caller: Caller, options: Given, ofCall: OfCall = {}): Promise<string | undefined> {
  let state: string | undefined;
  await withSite((site) =>
    caller(options, { port: site.port, manner: 'silent' }, (call) =>
      withHandClock(async ({ states }) => {
        const called = call(ofCall);
        await until('a request', () => site.requests() > 0);
        [state] = await states(called, [HOUR]);
      }),
    ),
  );
  return state;
}

/** The error with which a call to a server fails that never answers. */
async function failed(caller: Caller, options: Given, ofCall: OfCall = {}): Promise<Error> {
  let error = new Error();
  await withSite((site) =>
    caller(options, { port: site.port, manner: 'silent' }, async (call) => {
      error = await errorOf(call(ofCall));
    }),
  );
  return error;
}

const maxSockets = (caller: Caller, prefix: string) =>
  (['http', 'https'] as const).map((protocol) => {
    const option = `${prefix}${protocol}Agent.maxSockets`;
    return run(
      ['default', 'zero', 'negative', 'infinity'].map((aspect) => `${option}: ${aspect}`),
      `opens 50 connections for 52 calls by ${protocol}, any number with 0 and Infinity, and none with -1`,
      async () => {
        const counts = [undefined, 0, Infinity, -1].map((given) => opened(caller, protocol, given));
        expect(await Promise.all(counts)).toEqual([50, 52, 52, 0]);
        expect(catalogSays(awsSdk, option)).toMatchObject({
          default: 50,
          zero: 'unlimited',
          infinity: 'unlimited',
          negative: 'blocks',
        });
      },
    );
  });

const untimed = { default: 'none', zero: 'unlimited', unit: 'ms' };

const timeouts = (caller: Caller, prefix: string) => [
  run(
    ['default', 'zero', 'needs'].map((aspect) => `${prefix}requestTimeout: ${aspect}`),
    'ends a call only where throwOnRequestTimeout stands beside it; there is none by default and with 0',
    async () => {
      const warnings: string[] = [];
      const logger = { warn: (text: string) => warnings.push(text) };
      const throwOnRequestTimeout = true;
      expect(await failed(caller, { requestTimeout: 30, throwOnRequestTimeout })).toMatchObject({ code: 'ETIMEDOUT' });
      expect(await silence(caller, { throwOnRequestTimeout, logger })).toBe('pending');
      expect(await silence(caller, { requestTimeout: 0, throwOnRequestTimeout, logger })).toBe('pending');
      expect(warnings).toEqual([]);
      expect(await silence(caller, { requestTimeout: 30, logger })).toBe('pending');
      expect(warnings.join()).toContain('has exceeded the configured 30 ms requestTimeout');
      expect(catalogSays(awsSdk, `${prefix}requestTimeout`)).toMatchObject(untimed);
    },
  ),
  run(
    ['default', 'zero'].map((aspect) => `${prefix}socketTimeout: ${aspect}`),
    'sets no timeout on the socket by default and with 0',
    async () => {
      expect(await failed(caller, { socketTimeout: 30 })).toMatchObject({ name: 'TimeoutError' });
      for (const options of [{}, { socketTimeout: 0 }]) {
        await withSite(async (site) => {
          const httpAgent = new HttpAgent({ keepAlive: true });
          await caller({ ...options, httpAgent }, { port: site.port, manner: 'silent' }, async (call) => {
            expect(await stateOf(call())).toBe('pending');
            expect(
              Object.values(httpAgent.sockets).flatMap((sockets = []) => sockets.map(({ timeout = 0 }) => timeout)),
            ).toEqual([0]);
          });
        });
      }
      expect(catalogSays(awsSdk, `${prefix}socketTimeout`)).toMatchObject(untimed);
    },
  ),
  run(
    ['default', 'zero'].map((aspect) => `${prefix}connectionTimeout: ${aspect}`),
    'waits for a connection without end by default and with 0',
    async () => {
      const target = { port: 1, host: 'nowhere.test' };
      const httpAgent = { lookup: neverFound };
      await caller({ connectionTimeout: 30, httpAgent }, target, async (call) => {
        expect((await errorOf(call())).message).toContain('did not establish a connection');
      });
      for (const options of [{}, { connectionTimeout: 0 }]) {
        await caller({ ...options, httpAgent }, target, (call) =>
          withHandClock(async ({ states }) => {
            expect(await states(call(), [HOUR])).toEqual(['pending']);
          }),
        );
      }
      expect(catalogSays(awsSdk, `${prefix}connectionTimeout`)).toMatchObject(untimed);
    },
  ),
];

const waits = (caller: Caller, of: 'client' | 'handler', number: string, prefix: string) =>
  run(
    [`wait for request${number}`, `wait for connect${number}`],
    `waits for an answer and for a connection without end through a ${of} that has no timeout`,
    async () => {
      expect(await silence(caller, {})).toBe('pending');
      await caller({ httpAgent: { lookup: neverFound } }, { port: 1, host: 'nowhere.test' }, (call) =>
        withHandClock(async ({ states }) => {
          expect(await states(call(), [HOUR])).toEqual(['pending']);
        }),
      );
      const at = of === 'client' ? 0 : 2;
      const [request, connect] = (awsSdk.waits ?? []).slice(at);
      expect(request).toMatchObject({ for: 'request', default: 'none' });
      expect(request?.endedBy).toContain(`${prefix}socketTimeout`);
      expect(connect).toMatchObject({ for: 'connect', default: 'none' });
      expect(connect?.endedBy).toContain(`${prefix}connectionTimeout`);
    },
  );

export default {
  library: 'AWS SDK v3',
  packages: ['@aws-sdk/client-s3', '@smithy/node-http-handler'],
  checks: [
    ...maxSockets(client, 'requestHandler.'),
    ...maxSockets(handler, ''),
    run(['maxAttempts: default'], 'tries three times', async () => {
      let requests = 0;
      await withHttpServer(
        (_request, response) => {
          requests++;
          response.writeHead(503).end();
        },
        ({ port }) =>
          throughClient({ maxAttempts: undefined })({}, { port }, async (call) => {
            expect(await errorOf(call())).toMatchObject({ $metadata: { attempts: 3 } });
          }),
      );
      expect(requests).toBe(3);
      expect(catalogSays(awsSdk, 'maxAttempts').default).toBe(3);
    }),
    ...timeouts(client, 'requestHandler.'),
    ...timeouts(handler, ''),
    run(
      ['requestTimeout#2: default', 'requestTimeout#2: zero', 'requestTimeout#2: needs'],
      'a call takes a requestTimeout too, which goes before that of the handler and needs throwOnRequestTimeout as well',
      async () => {
        const throwOnRequestTimeout = true;
        expect(await failed(client, { throwOnRequestTimeout }, { requestTimeout: 30 })).toMatchObject({ code: 'ETIMEDOUT' });
        expect(await silence(client, { throwOnRequestTimeout })).toBe('pending');
        expect(await silence(client, { throwOnRequestTimeout, requestTimeout: 30 }, { requestTimeout: 0 })).toBe('pending');
        const warnings: string[] = [];
        const logger = { warn: (text: string) => warnings.push(text) };
        expect(await silence(client, { logger }, { requestTimeout: 30 })).toBe('pending');
        expect(warnings).toHaveLength(1);
        expect(catalogSays(awsSdk, 'requestTimeout', 2)).toMatchObject(untimed);
      },
    ),
    run(['abortSignal: default'], 'a signal ends a call, and nothing does without one', async () => {
      const abortSignal = AbortSignal.timeout(30);
      expect(await failed(client, {}, { abortSignal })).toMatchObject({ name: 'AbortError' });
      expect(await silence(client, {})).toBe('pending');
      expect(catalogSays(awsSdk, 'abortSignal')).toMatchObject({ default: 'none', unit: 'signal' });
    }),
    waits(client, 'client', '', 'requestHandler.'),
    waits(handler, 'handler', '#2', ''),
    run(
      ['ignored httpOptions.timeout', 'ignored httpOptions.connectTimeout', 'ignored httpOptions.agent'],
      'reads no httpOptions',
      async () => {
        const agent = new HttpAgent();
        const old = throughClient({ httpOptions: { timeout: 20, connectTimeout: 20, agent } });
        await withSite((site) =>
          old({}, { port: site.port, manner: 'silent' }, async (call) => {
            expect(await stateOf(call())).toBe('pending');
            expect(site.requests()).toBe(1);
            expect(agent.sockets).toEqual({});
          }),
        );
        await old({ httpAgent: { lookup: neverFound } }, { port: 1, host: 'nowhere.test' }, async (call) => {
          expect(await stateOf(call())).toBe('pending');
        });
      },
    ),
    run(['ignored maxRetries'], 'tries as often as without maxRetries', async () => {
      const old = throughClient({ maxAttempts: undefined, maxRetries: 0 });
      await withHttpServer(
        (_request, response) => response.writeHead(503).end(),
        ({ port }) =>
          old({}, { port }, async (call) => {
            expect(await errorOf(call())).toMatchObject({ $metadata: { attempts: 3 } });
          }),
      );
    }),
    run(
      ['per request'],
      'opens a connection for every call with an agent that has keepAlive off, by itself or because it is false',
      async () => {
        const connections = (requestHandler: Given): Promise<number> =>
          withHttpServer(
            (_request, response) => response.writeHead(200, { 'content-length': 2 }).end(),
            ({ connections: opened, port }) =>
              client(requestHandler, { port }, async (call) => {
                for (let calls = 0; calls < 3; calls++) await call();
                return opened();
              }),
          );
        expect(await connections({})).toBe(1);
        expect(await connections({ httpAgent: { keepAlive: false } })).toBe(3);
        expect(await connections({ httpAgent: new HttpAgent() })).toBe(3);
        const { NodeHttpHandler } = await import('@smithy/node-http-handler');
        for (const keepAlive of [true, false]) {
          const made = new NodeHttpHandler({ httpsAgent: { keepAlive } });
          made.handle({ protocol: 'https:', hostname: 'nowhere.test' } as never).then(undefined, () => undefined);
          await until('the agents', () => 'httpsAgent' in made.httpHandlerConfigs());
          expect(made.httpHandlerConfigs().httpsAgent).toMatchObject({ keepAlive });
          made.destroy();
        }
      },
    ),
  ],
} satisfies LibraryChecks;
