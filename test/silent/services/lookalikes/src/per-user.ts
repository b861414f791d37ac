import { BlobServiceClient } from '@azure/storage-blob'
import axios from 'axios'
import { Router } from 'express'
import got from 'got'
import { GraphQLClient } from 'graphql-request'
import { Redis } from '@upstash/redis'
import { neon } from '@neondatabase/serverless'
import nodemailer from 'nodemailer'

export const perUser = Router()

// Clients without sockets of their own: what they hold is a token and an address.
perUser.get('/calendar', async (req, res) => {
  const calendar = axios.create({
    baseURL: 'https://calendar.example',
    timeout: 3_000,
    headers: { authorization: req.headers.authorization },
  })
  const { data } = await calendar.get('/events')
  res.json(data)
})

perUser.get('/mails', async (req, res) => {
  const api = got.extend({
    prefixUrl: 'https://mail.example',
    timeout: { request: 3_000 },
    headers: { authorization: req.headers.authorization },
  })
  res.json(await api('inbox').json())
})

perUser.get('/contacts', async (req, res) => {
  const graphql = new GraphQLClient('https://contacts.example/graphql', {
    headers: { authorization: String(req.headers.authorization) },
  })
  const { contacts } = await graphql.request<{ contacts: unknown[] }>({
    document: '{ contacts { name } }',
    signal: AbortSignal.timeout(3_000),
  })
  res.json(contacts)
})

perUser.get('/files/:name', async (req, res) => {
  const blobs = new BlobServiceClient(`https://club.blob.core.windows.net?${req.query.sas}`)
  const file = await blobs
    .getContainerClient('files')
    .getBlobClient(req.params.name)
    .downloadToBuffer(0, undefined, { abortSignal: AbortSignal.timeout(10_000) })
  res.send(file)
})

perUser.get('/score', async (req, res) => {
  const redis = new Redis({ url: process.env.UPSTASH_URL!, token: String(req.query.token) })
  const sql = neon(process.env.NEON_URL!)
  const [score, [best]] = await Promise.all([redis.get('score'), sql`SELECT max(score) AS best FROM scores`])
  res.json({ score, best })
})

// Each member's own account; without a pool the transport keeps nothing.
perUser.post('/mail', async (req, res) => {
  const { host, user, pass, to, text } = req.body
  const transport = nodemailer.createTransport({
    host,
    secure: true,
    auth: { user, pass },
    connectionTimeout: 5_000,
    socketTimeout: 10_000,
  })
  await transport.sendMail({ from: user, to, text })
  res.sendStatus(204)
})
