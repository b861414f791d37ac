import mysql, { type Pool } from 'mysql2/promise';

let pool: Pool | undefined;

/** Auto-imported in every route. */
export const useDb = (): Pool => {
  if (!pool) {
    const { databaseUrl } = useRuntimeConfig();
    pool = mysql.createPool({
      uri: databaseUrl,
      connectionLimit: 10,
      maxIdle: 4,
      idleTimeout: 60_000,
      connectTimeout: 4_000,
      enableKeepAlive: true,
    });
  }
  return pool;
};

export const closeDb = async () => {
  await pool?.end();
  pool = undefined;
};
