import { ActionError, defineAction } from 'astro:actions';
import { z } from 'astro:schema';
import ky from 'ky';

const newsletter = ky.create({ prefixUrl: 'https://newsletter.example/api', timeout: 5_000, retry: 1 });

export const server = {
  subscribe: defineAction({
    accept: 'form',
    input: z.object({ email: z.string().email() }),
    handler: async ({ email }) => {
      const response = await newsletter.post('subscribers', { json: { email }, throwHttpErrors: false });
      if (response.status === 409) {
        await response.body?.cancel();
        throw new ActionError({ code: 'CONFLICT' });
      }
      return response.json<{ id: string }>();
    },
  }),
};
