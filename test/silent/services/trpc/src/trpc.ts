import { initTRPC, TRPCError } from '@trpc/server';
import type { CreateExpressContextOptions } from '@trpc/server/adapters/express';
import { pool, prisma } from './prisma.js';

export const createContext = async ({ req }: CreateExpressContextOptions) => {
  const token = req.headers.authorization?.slice('Bearer '.length);
  const { rows } = token
    ? await pool.query<{ id: string }>('SELECT user_id AS id FROM sessions WHERE token = $1', [token])
    : { rows: [] };
  return { prisma, pool, user: rows[0] ?? null };
};

const t = initTRPC.context<Awaited<ReturnType<typeof createContext>>>().create();

const timed = t.middleware(async ({ path, next }) => {
  const start = performance.now();
  const result = await next();
  console.debug(path, Math.round(performance.now() - start));
  return result;
});

export const { router } = t;
export const publicProcedure = t.procedure.use(timed);
export const userProcedure = publicProcedure.use(({ ctx, next }) => {
  if (!ctx.user) throw new TRPCError({ code: 'UNAUTHORIZED' });
  return next({ ctx: { ...ctx, user: ctx.user } });
});
