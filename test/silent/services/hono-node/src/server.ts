import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { logger } from 'hono/logger'
import { sql } from './db.js'
import type { Env } from './env.js'
import { authenticated, clients, rateLimit } from './middleware.js'
import { closeRedis, getRedis } from './redis.js'
import { bookmarkRoutes } from './routes/bookmarks.js'

const app = new Hono<Env>()
app.use(logger())
app.get('/healthz', async (c) => {
  await Promise.all([sql`SELECT 1`, getRedis().then((redis) => redis.ping())])
  return c.text('ok')
})
app.use(clients)
app.use(authenticated)
app.use('/bookmarks/*', rateLimit(100, 60))
app.route('/bookmarks', bookmarkRoutes)
app.onError((error, c) => {
  console.error(error)
  return 'getResponse' in error ? error.getResponse() : c.text('internal', 500)
})

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8787) }, (info) => {
  console.log(`listening on ${info.port}`)
})

const stop = () => {
  server.close(async (error) => {
    await Promise.all([sql.end({ timeout: 5 }), closeRedis()])
    process.exitCode = error ? 1 : 0
  })
}
;(['SIGINT', 'SIGTERM'] as const).forEach((signal) => process.once(signal, stop))
