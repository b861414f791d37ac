/** How the pool and the client of @vercel/postgres connect, close and fail: they are those of Neon, over WebSockets. */
import type { VercelClient, VercelPool } from '@vercel/postgres';
import { vercelPostgres } from '../../../../src/catalog/libraries/vercel-postgres.js';
import type { Check, LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { clientChecks, lossCheck } from '../support/clients.js';
import { startWebSocketProxy, type WebSocketProxy } from '../support/web-socket-proxy.js';

let proxy: WebSocketProxy | undefined;

const urlOf = (port: number) => `postgresql://postgres:postgres@localhost:${String(port)}/postgres`;
const settings = () => ({ wsProxy: proxy?.addressFor, useSecureWebSocket: false, pipelineConnect: false });

async function withProxy<T>(use: () => Promise<T>): Promise<T> {
  proxy = await startWebSocketProxy();
  try {
    return await use();
  } finally {
    await proxy.stop();
  }
}

const throughProxy = (checks: readonly Check[]): readonly Check[] =>
  checks.map(({ test, ...check }) => ({ ...check, test: () => withProxy(async () => test?.()) }));

const lossOf = (name: string, text: string): Check =>
  lossCheck(
    vercelPostgres,
    name,
    'crashed',
    (use) => withProxy(async () => use(await portOf('postgres'))),
    () => `
      import { createClient, createPool, VercelClient } from '@vercel/postgres';
      const connectionString = 'postgresql://postgres:postgres@localhost:' + port + '/postgres';
      const settings = {
        useSecureWebSocket: false,
        pipelineConnect: false,
        wsProxy: (host, port) => '${proxy?.addressFor('', 'PORT') ?? ''}'.replace('PORT', port),
      };
      ${text}`,
    { needs: 'postgres' },
  );

export default {
  library: '@vercel/postgres',
  packages: ['@vercel/postgres'],
  checks: [
    ...throughProxy([
      ...clientChecks({
        library: vercelPostgres,
        name: 'createPool',
        connects: 'lazy',
        close: { end: 'async graceful' },
        dispose: 'none',
        needs: 'postgres',
        make: async (port) => {
          const { createPool, VercelClient } = await import('@vercel/postgres');
          /** A client that finds its way to the proxy of the test. */
          class Client extends VercelClient {
            constructor(config: string) {
              super(config);
              Object.assign(this.neonConfig, settings());
            }
          }
          return Object.assign(createPool({ connectionString: urlOf(port) }), { Client });
        },
        use: (pool: VercelPool) => pool.query('SELECT 1'),
        busy: (pool: VercelPool) => pool.query('SELECT pg_sleep(0.15)'),
      }),
      ...clientChecks({
        library: vercelPostgres,
        name: 'createClient',
        connects: 'on-connect',
        close: { end: 'async forced' },
        dispose: 'none',
        needs: 'postgres',
        make: async (port) => {
          const { createClient } = await import('@vercel/postgres');
          const client = createClient({ connectionString: urlOf(port) });
          Object.assign(client.neonConfig, settings());
          return client;
        },
        use: (client: VercelClient) => client.connect(),
        busy: (client: VercelClient) => client.query('SELECT pg_sleep(0.15)'),
      }),
    ]),
    lossOf(
      'createPool',
      `class Client extends VercelClient {
        constructor(config) { super(config); Object.assign(this.neonConfig, settings); }
      }
      await Object.assign(createPool({ connectionString }), { Client }).query('SELECT 1');`,
    ),
    lossOf(
      'createClient',
      `const client = createClient({ connectionString });
      Object.assign(client.neonConfig, settings);
      await client.connect();`,
    ),
  ],
} satisfies LibraryChecks;
