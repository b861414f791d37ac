import Fastify from 'fastify';
import fp from 'fastify-plugin';
import crm from './crm.js';
import auditLog from './rotation.js';
import { closeStorage, textOf, type Region } from './storage.js';
import { closeAll } from './tenants.js';
import whiteLabel from './white-label.js';

const app = Fastify({ logger: true });

app.register(fp(auditLog));
app.register(crm, { prefix: '/crm' });
app.register(whiteLabel);

app.get<{ Params: { region: Region; key: string } }>('/terms/:region/:key', async ({ params }, reply) =>
  reply.type('text/plain').send(await textOf(params.region, `terms-${params.region}`, params.key)),
);

app.addHook('onClose', async () => {
  closeStorage();
  await closeAll();
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => app.close());
}

await app.listen({ port: 3000, host: '::' });
