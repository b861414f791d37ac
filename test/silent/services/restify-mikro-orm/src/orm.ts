import { defineConfig, MikroORM, RequestContext } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'restify';

export const orm = await MikroORM.init(
  defineConfig({
    clientUrl: process.env.DATABASE_URL,
    entities: ['./dist/entities'],
    pool: { min: 0, max: 10, acquireTimeoutMillis: 5_000, idleTimeoutMillis: 30_000 },
    driverOptions: { connection: { statement_timeout: 10_000, keepAlive: true } },
  }),
);

/** An entity manager for each request; the pool below is the same. */
export const forked: RequestHandler = (_req, _res, next) => RequestContext.create(orm.em, next);
