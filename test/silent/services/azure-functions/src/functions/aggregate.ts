import { app } from '@azure/functions';
import sql from 'mssql';

let connecting: Promise<sql.ConnectionPool> | undefined;

function getPool(): Promise<sql.ConnectionPool> {
  if (connecting === undefined) {
    const pool = new sql.ConnectionPool({
      server: process.env.SQL_SERVER!,
      database: 'telemetry',
      authentication: { type: 'azure-active-directory-default', options: {} },
      connectionTimeout: 10_000,
      requestTimeout: 15_000,
      pool: { min: 0, max: 5, idleTimeoutMillis: 30_000, acquireTimeoutMillis: 10_000 },
    });
    pool.on('error', (error) => {
      console.error(error);
      connecting = undefined;
    });
    connecting = pool.connect();
  }
  return connecting;
}

app.timer('aggregate', {
  schedule: '0 */15 * * * *',
  handler: async (_timer, context) => {
    const pool = await getPool();
    const transaction = new sql.Transaction(pool);
    await transaction.begin();
    try {
      await new sql.Request(transaction).query('EXEC dbo.AggregateReadings');
      await new sql.Request(transaction).query('DELETE FROM dbo.RawReadings WHERE Aggregated = 1');
      await transaction.commit();
    } catch (error) {
      await transaction.rollback();
      context.error(error);
      throw error;
    }
  },
});
