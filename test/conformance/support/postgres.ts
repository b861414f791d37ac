import { startPostgres } from '../../support/postgres.js';
import { PEEK, TABLE, type Database } from './database.js';
import { property } from './members.js';

/** The code of PostgreSQL for a lock that is not available. */
const LOCKED = '55P03';

/** Starts PostgreSQL. */
export async function startPostgresDatabase(): Promise<Database> {
  const server = await startPostgres(async ({ client }) => {
    const creator = client('postgres');
    await creator.connect();
    await creator.query('CREATE DATABASE pooled');
    await creator.end();
  });
  const admin = server.client('pooled');
  await admin.connect();
  for (const statement of TABLE) await admin.query(statement);
  return {
    title: 'PostgreSQL',
    port: server.port,
    whoAmI: 'SELECT pg_backend_pid() AS id',
    refuses: [],
    roundTrip: () => admin.query('SELECT 1'),
    isOpen: async (session) => {
      const { rowCount } = await admin.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [session]);
      return rowCount === 1;
    },
    kill: (session) => admin.query('SELECT pg_terminate_backend($1)', [session]),
    row: () =>
      admin.query<{ n: number }>(PEEK).then(
        ({ rows }) => rows[0]?.n ?? NaN,
        (error: unknown) => {
          if (property(error, 'code') === LOCKED) return 'locked';
          throw error;
        },
      ),
    stop: async () => {
      await admin.end();
      await server.stop();
    },
  };
}
