import { createClient } from '@clickhouse/client';
import once from 'lodash/once.js';

const clickhouse = once(() =>
  createClient({
    url: process.env.CLICKHOUSE_URL,
    database: 'events',
    max_open_connections: 10,
    request_timeout: 30_000,
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
    clickhouse_settings: { async_insert: 1, wait_for_async_insert: 1 },
  }),
);

export const insert = (table: string, values: readonly unknown[]) =>
  clickhouse().insert({ table, values, format: 'JSONEachRow' });

export async function countOf(table: string): Promise<number> {
  const result = await clickhouse().query({
    query: 'SELECT count() AS n FROM {table: Identifier}',
    query_params: { table },
    format: 'JSONEachRow',
  });
  const [{ n }] = await result.json<{ n: string }>();
  return Number(n);
}

export async function* everyRow(table: string): AsyncGenerator<unknown> {
  const result = await clickhouse().query({
    query: 'SELECT * FROM {table: Identifier}',
    query_params: { table },
    format: 'JSONEachRow',
  });
  for await (const rows of result.stream()) for (const row of rows) yield row.json();
}

export const close = () => clickhouse().close();
