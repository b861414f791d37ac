import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema.js'

export const sql = postgres(process.env.DATABASE_URL!, {
  max: 10,
  connect_timeout: 5,
  idle_timeout: 60,
  max_lifetime: 60 * 30,
  connection: { application_name: 'bookmarks', statement_timeout: 10_000 },
  onnotice: () => {},
})

// Wraps the pool above; it has none of its own.
export const db = drizzle(sql, { schema })
export type Database = typeof db

/** The same lock for every instance: it belongs to the session, so the work is done on the connection that holds it. */
export async function exclusively<T>(
  lock: number,
  work: (session: postgres.ReservedSql) => Promise<T>,
): Promise<T> {
  const session = await sql.reserve()
  try {
    await session`SELECT pg_advisory_lock(${lock})`
    try {
      return await work(session)
    } finally {
      await session`SELECT pg_advisory_unlock(${lock})`
    }
  } finally {
    session.release()
  }
}
