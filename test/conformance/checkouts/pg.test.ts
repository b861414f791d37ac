import { Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../../src/catalog/libraries/pg.js';
import { within } from '../../support/within.js';
import type { Database } from '../support/database.js';
import { describeCheckout } from '../support/describe-checkout.js';
import { entryFor } from '../support/entries.js';
import { describeIdleLoss } from '../support/idle-loss.js';
import { startPostgresDatabase } from '../support/postgres.js';

let database: Database;

beforeAll(async () => {
  database = await startPostgresDatabase();
});
afterAll(async () => {
  await database.stop();
});

const open = (port: number, max: number) =>
  new Pool({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'pooled', max });

describeCheckout(
  {
    title: 'pg Pool.connect',
    library: pg,
    creator: entryFor(pg.creators, ['Pool'], 'pg'),
    checkout: entryFor(pg.checkouts, ['Pool', 'new', 'connect'], 'pg'),
    method: 'connect',
    shortcuts: { query: entryFor(pg.shortcuts, ['Pool', 'new', 'query'], 'pg') },
    open: (port, limit) => {
      const pool = open(port, limit);
      return { pool, close: () => pool.end() };
    },
    query: async (client, text) => (await (client as PoolClient).query<object>(text)).rows[0],
    perform: async (client, method) => {
      if (method !== 'end') throw new Error(`The types of pg have no ${method}.`);
      // The types of pg hide it, not pg.
      await (client as PoolClient & { end: () => Promise<void> }).end();
    },
  },
  () => database,
);

describe('pg: release with an argument', () => {
  it.each([
    ['true', true],
    ['an error', new Error('broken')],
  ])('release(%s) closes the connection and frees the slot', async (_, argument) => {
    const pool = open(database.port, 1);
    const client = await pool.connect();
    const next = pool.connect();
    client.release(argument);
    const other = await within(10, 'a free slot', next);
    expect(other).not.toBe(client);
    other.release();
    await pool.end();
  });
});

describeIdleLoss(pg, () => database);
