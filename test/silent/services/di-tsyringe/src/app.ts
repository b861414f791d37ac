import connectPgSimple from 'connect-pg-simple';
import express, { type Request, type Response } from 'express';
import asyncHandler from 'express-async-handler';
import session from 'express-session';
import { Pool } from 'pg';
import { container, inject, injectable, instanceCachingFactory } from 'tsyringe';
import type { Channel } from './channels';
import { Database } from './database';

@injectable()
export class NotificationController {
  constructor(
    private readonly database: Database,
    @inject('channel') private readonly channel: Channel,
  ) {}

  create = asyncHandler(async (req: Request, res: Response) => {
    const id = await this.database.use(async (client) => {
      const { rows } = await client.query(
        'INSERT INTO notifications (recipient, text) VALUES ($1, $2) RETURNING id',
        [req.body.to, req.body.text],
      );
      return rows[0].id;
    });
    await this.channel.send(req.body.to, req.body.text);
    await this.database.pool.query('UPDATE notifications SET sent = now() WHERE id = $1', [id]);
    res.status(201).json({ id });
  });
}

container.register('templates', {
  useFactory: instanceCachingFactory(() => {
    const pool = new Pool({
      connectionString: process.env.TEMPLATES_URL,
      max: 2,
      connectionTimeoutMillis: 2_000,
      idleTimeoutMillis: 30_000,
      maxLifetimeSeconds: 1_800,
      statement_timeout: 2_000,
    });
    pool.on('error', (error) => console.error('templates', error));
    return pool;
  }),
});

const PgStore = connectPgSimple(session);

function sessions(): Pool {
  const pool = new Pool({
    connectionString: process.env.SESSION_URL,
    max: 3,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 2_000,
  });
  pool.on('error', (error) => console.error('sessions', error));
  return pool;
}

export function createApp({ sessionPool = sessions() }: { sessionPool?: Pool } = {}) {
  const app = express();
  app.use(express.json());
  app.use(
    session({
      secret: process.env.SECRET!,
      resave: false,
      saveUninitialized: false,
      store: new PgStore({ pool: sessionPool }),
    }),
  );
  const controller = container.resolve(NotificationController);
  app.post('/notifications', controller.create);
  app.get('/templates', async (_req, res) => {
    const { rows } = await container.resolve<Pool>('templates').query('SELECT name, text FROM templates');
    res.json(rows);
  });
  return { app, close: () => Promise.all([sessionPool.end(), container.resolve<Pool>('templates').end()]) };
}
