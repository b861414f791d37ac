import { z } from 'zod';
import { router, userProcedure } from '../trpc.js';

export const webhooks = router({
  ping: userProcedure.input(z.object({ url: z.string().url() })).mutation(async ({ input }) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 3_000);
    try {
      const response = await fetch(input.url, {
        method: 'POST',
        body: '{"type":"ping"}',
        signal: controller.signal,
      });
      const text = await response.text();
      return { status: response.status, text: text.slice(0, 200) };
    } finally {
      clearTimeout(timer);
    }
  }),
});
