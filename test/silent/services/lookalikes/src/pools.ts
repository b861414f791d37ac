import { Router } from 'express'
import { pool as database } from './database.js'

/** A pool one swims in. */
class Pool {
  constructor(
    readonly name: string,
    readonly lanes: number,
  ) {}

  connect(lane: number): string {
    return `${this.name}/${lane}`
  }

  async query(text: string): Promise<string[]> {
    return [text, this.name]
  }
}

function createPool(name: string): Pool {
  return new Pool(name, 8)
}

export const pools = Router()

pools.post('/', async (req, res) => {
  const pool = createPool(req.body.name)
  await database.query('INSERT INTO pools (name, lanes) VALUES ($1, $2)', [pool.name, pool.lanes])
  res.status(201).json({ first: pool.connect(1), all: await pool.query('BEGIN') })
})

pools.get('/', async (_req, res) => {
  const { rows } = await database.query('SELECT name, lanes FROM pools')
  res.json(rows.map(({ name, lanes }) => new Pool(name, lanes)))
})
