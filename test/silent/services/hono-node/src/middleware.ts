import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { db } from './db.js'
import type { Env } from './env.js'
import { getRedis } from './redis.js'

/** Hands the shared clients to the handlers, so that tests can hand others. */
export const clients = createMiddleware<Env>(async (c, next) => {
  c.set('db', db)
  c.set('redis', await getRedis())
  await next()
})

export const authenticated = createMiddleware<Env>(async (c, next) => {
  const token = c.req.header('authorization')?.replace(/^Bearer /, '')
  const id = token && (await c.get('redis').get(`session:${token}`))
  if (!id) throw new HTTPException(401)
  c.set('user', { id: Number(id) })
  await next()
})

export const rateLimit = (limit: number, seconds: number) =>
  createMiddleware<Env>(async (c, next) => {
    const key = `rate:${c.get('user').id}`
    const [count] = await c.get('redis').multi().incr(key).expire(key, seconds, 'NX').exec()
    if (Number(count) > limit) throw new HTTPException(429)
    await next()
  })
