import polka from 'polka';
import postgres from 'postgres';

export function createTracking(databaseUrl: string) {
  const sql = postgres(databaseUrl, {
    max: 4,
    connect_timeout: 3,
    idle_timeout: 30,
    max_lifetime: 1_200,
    connection: { statement_timeout: 3_000 },
  });

  const app = polka({
    onError: (error, _req, res) => {
      console.error(error);
      res.statusCode = 500;
      res.end();
    },
  })
    .use((req, _res, next) => {
      console.debug(req.method, req.url);
      next();
    })
    .get('/track/:code', async (req, res) => {
      const scans = await sql`SELECT at, place FROM scans WHERE code = ${req.params.code} ORDER BY at`;
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify(scans));
    });

  return { app, close: () => sql.end({ timeout: 5 }) };
}

const tracking = createTracking(process.env.DATABASE_URL!);
tracking.app.listen(3001);
process.once('SIGTERM', () => {
  tracking.app.server?.close(() => void tracking.close());
});
