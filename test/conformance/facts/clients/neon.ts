/** How the pool and the client of @neondatabase/serverless connect, close and fail: WebSockets lead to the server. */
import type { Client, Pool } from '@neondatabase/serverless';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { neon } from '../../../../src/catalog/libraries/neon.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks, lossCheck } from '../support/clients.js';
import { startWebSocketProxy, type WebSocketProxy } from '../support/web-socket-proxy.js';

const toPort = (port: number) => ({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' });
const options = "{ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' }";

async function load() {
  const { neonConfig, ...library } = await import('@neondatabase/serverless');
  neonConfig.webSocketConstructor = WebSocket;
  neonConfig.useSecureWebSocket = false;
  // A server of this machine asks for the password in its own way.
  neonConfig.pipelineConnect = false;
  return { neonConfig, ...library };
}

// The way to the proxy is a setting of the whole library.
async function withProxy<T>(use: (proxy: WebSocketProxy) => Promise<T>): Promise<T> {
  const proxy = await startWebSocketProxy();
  try {
    const { neonConfig } = await load();
    neonConfig.wsProxy = proxy.addressFor;
    return await use(proxy);
  } finally {
    await proxy.stop();
  }
}

const throughProxy = (checks: readonly Check[]): readonly Check[] =>
  checks.map(({ test, ...check }) => ({ ...check, test: () => withProxy(async () => test?.()) }));

/** The beginning of a program that finds its way through the proxy. */
const setUp = (address: string) => `
  import { Client, neonConfig, Pool } from '@neondatabase/serverless';
  import { WebSocket } from 'ws';
  Object.assign(neonConfig, {
    webSocketConstructor: WebSocket,
    useSecureWebSocket: false,
    pipelineConnect: false,
    wsProxy: (host, port) => '${address}'.replace('PORT', port),
  });`;

const lossOf = (name: string, text: string): Check => {
  let address = '';
  return lossCheck(
    neon,
    name,
    'crashed',
    (use) =>
      withProxy(async ({ addressFor }) => {
        address = addressFor('', 'PORT');
        return use(await portOf('postgres'));
      }),
    () => setUp(address) + text,
    { needs: 'postgres' },
  );
};

export default {
  library: '@neondatabase/serverless',
  packages: ['@neondatabase/serverless'],
  checks: [
    ...throughProxy([
      ...clientChecks({
        library: neon,
        name: 'Pool',
        connects: 'lazy',
        close: { end: 'async graceful' },
        dispose: 'none',
        needs: 'postgres',
        make: async (port) => new (await load()).Pool(toPort(port)),
        use: (pool: Pool) => pool.query('SELECT 1'),
        busy: (pool: Pool) => pool.query('SELECT pg_sleep(0.15)'),
      }),
      ...clientChecks({
        library: neon,
        name: 'Client',
        connects: 'on-connect',
        close: { end: 'async forced' },
        dispose: 'none',
        needs: 'postgres',
        make: async (port) => new (await load()).Client(toPort(port)),
        use: (client: Client) => client.connect(),
        busy: (client: Client) => client.query('SELECT pg_sleep(0.15)'),
      }),
    ]),
    lossOf('Pool', `await new Pool(${options}).query('SELECT 1');`),
    lossOf('Client', `await new Client(${options}).connect();`),
    run(
      ['holds process'],
      'a pool holds the process until its connections have been idle long enough',
      async () => {
        expect(neon.holdsProcess).toBe('until-idle-timeout');
        const port = String(await portOf('postgres'));
        await withProxy(async ({ addressFor }) => {
          const program = (idle: number) =>
            afterWork(`${setUp(addressFor('', 'PORT'))}
              const port = ${port};
              await new Pool({ ...${options}, idleTimeoutMillis: ${String(idle)} }).query('SELECT 1');`);
          expect(await Promise.all([program(20), program(60_000)])).toEqual(['ends', 'held']);
        });
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
