/** How a connection of tedious connects, closes and fails, with a stand-in for SQL Server. */
import type { Connection, ConnectionConfiguration } from 'tedious';
import { tedious } from '../../../../src/catalog/libraries/tedious.js';
import type { LibraryChecks } from '../check.js';
import { clientChecks, lossCheck, type Around } from '../support/clients.js';
import { withSqlServer } from '../support/sql-server.js';

const around: Around = (use) => withSqlServer(({ port }) => use(port));

const config = (port: number): ConnectionConfiguration => ({
  server: '127.0.0.1',
  authentication: { type: 'default', options: { userName: 'sa', password: 'secret' } },
  options: { port, encrypt: false },
});

const connected = (connection: Connection) =>
  new Promise<void>((resolve, reject) => {
    connection.once('connect', (error?: Error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/** A statement that the server does not answer. */
async function wait(connection: Connection): Promise<void> {
  const { default: library } = await import('tedious');
  return new Promise((resolve, reject) => {
    connection.execSqlBatch(
      new library.Request('WAITFOR', (error?: Error | null) => {
        if (error) reject(error);
        else resolve();
      }),
    );
  });
}

const common = { library: tedious, close: { close: 'sync forced' }, dispose: 'none', around, busy: wait } as const;

const PROGRAM = `
  import tedious from 'tedious';
  const config = {
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'sa', password: 'secret' } },
    options: { port, encrypt: false },
  };`;

export default {
  library: 'tedious',
  packages: ['tedious'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'Connection',
      connects: 'on-connect',
      make: async (port) => new (await import('tedious')).default.Connection(config(port)),
      use: (connection: Connection) => {
        const result = connected(connection);
        connection.connect();
        return result;
      },
    }),
    ...clientChecks({
      ...common,
      name: 'connect',
      connects: 'eager',
      make: async (port) => {
        const connection = (await import('tedious')).default.connect(config(port));
        const result = connected(connection);
        return Object.assign(connection, { ready: () => result });
      },
      use: (connection: Connection & { readonly ready: () => Promise<void> }) => connection.ready(),
    }),
    lossCheck(
      tedious,
      'Connection',
      'crashed',
      around,
      `${PROGRAM}
      const connection = new tedious.Connection(config);
      await new Promise((resolve) => connection.connect(resolve));`,
      { listening: "connection.on('error', () => undefined);" },
    ),
    lossCheck(
      tedious,
      'connect',
      'crashed',
      around,
      `${PROGRAM}
      const connection = tedious.connect(config);
      await new Promise((resolve) => connection.once('connect', resolve));`,
      { listening: "connection.on('error', () => undefined);" },
    ),
  ],
} satisfies LibraryChecks;
