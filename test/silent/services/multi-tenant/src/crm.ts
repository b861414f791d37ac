import type { FastifyInstance, FastifyRequest } from 'fastify';
import createKnex, { type Knex } from 'knex';
import { MongoClient } from 'mongodb';
import { Agent, fetch, type Dispatcher } from 'undici';
import { findTenant, poolOf, type Tenant } from './tenants.js';

declare module 'fastify' {
  interface FastifyRequest {
    tenant: Tenant;
  }
}

const analytics: Record<string, Knex> = {};

function analyticsOf({ id, databaseUrl }: Tenant): Knex {
  return (analytics[id] ??= createKnex({
    client: 'pg',
    connection: { connectionString: databaseUrl, statement_timeout: 30_000, keepAlive: true },
    pool: { min: 0, max: 2, idleTimeoutMillis: 10_000 },
    acquireConnectionTimeout: 3_000,
  }));
}

const documents = new Map<string, Promise<MongoClient>>();

function documentsOf(tenant: Tenant): Promise<MongoClient> {
  const known = documents.get(tenant.id);
  if (known) return known;
  const connecting = new MongoClient(`mongodb://${tenant.id}.mongo.internal`, {
    maxPoolSize: 5,
    maxIdleTimeMS: 30_000,
    waitQueueTimeoutMS: 2_000,
    serverSelectionTimeoutMS: 3_000,
    socketTimeoutMS: 10_000,
  }).connect();
  // A failed attempt must not be remembered.
  connecting.catch(() => documents.delete(tenant.id));
  documents.set(tenant.id, connecting);
  return connecting;
}

const dispatchers = new Map<string, Dispatcher>();

function dispatcherOf(origin: string): Dispatcher {
  if (!dispatchers.has(origin))
    dispatchers.set(
      origin,
      new Agent({ connections: 4, headersTimeout: 5_000, bodyTimeout: 5_000, connectTimeout: 1_000 }),
    );
  return dispatchers.get(origin)!;
}

export default async function crm(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (request: FastifyRequest, reply) => {
    const tenant = await findTenant(request.hostname);
    if (!tenant) return reply.code(404).send();
    request.tenant = tenant;
  });

  app.get('/contacts', async ({ tenant }) => {
    const { rows } = await poolOf(tenant).query('SELECT id, name FROM contacts ORDER BY name LIMIT 100');
    return rows;
  });

  app.get('/funnel', ({ tenant }) =>
    analyticsOf(tenant)('deals').select('stage').count('* as deals').groupBy('stage'),
  );

  app.get<{ Params: { id: string } }>('/documents/:id', async ({ tenant, params }) => {
    const mongo = await documentsOf(tenant);
    return mongo.db().collection('documents').findOne({ slug: params.id }, { maxTimeMS: 2_000 });
  });

  app.post<{ Body: { url: string } }>('/webhooks/test', async ({ body }) => {
    const { origin } = new URL(body.url);
    const response = await fetch(body.url, {
      method: 'POST',
      dispatcher: dispatcherOf(origin),
      signal: AbortSignal.timeout(5_000),
    });
    return { status: response.status, text: (await response.text()).slice(0, 500) };
  });

  app.addHook('onClose', async () => {
    const clients = await Promise.all(documents.values());
    await Promise.allSettled([
      ...clients.map((client) => client.close()),
      ...Object.values(analytics).map((knex) => knex.destroy()),
      ...Array.from(dispatchers.values(), (dispatcher) => dispatcher.close()),
    ]);
  });
}
