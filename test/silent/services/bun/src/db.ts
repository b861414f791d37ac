import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'

interface Schema {
  score: { player: string; points: number }
}

const pool = new Pool({
  connectionString: Bun.env.DATABASE_URL,
  max: 12,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 1_200,
  statement_timeout: 5_000,
  query_timeout: 6_000,
})
pool.on('error', (error) => console.error('pg', error))

/** Destroying it ends the pool. */
export const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
