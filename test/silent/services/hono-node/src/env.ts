import type { Redis } from './redis.js'
import type { Database } from './db.js'

export interface Env {
  Variables: {
    db: Database
    redis: Redis
    user: { id: number }
  }
}
