import type { APIEvent } from '@solidjs/start/server';
import { createPool, type Pool } from 'mysql2/promise';

const cache = globalThis as { statistics?: Pool };

function statistics(): Pool {
  if (!cache.statistics) {
    cache.statistics = createPool({
      uri: process.env.STATISTICS_URL,
      connectionLimit: 2,
      maxIdle: 1,
      idleTimeout: 30_000,
      connectTimeout: 3_000,
    });
  }
  return cache.statistics;
}

export async function GET({ request }: APIEvent) {
  await using connection = await statistics().getConnection();
  await connection.query({ sql: 'SET SESSION max_execution_time = 2000', timeout: 2_000 });
  const user = new URL(request.url).searchParams.get('user');
  const [rows] = await connection.query({
    sql: 'SELECT day, streak FROM streaks WHERE user = ?',
    values: [user],
    timeout: 2_000,
  });
  return Response.json(rows);
}
