import { Pool } from 'pg'

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 5,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 1_800,
  statement_timeout: 5_000,
  query_timeout: 6_000,
})
pool.on('error', (error) => console.error(error))

/** Members of the pool of helpers; a map is asked like a client. */
const helpers = new Map<string, { connect: () => void; release: () => void }>()

export const helper = (name: string) => helpers.get(name)?.connect()
