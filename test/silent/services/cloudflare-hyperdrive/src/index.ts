import { Client } from 'pg';
import { withDatabase } from './database';

export { Room } from './room';

interface Env {
  PG: Hyperdrive;
  CLICKS: Queue<Click>;
  ROOM: DurableObjectNamespace;
}

interface Click {
  slug: string;
  at: number;
}

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const slug = new URL(request.url).pathname.slice(1);
    // A connection to Hyperdrive, which holds the pool; it goes with the request.
    const client = new Client({
      connectionString: env.PG.connectionString,
      connectionTimeoutMillis: 3_000,
      query_timeout: 5_000,
    });
    client.on('error', (error) => console.error(error));
    await client.connect();
    try {
      const { rows } = await client.query('SELECT target FROM links WHERE slug = $1', [slug]);
      if (rows.length === 0) return new Response('no such link', { status: 404 });
      ctx.waitUntil(env.CLICKS.send({ slug, at: Date.now() }));
      return Response.redirect(rows[0].target, 302);
    } finally {
      ctx.waitUntil(client.end());
    }
  },

  async queue(batch, env): Promise<void> {
    await withDatabase(env.PG, async (client) => {
      for (const message of batch.messages) {
        await client.query('INSERT INTO clicks (slug, at) VALUES ($1, to_timestamp($2))', [
          message.body.slug,
          message.body.at / 1000,
        ]);
        message.ack();
      }
    });
  },

  async scheduled(_controller, env): Promise<void> {
    await withDatabase(env.PG, (client) => client.query('DELETE FROM links WHERE expires < now()'));
  },
} satisfies ExportedHandler<Env, Click>;
