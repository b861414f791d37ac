import mariadb from 'mariadb';
import { singleton } from './utils/singleton.server';

export const pool = singleton('mariadb', () =>
  mariadb.createPool({
    host: process.env.DB_HOST,
    user: process.env.DB_USER,
    password: process.env.DB_PASSWORD,
    database: 'recipes',
    connectionLimit: 8,
    minimumIdle: 2,
    acquireTimeout: 5_000,
    connectTimeout: 2_000,
    queryTimeout: 10_000,
    socketTimeout: 15_000,
    idleTimeout: 300,
  }),
);

export async function inTransaction<T>(work: (connection: mariadb.PoolConnection) => Promise<T>): Promise<T> {
  await using connection = await pool.getConnection();
  await connection.beginTransaction();
  try {
    const result = await work(connection);
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  }
}
