import { asClass, asFunction, asValue, createContainer, InjectionMode } from 'awilix';
import got from 'got';
import { Pool } from 'pg';
import { Invoices } from './invoices.js';
import { Ledger } from './ledger.js';

export interface Config {
  databaseUrl: string;
  taxUrl: string;
}

const makePool = ({ config }: { config: Config }) => {
  const pool = new Pool({
    connectionString: config.databaseUrl,
    max: 10,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 5_000,
    query_timeout: 6_000,
  });
  pool.on('error', (error) => console.error(error));
  return pool;
};

export const container = createContainer({ injectionMode: InjectionMode.PROXY, strict: true }).register({
  config: asValue<Config>({ databaseUrl: process.env.DATABASE_URL!, taxUrl: process.env.TAX_URL! }),
  pool: asFunction(makePool)
    .singleton()
    .disposer((pool) => pool.end()),
  tax: asFunction(({ config }: { config: Config }) =>
    got.extend({ prefixUrl: config.taxUrl, timeout: { request: 2_000 }, retry: { limit: 2 } }),
  ).singleton(),
  ledger: asClass(Ledger)
    .singleton()
    .disposer((ledger) => ledger.close()),
  // Made for each request; what it is made of is not.
  invoices: asClass(Invoices).scoped(),
});
