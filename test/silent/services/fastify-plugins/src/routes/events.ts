import type { FastifyInstance } from 'fastify';

/** Server-sent events. One subscriber for the whole process, fanned out to the open responses. */
export default async function events(app: FastifyInstance) {
  const listeners = new Set<(message: string) => void>();
  // A subscribed connection takes no other commands, hence a second one.
  const subscriber = app.redis.duplicate();
  subscriber.on('error', (err) => app.log.warn({ err }, 'subscriber'));
  subscriber.on('message', (_channel, message) => listeners.forEach((listen) => listen(message)));
  await subscriber.subscribe('products');
  app.addHook('preClose', async () => {
    subscriber.disconnect();
  });

  app.get('/events', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    const listen = (message: string) => reply.raw.write(`data: ${message}\n\n`);
    listeners.add(listen);
    request.raw.once('close', () => listeners.delete(listen));
  });
}
