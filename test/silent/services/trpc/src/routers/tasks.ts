import { TRPCError } from '@trpc/server';
import OpenAI from 'openai';
import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc.js';

const openai = new OpenAI({ timeout: 20_000, maxRetries: 2 });

export const tasks = router({
  list: userProcedure
    .input(z.object({ done: z.boolean().default(false) }))
    .query(({ ctx, input }) =>
      ctx.prisma.task.findMany({ where: { owner: ctx.user.id, done: input.done }, take: 100 }),
    ),

  count: publicProcedure.query(async ({ ctx }) => {
    const { rows } = await ctx.pool.query('SELECT count(*)::int AS tasks FROM task');
    return rows[0].tasks as number;
  }),

  split: userProcedure.input(z.object({ id: z.string() })).mutation(async ({ ctx, input, signal }) => {
    const task = await ctx.prisma.task.findUnique({ where: { id: input.id } });
    if (!task) throw new TRPCError({ code: 'NOT_FOUND' });
    const { output_text: text } = await openai.responses.create(
      { model: 'gpt-4.1-mini', input: `Split into steps, one a line: ${task.title}` },
      { signal },
    );
    const steps = text.split('\n').filter(Boolean);
    return ctx.prisma.$transaction(async (tx) => {
      await tx.task.createMany({
        data: steps.map((title) => ({ title, parent: task.id, owner: ctx.user.id })),
      });
      return tx.task.findMany({ where: { parent: task.id } });
    });
  }),

  changes: userProcedure.subscription(async function* ({ ctx, signal }) {
    let since = new Date();
    while (!signal?.aborted) {
      const changed = await ctx.prisma.task.findMany({
        where: { owner: ctx.user.id, changed: { gt: since } },
      });
      since = new Date();
      yield* changed;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }),
});
