import pg from "npm:pg@^8.16.0";

let pool: pg.Pool | undefined;

export function metrics(): pg.Pool {
  return (pool ??= new pg.Pool({
    connectionString: Deno.env.get("METRICS_URL"),
    max: 2,
    connectionTimeoutMillis: 3000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 900,
    statement_timeout: 5000,
  }).on("error", (error: Error) => console.error(error)));
}

Deno.cron("flush metrics", "*/5 * * * *", async () => {
  await metrics().query("SELECT flush_metrics()");
});

export const closeMetrics = async (): Promise<void> => {
  await pool?.end();
};
