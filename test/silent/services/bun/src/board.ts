import { Elysia, t } from 'elysia'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { db } from './db'

const redis = new Redis(Bun.env.REDIS_URL!, {
  connectTimeout: 2_000,
  commandTimeout: 1_000,
  maxRetriesPerRequest: 2,
})
redis.on('error', (error) => console.warn(error.message))

export const board = new Elysia({ prefix: '/board' })
  .decorate('redis', redis)
  .state(
    'seasons',
    new Pool({
      connectionString: Bun.env.SEASONS_URL,
      max: 2,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 5_000,
    }).on('error', console.warn),
  )
  .derive(({ store }) => ({
    season: async () =>
      (await store.seasons.query('SELECT name FROM season ORDER BY start DESC LIMIT 1')).rows[0],
  }))
  .get('/season', ({ season }) => season())
  .get('/', ({ redis }) => redis.zrevrange('board', 0, 9, 'WITHSCORES'))
  .post(
    '/',
    async ({ body: { player, points }, redis }) => {
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('score').where('player', '=', player).execute()
        await trx.insertInto('score').values({ player, points }).execute()
      })
      await redis.zadd('board', points, player)
      return { ok: true }
    },
    { body: t.Object({ player: t.String(), points: t.Number() }) },
  )
  .onStop(async ({ store }) => {
    await store.seasons.end()
    await redis.quit()
  })
