import express from 'express'
import { login } from './bot.js'
import { content } from './content.js'
import { pool } from './database.js'
import { perUser } from './per-user.js'
import { pools } from './pools.js'

const app = express().use(express.json()).use('/pools', pools).use(content).use('/my', perUser)

const server = app.listen(3000)
await login()

process.once('SIGTERM', () => server.close(() => void pool.end()))
