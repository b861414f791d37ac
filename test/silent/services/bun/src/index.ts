import { Agent, fetch as pooledFetch } from 'undici'
import { board } from './board'
import { db } from './db'

const dispatcher = new Agent({
  connections: 10,
  headersTimeout: 3_000,
  bodyTimeout: 3_000,
  connect: { timeout: 1_000 },
})

const server = Bun.serve({
  port: Bun.env.PORT ?? 3000,
  idleTimeout: 20,
  routes: {
    '/health': () => new Response('ok'),
    '/avatars/:player': {
      GET: async (request) => {
        const response = await pooledFetch(`https://avatars.example/${request.params.player}`, {
          dispatcher,
          signal: AbortSignal.timeout(4_000),
        })
        if (response.status === 404) {
          await response.body?.cancel()
          return new Response(null, { status: 404 })
        }
        return new Response(await response.arrayBuffer(), { headers: { 'content-type': 'image/png' } })
      },
    },
    '/players': async () => Response.json(await db.selectFrom('score').select('player').limit(100).execute()),
  },
  fetch: (request) => board.handle(request),
  error: (error) => {
    console.error(error)
    return new Response('internal', { status: 500 })
  },
})

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, async () => {
    await server.stop()
    await board.stop()
    await Promise.all([db.destroy(), dispatcher.close()])
  })
}
