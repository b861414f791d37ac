import { createClient } from 'redis'

function make() {
  const client = createClient({
    url: process.env.REDIS_URL,
    socket: {
      connectTimeout: 3_000,
      socketTimeout: 5_000,
      reconnectStrategy: (retries) => Math.min(retries * 100, 3_000),
    },
    disableOfflineQueue: true,
  })
  client.on('error', (error) => console.error('redis', error.message))
  return client
}

export type Redis = ReturnType<typeof make>

let connecting: Promise<Redis> | undefined

/** Connects at the first call; a failed attempt is forgotten, so that the next caller tries again. */
export function getRedis(): Promise<Redis> {
  connecting ??= make()
    .connect()
    .catch((error: unknown) => {
      connecting = undefined
      throw error
    })
  return connecting
}

export async function closeRedis(): Promise<void> {
  const client = await connecting?.catch(() => undefined)
  await client?.close()
}
