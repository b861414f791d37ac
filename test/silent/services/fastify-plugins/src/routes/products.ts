import { GetObjectCommand, HeadObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import type { FastifyPluginAsync } from 'fastify';
import got from 'got';

const products: FastifyPluginAsync = async (app) => {
  // One per plugin instance: the plugin body runs once.
  const prices = got.extend({
    prefixUrl: process.env.PRICES_URL,
    timeout: { request: 3_000, connect: 500 },
    retry: { limit: 1, methods: ['GET'] },
  });

  app.get<{ Params: { id: string } }>('/products/:id', async (request, reply) => {
    const { id } = request.params;
    const product = await app.remember(`product:${id}`, 60, async () => {
      const { rows } = await app.db.pool.query('SELECT * FROM products WHERE id = $1', [id]);
      return rows[0] ?? null;
    });
    if (!product) return reply.code(404).send({ error: 'not found' });
    return { ...product, price: await prices(`v1/prices/${id}`).json() };
  });

  app.get<{ Params: { id: string } }>('/products/:id/image', async (request, reply) => {
    try {
      const object = await app.s3.send(
        new GetObjectCommand({ Bucket: process.env.BUCKET, Key: `images/${request.params.id}` }),
        {
          abortSignal: AbortSignal.timeout(15_000),
        },
      );
      reply.header('content-type', object.ContentType ?? 'application/octet-stream');
      return reply.send(object.Body);
    } catch (err) {
      if (err instanceof NoSuchKey) return reply.code(404).send({ error: 'no image' });
      throw err;
    }
  });

  app.head<{ Params: { id: string } }>('/products/:id/image', async (request, reply) => {
    const head = await app.s3.send(
      new HeadObjectCommand({ Bucket: process.env.BUCKET, Key: `images/${request.params.id}` }),
      {
        abortSignal: AbortSignal.timeout(2_000),
      },
    );
    return reply.header('content-length', head.ContentLength).send();
  });

  app.put<{ Params: { id: string }; Body: { name: string; stock: number } }>(
    '/products/:id',
    async ({ params, body }) =>
      app.db.transaction(async (client) => {
        await client.query('UPDATE products SET name = $2 WHERE id = $1', [params.id, body.name]);
        await client.query('UPDATE stock SET quantity = $2 WHERE product_id = $1', [params.id, body.stock]);
        await app.redis.del(`product:${params.id}`);
        return { ok: true };
      }),
  );

  // Holds one connection from the first hook to the last: `onResponse` also runs when the caller hangs up.
  app.route({
    method: 'POST',
    url: '/imports',
    bodyLimit: 10 * 1024 * 1024,
    handler: async (request) => {
      const client = await app.db.pool.connect();
      try {
        const lines = (request.body as string).split('\n');
        for (const line of lines) await client.query('SELECT import_product($1)', [line]);
        return { imported: lines.length };
      } finally {
        client.release();
      }
    },
  });
};

export default products;
