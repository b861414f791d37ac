import { createServer } from 'node:http';
import { createTerminus } from '@godaddy/terminus';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import cors from 'cors';
import express from 'express';
import { pool, prisma } from './prisma.js';
import { tasks } from './routers/tasks.js';
import { webhooks } from './routers/webhooks.js';
import { createContext, router } from './trpc.js';

const appRouter = router({ tasks, webhooks });
export type AppRouter = typeof appRouter;

const app = express();
app.use(cors());
app.use(
  '/trpc',
  createExpressMiddleware({
    router: appRouter,
    createContext,
    onError: ({ error, path }) => console.error(path, error),
  }),
);

const server = createServer(app);

createTerminus(server, {
  timeout: 10_000,
  signals: ['SIGTERM', 'SIGINT'],
  healthChecks: { '/healthz': async () => (await pool.query('SELECT 1')).rowCount },
  onSignal: async () => {
    await prisma.$disconnect();
    await pool.end();
  },
});

server.listen(4000);
