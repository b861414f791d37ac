import * as prismic from '@prismicio/client'
import { createServerClient } from '@supabase/ssr'
import { createClient as createContentful } from 'contentful'
import DataLoader from 'dataloader'
import { Router, type Request, type Response } from 'express'
import { Client as Ldap } from 'ldapts'
import OpenAI from 'openai'
import { pool } from './database.js'

export const content = Router()

// Of the user, so of the request; it speaks HTTP through the global fetch.
const supabaseFor = (req: Request, res: Response) =>
  createServerClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!, {
    cookies: {
      getAll: () =>
        Object.entries(req.cookies as Record<string, string>).map(([name, value]) => ({ name, value })),
      setAll: (cookies) => cookies.forEach(({ name, value, options }) => res.cookie(name, value, options)),
    },
  })

content.get('/news', async (req, res) => {
  const cms = prismic.createClient('swim-club', { fetchOptions: { signal: AbortSignal.timeout(3_000) } })
  const preview = createContentful({ space: 'club', accessToken: String(req.query.token) })
  res.json(await Promise.all([cms.getSingle('news'), preview.getEntries({ content_type: 'news' })]))
})

content.get('/me', async (req, res) => {
  const { data } = await supabaseFor(req, res).auth.getUser()
  const members = new DataLoader(async (ids: readonly string[]) => {
    const { rows } = await pool.query('SELECT * FROM members WHERE id = ANY($1)', [ids])
    return ids.map((id) => rows.find((row) => row.id === id) ?? null)
  })
  res.json(await members.load(data.user!.id))
})

// Each club pays with its own key.
content.post('/training-plan', async (req, res) => {
  const openai = new OpenAI({ apiKey: String(req.headers['x-openai-key']), timeout: 20_000, maxRetries: 1 })
  const { output_text: plan } = await openai.responses.create({
    model: 'gpt-4.1-mini',
    input: `A plan for ${req.body.goal}`,
  })
  res.json({ plan })
})

// A bind belongs to whom it binds.
content.post('/login', async (req, res) => {
  const ldap = new Ldap({ url: 'ldaps://ldap.club', timeout: 3_000, connectTimeout: 3_000 })
  try {
    await ldap.bind(`uid=${req.body.name},ou=members,dc=club`, req.body.password)
    res.sendStatus(204)
  } catch {
    res.sendStatus(401)
  } finally {
    await ldap.unbind()
  }
})
