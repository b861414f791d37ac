import { desc, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Env } from '../env.js'
import { bookmarks, tags } from '../schema.js'

const TITLE = /<title[^>]*>([^<]*)<\/title>/i

async function titleOf(url: string): Promise<string | null> {
  const response = await fetch(url, { redirect: 'follow', signal: AbortSignal.timeout(4_000) })
  if (!response.ok || !response.headers.get('content-type')?.startsWith('text/html')) {
    await response.body?.cancel()
    return null
  }
  let head = ''
  const decoder = new TextDecoder()
  // The title stands near the top; leaving the loop cancels the rest.
  for await (const chunk of response.body!) {
    head += decoder.decode(chunk, { stream: true })
    if (TITLE.test(head) || head.length > 64_000) break
  }
  return TITLE.exec(head)?.[1]?.trim() ?? null
}

export const bookmarkRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const mine = await c
      .get('db')
      .select()
      .from(bookmarks)
      .where(eq(bookmarks.owner, c.get('user').id))
      .orderBy(desc(bookmarks.created))
      .limit(100)
    return c.json(mine)
  })
  .post('/', async (c) => {
    const body = await c.req.json<{ url: string; tags: string[] }>()
    const title = await titleOf(body.url).catch(() => null)
    const saved = await c.get('db').transaction(async (tx) => {
      const [row] = await tx
        .insert(bookmarks)
        .values({ owner: c.get('user').id, url: body.url, title })
        .returning()
      if (body.tags.length > 0)
        await tx.insert(tags).values(body.tags.map((name) => ({ bookmark: row.id, name })))
      return row
    })
    return c.json(saved, 201)
  })
  .on(['HEAD', 'GET'], '/:id/check', async (c) => {
    const [row] = await c
      .get('db')
      .select()
      .from(bookmarks)
      .where(eq(bookmarks.id, Number(c.req.param('id'))))
    if (!row) return c.notFound()
    const probe = await fetch(row.url, { method: 'HEAD', signal: AbortSignal.timeout(3_000) }).catch(
      () => null,
    )
    return c.json({ alive: probe?.ok ?? false })
  })
  .get('/:id/snapshot', async (c) => {
    const upstream = await fetch(`${process.env.SNAPSHOTS_URL}/${c.req.param('id')}.pdf`, {
      signal: AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(30_000)]),
    })
    if (!upstream.ok || !upstream.body) {
      await upstream.body?.cancel()
      return c.notFound()
    }
    c.header('content-type', 'application/pdf')
    const { body } = upstream
    return stream(c, (out) => out.pipe(body))
  })
