import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import pg from 'pg';
import { createApp } from '../src/app.js';

describe('orders', () => {
  let server: Server;
  let base: string;

  before(async () => {
    server = createApp().listen(0);
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => server.close());

  it('lists nothing for a stranger', async () => {
    const response = await fetch(`${base}/orders?customer=0`);
    assert.deepEqual(await response.json(), []);
  });

  it('keeps what it accepted', async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS count FROM orders');
    assert.equal(rows[0].count, 0);
    await client.end();
  });
});
