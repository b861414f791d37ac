/** Settings of the service, all from the environment. */
export const config = {
  port: Number(process.env.PORT ?? 3000),
  databaseUrl: process.env.DATABASE_URL ?? 'postgres://localhost:5432/orders',
  warehouseUrl: process.env.WAREHOUSE_URL ?? 'http://localhost:4001',
  carrierUrl: process.env.CARRIER_URL ?? 'http://localhost:4002',
  paymentsUrl: process.env.PAYMENTS_URL ?? 'http://localhost:4003',
  reconcileEveryMs: Number(process.env.RECONCILE_EVERY_MS ?? 60_000),
};
