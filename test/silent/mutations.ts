/** How each correct service is made wrong by one careless edit, and which rule must notice it. */
import type { PoolSettings } from '../../src/settings.js';

/** One careless edit of one file. */
export interface Mutation {
  readonly file: string;
  /** What is wrong then. */
  readonly why: string;
  /** Texts that occur once in the file, and what takes their place. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly rule: string;
  readonly messageId?: string;
  readonly settings?: PoolSettings;
  /** Not noticed yet, and why; the test turns red when it is noticed, so that this line goes. */
  readonly missed?: string;
  /** Stays silent, and why: the file alone does not show that it is wrong. */
  readonly silent?: string;
}

type Edits = Mutation['edits'];

const perRequest = (file: string, why: string, ...edits: Edits): Mutation => ({
  file,
  why,
  edits,
  rule: 'no-per-request-client',
  messageId: 'perRequest',
});

const connectionPerRequest = (file: string, why: string, ...edits: Edits): Mutation => ({
  ...perRequest(file, why, ...edits),
  messageId: 'connectionPerRequest',
});

const missed = (reason: string, mutation: Mutation): Mutation => ({ ...mutation, missed: reason });

const silent = (reason: string, mutation: Mutation): Mutation => ({ ...mutation, silent: reason });

/** For the rules whose messages are theirs to name. */
const wrong = (rule: string, file: string, why: string, ...edits: Edits): Mutation => ({ rule, file, why, edits });

/** Mutations by the name of the service. */
export const MUTATIONS: Readonly<Record<string, readonly Mutation[]>> = {
  'apollo-graphql': [
    perRequest(
      'src/index.ts',
      'a client per context',
      [
        "import { ApolloServer } from '@apollo/server';",
        "import { ApolloServer } from '@apollo/server';\nimport { MongoClient } from 'mongodb';",
      ],
      ['authors: mongo.createAuthorLoader()', 'authors: new MongoClient(process.env.MONGODB_URI!)'],
    ),
    wrong(
      'no-unconsumed-response',
      'src/sources/covers.ts',
      'asked for, the body stays where it is',
      ["    method: 'HEAD',\n", "    method: 'GET',\n"],
      ['  await body.dump();\n', ''],
    ),
    missed(
      'the client is made from a definition that is loaded at run time',
      wrong('require-timeout', 'src/sources/stock.ts', 'a call without a deadline', ['{ deadline: Date.now() + 1_500 }', '{}']),
    ),
  ],
  astro: [
    perRequest(
      'src/pages/api/speakers.ts',
      'the memo is gone',
      ['  (client =\n    client || createClient(', '  (createClient('],
      ['import.meta.env.LIBSQL_URL', "'wss://db'"],
    ),
    wrong('no-unconsumed-response', 'src/actions/index.ts', 'only the status is looked at', [
      'return response.json<{ id: string }>();',
      'return { ok: response.ok };',
    ]),
    wrong('no-unreleased-connection', 'src/pages/api/speakers.ts', 'the transaction stays open', ['    tx.close();\n', '']),
  ],
  'aws-lambda': [
    perRequest('src/handlers/get-invoice.mjs', 'a client per invocation', [
      'await dynamo.send(',
      'await DynamoDBDocumentClient.from(new DynamoDBClient({})).send(',
    ]),
    perRequest(
      'src/handlers/cleanup.cjs',
      'the variable dies with the call',
      ['let pool;\n', ''],
      ['context.callbackWaitsForEmptyEventLoop = false;', 'context.callbackWaitsForEmptyEventLoop = false;\n  let pool;'],
    ),
    perRequest('src/handlers/on-payment.ts', 'the memo is gone', ['(connecting ??= (async', '((async']),
    perRequest('src/handlers/api.ts', 'everything is put together for each invocation', [
      'cached ??= serverless(await bootstrap())',
      'const cached = serverless(await bootstrap())',
    ]),
    perRequest('src/handlers/search.ts', 'the client is not kept', ['    client = created;\n', '']),
    missed(
      'the pool is imported from another file',
      wrong('no-unreleased-connection', 'src/handlers/create-invoice.ts', 'the checkout is kept', [
        '    client.release();\n',
        '',
      ]),
    ),
    wrong('require-timeout', 'src/handlers/exchange-rates.ts', 'a call without a timeout', [
      ', {\n    signal: AbortSignal.timeout(5_000),\n  }',
      '',
    ]),
  ],
  'azure-functions': [
    perRequest(
      'src/functions/aggregate.ts',
      'the variable dies with the call',
      ['let connecting: Promise<sql.ConnectionPool> | undefined;\n', ''],
      [
        'function getPool(): Promise<sql.ConnectionPool> {',
        'function getPool(): Promise<sql.ConnectionPool> {\n  let connecting: Promise<sql.ConnectionPool> | undefined;',
      ],
    ),
    perRequest('src/functions/devices.ts', 'a pool per invocation', [
      "app.get('devices', {\n  handler: async () => {",
      "app.get('devices', {\n  handler: async () => {\n    const pool = new Pool();",
    ]),
  ],
  'bullmq-worker': [
    missed(
      'the pool is made in another file',
      wrong('no-pool-transaction', 'src/jobs/report.ts', 'a transaction on any connection', [
        "await client.query('BEGIN ISOLATION",
        "await pool.query('BEGIN ISOLATION",
      ]),
    ),
    perRequest('src/cron.ts', 'a pool per run', [
      "await pool.query('SELECT id FROM customers",
      "await new pg.Pool({ max: 1 }).query('SELECT id FROM customers",
    ]),
    connectionPerRequest('src/cron.ts', 'a connection per run that nobody closes', [
      '    await client.end();\n',
      "    console.log('done');\n",
    ]),
    perRequest(
      'src/worker.ts',
      'a client per job',
      ["import { Worker } from 'bullmq';", "import { Worker } from 'bullmq';\nimport { Redis } from 'ioredis';"],
      ['await hash(job.data.file);', "await new Redis().incr('uploads');"],
    ),
    missed(
      'a browser is a process, not a socket',
      perRequest('src/jobs/report.ts', 'a browser per job', ['await getBrowser()', 'await puppeteer.launch()']),
    ),
    perRequest(
      'src/jobs/report.ts',
      'a queue per job',
      ['await queues.uploads.add(', "await new Queue('uploads', {}).add("],
      ["import type { Job } from 'bullmq';", "import { Queue, type Job } from 'bullmq';"],
    ),
    missed(
      'the pool is imported from another file',
      wrong('no-unreleased-connection', 'src/jobs/report.ts', 'the checkout is kept', ['    client.release();\n', '']),
    ),
    wrong('require-pool-error-listener', 'src/db.ts', 'nobody listens', [
      ".on('error', (error: Error) => console.error('idle client', error))",
      '',
    ]),
  ],
  bun: [
    missed(
      'the instance is made in another file',
      wrong('no-nested-acquire', 'src/board.ts', 'a statement beside the transaction', [
        "await trx.insertInto('score')",
        "await db.insertInto('score')",
      ]),
    ),
    perRequest('src/board.ts', 'a client per request', ['await redis.zadd(', 'await new Redis(Bun.env.REDIS_URL!).zadd(']),
    perRequest('src/index.ts', 'an agent per request', [
      '          dispatcher,\n',
      '          dispatcher: new Agent({ connections: 10 }),\n',
    ]),
    wrong('no-unconsumed-response', 'src/index.ts', 'the picture stays where it is', [
      'new Response(await response.arrayBuffer(), {',
      'new Response(null, {',
    ]),
  ],
  'cli-tools': [
    {
      ...perRequest('src/commands/copy.ts', 'a pool per table', [
        'const reader = await source.connect();',
        'const reader = await new pg.Pool({ max: 1 }).connect();',
      ]),
      messageId: 'perIteration',
    },
    wrong('no-unreleased-connection', 'src/commands/copy.ts', 'the checkout is kept', ['        reader.release();\n', '']),
  ],
  'cloudflare-hyperdrive': [
    {
      ...connectionPerRequest(
        'src/index.ts',
        'the same on Bun',
        ['export default {\n', 'Bun.serve({\n'],
        ['} satisfies ExportedHandler<Env, Click>;', '});'],
        ['connectionString: env.PG.connectionString', 'connectionString: process.env.DATABASE_URL'],
      ),
      settings: { runtime: 'node' },
    },
    {
      ...connectionPerRequest('src/index.ts', 'the same on Node', [
        'connectionString: env.PG.connectionString',
        'connectionString: process.env.DATABASE_URL',
      ]),
      settings: { runtime: 'node' },
    },
    wrong('require-timeout', 'src/database.ts', 'waits without end', [
      '    connectionTimeoutMillis: 3_000,\n    query_timeout: 5_000,\n',
      '',
    ]),
  ],
  deno: [
    wrong('no-nested-acquire', 'src/db.ts', 'a statement beside the transaction', [
      'await tx`INSERT INTO moves',
      'await sql`INSERT INTO moves',
    ]),
    perRequest(
      'main.ts',
      'a pool per request',
      ['import { move, notes, sql }', 'import postgres from "postgres";\nimport { move, notes, sql }'],
      [
        'const url = new URL(request.url);',
        'const url = new URL(request.url);\n    await postgres("postgres://localhost")`SELECT 1`;',
      ],
    ),
    perRequest(
      'main.ts',
      'a pool per request',
      ['import { move, notes, sql }', 'import postgres from "postgres";\nimport { move, notes, sql }'],
      [
        'const start = performance.now();',
        'const start = performance.now();\n    await postgres("postgres://localhost")`SELECT 1`;',
      ],
    ),
    perRequest('src/metrics.ts', 'the memo is gone', ['return (pool ??= new pg.Pool', 'return (new pg.Pool']),
    wrong('require-timeout', 'main.ts', 'a call without a timeout', [
      ', {\n      signal: AbortSignal.timeout(2000),\n    }',
      '',
    ]),
  ],
  'di-awilix': [
    wrong('no-nested-acquire', 'src/ledger.ts', 'a statement beside the transaction', [
      "await t.none('UPDATE balance",
      "await this.db.none('UPDATE balance",
    ]),
    wrong('no-pool-transaction', 'src/invoices.ts', 'a transaction on any connection', [
      "await client.query('BEGIN');",
      "await this.#pool.query('BEGIN');",
    ]),
    perRequest(
      'src/server.ts',
      'a pool per request',
      ["import Koa from 'koa';", "import Koa from 'koa';\nimport { Pool } from 'pg';"],
      ['ctx.status = 204;', "await new Pool().query('SELECT 1');\n  ctx.status = 204;"],
    ),
    wrong('require-pool-error-listener', 'src/container.ts', 'nobody listens', [
      "  pool.on('error', (error) => console.error(error));\n",
      '',
    ]),
  ],
  'di-tsyringe': [
    perRequest('src/app.ts', 'a pool per request', [
      "await container.resolve<Pool>('templates').query(",
      'await new Pool({ max: 1 }).query(',
    ]),
    wrong('no-unreleased-connection', 'src/database.ts', 'the checkout is kept', ['      client.release();\n', '']),
    wrong('require-timeout', 'src/channels.ts', 'a call without a timeout', [
      '      .timeout({ response: 3_000, deadline: 5_000 })\n',
      '',
    ]),
  ],
  'express-mongoose': [
    perRequest('routes/index.js', 'an agent per request', [
      "router.get('/search', posts.search);",
      "router.get('/search', (req, res) => posts.search(req, res, new https.Agent({ keepAlive: true })));",
    ]),
    perRequest(
      'controllers/posts.js',
      'an agent per request, in a file that shows its framework',
      [
        "const https = require('https');",
        "const https = require('https');\nconst { validationResult } = require('express-validator');",
      ],
      [
        'await moderation.post(',
        'await axios.create({ timeout: 3000, httpsAgent: new https.Agent({ keepAlive: true }) }).post(',
      ],
    ),
    silent(
      'nothing of Express is imported, so that `req` and `res` are but names',
      perRequest('controllers/posts.js', 'an agent per request', [
        'await moderation.post(',
        'await axios.create({ timeout: 3000, httpsAgent: new https.Agent({ keepAlive: true }) }).post(',
      ]),
    ),
    wrong('require-timeout', 'controllers/posts.js', 'an instance without a timeout', ['  timeout: 3000,\n', '']),
    wrong('require-pool-error-listener', 'config/session.js', 'nobody listens', [
      "client.on('error', (err) => console.error('redis', err.message));\n",
      '',
    ]),
  ],
  'express-pg': [
    perRequest(
      'src/routes/admin.ts',
      'the variable dies with the call',
      ['let replica: pg.Pool | undefined;\n', ''],
      ['function getReplica(): pg.Pool {', 'function getReplica(): pg.Pool {\n  let replica: pg.Pool | undefined;'],
    ),
    silent(
      'another file may put what `app.get` gives',
      perRequest('src/routes/settings.ts', 'the pool is not kept', ["    app.set('flags', flags);\n", '']),
    ),
    perRequest('src/routes/settings.ts', 'the request keeps it', ['req.app.locals.themes ??= new', 'req.themes ??= new']),
    connectionPerRequest('src/routes/settings.ts', 'a connection per request', [
      "await primary.query('SELECT current_database() AS name')",
      "await new pg.Client({ host: 'db' }).query('SELECT current_database() AS name')",
    ]),
    wrong('no-unreleased-connection', 'src/lib/db.ts', 'the checkout is kept', ['    client.release();\n', '']),
    wrong('no-pool-transaction', 'src/lib/db.ts', 'BEGIN and COMMIT on any connections', [
      "await client.query('BEGIN');",
      "await pool.query('BEGIN');",
    ]),
    wrong('no-nested-acquire', 'src/lib/db.ts', 'a second connection while the first is held', [
      "await client.query('BEGIN');",
      "await client.query('BEGIN');\n    await pool.query('SELECT 1');",
    ]),
    wrong('require-pool-error-listener', 'src/lib/db.ts', 'nobody listens', ["pool.on('error'", "pool.on('remove'"]),
    wrong('no-unconsumed-response', 'src/lib/payments.ts', 'the body stays where it is', ['    await body.dump();\n', '']),
  ],
  'fastify-plugins': [
    perRequest(
      'src/routes/events.ts',
      'a client per request',
      [
        "import type { FastifyInstance } from 'fastify';",
        "import type { FastifyInstance } from 'fastify';\nimport { Redis } from 'ioredis';",
      ],
      ['    reply.hijack();\n', "    reply.hijack();\n    new Redis('redis://stats').incr('open');\n"],
    ),
    perRequest(
      'src/routes/products.ts',
      'a client per request',
      ['HeadObjectCommand, NoSuchKey }', 'HeadObjectCommand, NoSuchKey, S3Client }'],
      ['const object = await app.s3.send(', 'const object = await new S3Client({}).send('],
    ),
    wrong('no-unreleased-connection', 'src/plugins/database.ts', 'kept by what succeeds', ['        client.release();\n', '']),
    wrong('require-timeout', 'src/routes/products.ts', 'an instance without a timeout', [
      '    timeout: { request: 3_000, connect: 500 },\n',
      '',
    ]),
  ],
  'firebase-functions': [
    perRequest('src/index.ts', 'a client per event', ['await pubsub.topic(', 'await new PubSub().topic(']),
    missed(
      'the pool is imported from another file',
      wrong('no-unreleased-connection', 'src/index.ts', 'the checkout is kept', ['    client.release();\n', '']),
    ),
    wrong('require-pool-error-listener', 'src/database.ts', 'nobody listens', [
      "    pool.on('error', (error) => console.error('idle client', error));\n",
      '',
    ]),
  ],
  'google-cloud-functions': [
    perRequest('index.js', 'a client per request', ['await firestore.collection(', 'await new Firestore().collection(']),
    perRequest(
      'nightly.js',
      'the variable dies with the call',
      ['let pool;\n', ''],
      ['export async function prune(pubSubEvent) {', 'export async function prune(pubSubEvent) {\n  let pool;'],
    ),
    missed(
      'the handler goes through a helper that makes it later',
      perRequest('rates.js', 'an agent per request', ['        agent,\n', '        agent: new Agent({ keepAlive: true }),\n']),
    ),
  ],
  'grpc-service': [
    wrong('no-nested-acquire', 'src/sql.ts', 'the transaction is not passed', [
      'Item.findByPk(sku, { transaction, lock: transaction.LOCK.UPDATE })',
      'Item.findByPk(sku, { lock: true })',
    ]),
    perRequest(
      'src/service.ts',
      'a client per call',
      [
        "import { cassandra } from './cassandra';",
        "import { Client } from 'cassandra-driver';\nimport { cassandra } from './cassandra';",
      ],
      ['await cassandra.execute(', "await new Client({ contactPoints: ['db'], localDataCenter: 'dc1' }).execute("],
    ),
    missed(
      'the client is made from a definition that is loaded at run time',
      wrong('require-timeout', 'src/pricing.ts', 'a call without a deadline', [' inMs(800),', '']),
    ),
  ],
  'hapi-knex': [
    perRequest(
      'routes/loans.js',
      'nobody keeps it',
      ['request.server.app.statistics ??= createKnex(', 'const statistics = createKnex('],
      ["return request.server.app.statistics('loans", "return statistics('loans"],
    ),
    perRequest('server.js', 'a client per request', [
      'server.route(loans);',
      "server.route([...loans, { method: 'GET', path: '/ready', handler: () => memjs.Client.create('cache').get('ready') }]);",
    ]),
    perRequest('server.js', 'a client per request', [
      'await cache.get(',
      'await memjs.Client.create(process.env.MEMCACHED).get(',
    ]),
    missed(
      'what is decorated onto the toolkit in another file is not known',
      wrong('no-unreleased-connection', 'routes/loans.js', 'the transaction stays open', [
        '          await trx.rollback();\n',
        '',
      ]),
    ),
  ],
  'hono-node': [
    perRequest(
      'src/server.ts',
      'a pool per request',
      ["import { sql } from './db.js'", "import postgres from 'postgres'\nimport { sql } from './db.js'"],
      ['sql`SELECT 1`', 'postgres(process.env.DATABASE_URL!)`SELECT 1`'],
    ),
    wrong('no-unconsumed-response', 'src/routes/bookmarks.ts', 'the page is asked for and not read', [
      "{ method: 'HEAD', signal:",
      '{ signal:',
    ]),
    missed(
      'a body that is read piece by piece may be meant to stay open',
      wrong('require-timeout', 'src/routes/bookmarks.ts', 'a call without a timeout', [
        "{ redirect: 'follow', signal: AbortSignal.timeout(4_000) }",
        "{ redirect: 'follow' }",
      ]),
    ),
    wrong('no-unreleased-connection', 'src/db.ts', 'the session is kept', ['    session.release()\n', '']),
    wrong('require-pool-error-listener', 'src/redis.ts', 'nobody listens', ["client.on('error'", "client.on('ready'"]),
  ],
  'hono-workers': [
    perRequest(
      'src/database.ts',
      'the same on Node',
      ["import postgres from 'postgres';", "import postgres from 'postgres';\nimport { serve } from '@hono/node-server';"],
      ['c.env.HYPERDRIVE.connectionString', 'process.env.DATABASE_URL!'],
    ),
    wrong('no-unreleased-connection', 'src/routes/cart.ts', 'the checkout is kept', ['    client.release();\n', '']),
    wrong('require-timeout', 'src/index.ts', 'a call without a timeout', [', { signal: AbortSignal.timeout(2_000) }', '']),
  ],
  'job-platforms': [
    perRequest(
      'src/jobs.ts',
      'the variable dies with the call',
      ['let archive: Pool | undefined;\n', ''],
      ['function archivePool(): Pool {', 'function archivePool(): Pool {\n  let archive: Pool | undefined;'],
    ),
    perRequest('src/queue.ts', 'a client per message', [
      'const answer = await ask(message.Body!);',
      'const answer = await ask(message.Body! + (await new SQSClient({}).config.region()));',
    ]),
    wrong('no-unconsumed-response', 'src/jobs.ts', 'the body stays where it is', ['  await response.body?.cancel();\n', '']),
    wrong('no-unreleased-connection', 'src/jobs.ts', 'the checkout is kept', ['    client.release();\n', '']),
  ],
  'kafka-consumer': [
    perRequest('src/enrich.ts', 'an agent per message', [
      'agent, timeout',
      'agent: new http.Agent({ keepAlive: true }), timeout',
    ]),
    wrong('no-unconsumed-response', 'src/enrich.ts', 'the body stays where it is', ['          response.resume();\n', '']),
    wrong('require-timeout', 'src/search.ts', 'waits without end', ['  requestTimeout: 10_000,\n', '']),
    wrong('no-zero-limit', 'src/clickhouse.ts', 'as many sockets as there are queries', [
      'max_open_connections: 10',
      'max_open_connections: 0',
    ]),
  ],
  'koa-mysql2': [
    wrong('no-nested-acquire', 'lib/db.js', 'a statement through a function of the file', [
      '    await connection.commit();',
      "    await query('INSERT INTO audit VALUES (now())');\n    await connection.commit();",
    ]),
    perRequest('routes/stats.js', 'nobody keeps it', ['exports.pool = exports.pool || mysql', 'return mysql']),
    perRequest('routes/stats.js', 'the request keeps it', [
      'if (!ctx.app.visitors) ctx.app.visitors = mysql.createPool(',
      'if (!ctx.state.visitors) ctx.state.visitors = mysql.createPool(',
    ]),
    wrong('no-unreleased-connection', 'lib/db.js', 'the checkout is kept', ['    connection.release();\n', '']),
    wrong('no-zero-limit', 'lib/db.js', 'as many connections as there are requests', [
      'connectionLimit: 10',
      'connectionLimit: 0',
    ]),
  ],
  'lazy-corners': [
    perRequest(
      'src/bikes.ts',
      'the variable dies with the call',
      ['let battery: ReturnType<typeof createClient>;\n', ''],
      ['async function getBattery() {', 'async function getBattery() {\n  let battery: ReturnType<typeof createClient>;'],
    ),
    missed(
      'the address is an element of a list, which is taken for a reason not to share',
      perRequest('src/stations.ts', 'the memo is gone', ['(shards ??= Promise.all', '(Promise.all']),
    ),
    perRequest('src/stations.ts', 'the memo is gone', ['(routing ??= import', '(import']),
    perRequest('src/stations.ts', 'the agent is not kept', [
      'partner = {\n    agent: new Agent(',
      'const partner = {\n    agent: new Agent(',
    ]),
    perRequest('src/server.ts', 'a pool per request', [
      'await pool.query(`SELECT * FROM ${table}`)',
      "await new Pool({ ...limits, database: 'billing' }).query(`SELECT * FROM ${table}`)",
    ]),
    wrong('no-unreleased-connection', 'src/stations.ts', 'the checkout is kept', ['    client.release();\n', '']),
  ],
  lookalikes: [
    perRequest(
      'src/pools.ts',
      'a pool of connections, not one to swim in',
      ['import { pool as database }', "import { Pool as Database } from 'pg'\nimport { pool as database }"],
      [
        "const { rows } = await database.query('SELECT name, lanes",
        "const { rows } = await new Database().query('SELECT name, lanes",
      ],
    ),
    perRequest(
      'src/per-user.ts',
      'with an agent it has sockets',
      ["import axios from 'axios'", "import { Agent } from 'node:https'\nimport axios from 'axios'"],
      [
        "baseURL: 'https://calendar.example',",
        "baseURL: 'https://calendar.example',\n    httpsAgent: new Agent({ keepAlive: true }),",
      ],
    ),
    {
      ...perRequest('src/per-user.ts', 'with a pool it keeps connections', [
        '    secure: true,\n',
        '    secure: true,\n    pool: true,\n',
      ]),
      messageId: 'perTenant',
    },
  ],
  'message-bridge': [
    perRequest('src/amqp.mjs', 'a connection per message', [
      'if (!message) return;',
      "if (!message) return;\n    const reply = await amqp.connect('amqp://reply');",
    ]),
    perRequest('src/devices.mjs', 'a connection per message', [
      "const [, device] = topic.split('/');",
      "const [, device] = topic.split('/');\n  const reply = mqtt.connect(process.env.MQTT_URL);",
    ]),
    wrong('no-unreleased-connection', 'src/oracle.mjs', 'the checkout is kept', ['    await connection.close();\n', '']),
  ],
  'multi-tenant': [
    missed(
      'the password is awaited, so the pool depends on the call, and it is handed out',
      perRequest(
        'src/rotation.ts',
        'the variables die with the call',
        ['let current: Promise<Pool> | undefined;\n', ''],
        ['function audit(): Promise<Pool> {', 'function audit(): Promise<Pool> {\n  let current: Promise<Pool> | undefined;'],
      ),
    ),
    perRequest('src/white-label.ts', 'a pool per request', [
      '(await pool.query(',
      '(await new Pool({ connectionString: databaseUrl }).query(',
    ]),
    perRequest('src/crm.ts', 'the map is not asked', ['  if (!dispatchers.has(origin))\n', '']),
    {
      ...perRequest('src/crm.ts', 'nobody keeps it', ['(analytics[id] ??= createKnex', '(createKnex']),
      messageId: 'perTenant',
    },
  ],
  'nest-typeorm': [
    wrong('no-nested-acquire', 'src/orders/orders.service.ts', 'the repository of another connection', [
      'await manager.delete(Order, { id: from });',
      'await this.orders.delete({ id: from });',
    ]),
    wrong('no-pool-transaction', 'src/orders/orders.service.ts', 'a setting for whoever comes next', [
      'await client.query("SET work_mem',
      'await this.reporting.query("SET work_mem',
    ]),
    perRequest('src/shipping/shipping.client.ts', 'an instance per request', ['Scope.DEFAULT', 'Scope.REQUEST']),
    {
      ...perRequest('src/tenants/tenant.providers.ts', 'a pool per request, not per tenant', [', durable: true', '']),
      messageId: 'perTenant',
    },
    perRequest('src/tenants/tenant.providers.ts', 'an instance has it, not the class', [
      'private static pool?: Pool;',
      "private readonly pool = new Pool({ host: 'audit' });",
    ]),
    wrong('no-unreleased-connection', 'src/orders/orders.service.ts', 'the runner is kept', [
      '      await runner.release();\n',
      '',
    ]),
    wrong('no-unconsumed-response', 'src/shipping/shipping.client.ts', 'the body stays where it is', [
      '      await body.dump();\n',
      '',
    ]),
  ],
  'next-app': [
    perRequest('app/api/search/route.ts', 'a client per request', [
      'await search.search(',
      "await new Client({ node: 'http://localhost:9200' }).search(",
    ]),
    {
      ...perRequest(
        'app/actions.ts',
        'a connection per action',
        ["import { cookies } from 'next/headers';", "import { cookies } from 'next/headers';\nimport { Client } from 'pg';"],
        ['const client = await pool.connect();', 'const client = new Client();\n  await client.connect();'],
      ),
      messageId: 'sessionPerRequest',
    },
    perRequest(
      'app/orders/page.tsx',
      'what `cache` keeps dies with the request',
      ["import OpenAI from 'openai';", "import OpenAI from 'openai';\nimport { Pool } from 'pg';"],
      ['await pool.query<Order>(', 'await new Pool({ max: 5 }).query<Order>('],
    ),
    wrong('require-timeout', 'app/api/orders/route.ts', 'a call without a timeout', [
      '    signal: AbortSignal.timeout(8_000),\n',
      '',
    ]),
  ],
  'next-pages': [
    perRequest('pages/api/posts/[id].js', 'an agent per request', [
      'await spam.post(',
      'await axios.create({ timeout: 2_000, httpsAgent: new https.Agent({ keepAlive: true }) }).post(',
    ]),
    perRequest(
      'pages/api/posts/index.js',
      'a client per request',
      ['const mongo = await clientPromise;', "const mongo = await new MongoClient('mongodb://db').connect();"],
      ['import clientPromise', "import { MongoClient } from 'mongodb';\nimport clientPromise"],
    ),
    wrong('require-timeout', 'pages/index.tsx', 'a call without a timeout', [', { signal: AbortSignal.timeout(1_000) }', '']),
  ],
  'node-http-proxy': [
    perRequest('src/sessions.ts', 'a session per request', [
      'const stream = nextSession().request(',
      "const stream = http2.connect('https://stream.internal').request(",
    ]),
    perRequest(
      'src/proxy.ts',
      'a pool per request',
      ["import { upstreams } from './upstreams.js';", "import { Pool } from 'undici';"],
      ['const upstream = upstreams[name];', "const upstream = name && new Pool('http://api:8080');"],
    ),
    wrong('no-unconsumed-response', 'src/health.ts', 'the body stays where it is', ['  await response.body?.cancel();\n', '']),
    missed(
      'the pools are elements of a record in another file',
      wrong('no-unconsumed-response', 'src/health.ts', 'the body stays where it is, in a pool of its own', [
        '    await body.dump();\n',
        '',
      ]),
    ),
    wrong('no-disabled-keep-alive', 'src/identity.ts', 'a connection per call', [
      'process.env.HTTPS_PROXY, { keepAlive: true,',
      'process.env.HTTPS_PROXY, { keepAlive: false,',
    ]),
  ],
  nuxt: [
    perRequest('server/api/image.get.ts', 'an agent per request', [
      '      dispatcher,\n',
      '      dispatcher: new Agent({ connections: 20 }),\n',
    ]),
    perRequest('server/plugins/search.ts', 'a client per request', [
      'event.context.search = search;',
      "event.context.search = new Client({ node: 'http://localhost:9200' });",
    ]),
    wrong('no-unconsumed-response', 'server/tasks/prices.ts', 'the body stays where it is', [
      '(await response.json()) as',
      '[] as',
    ]),
    wrong('no-zero-limit', 'server/utils/db.ts', 'as many connections as there are requests', [
      'connectionLimit: 10',
      'connectionLimit: 0',
    ]),
  ],
  'pool-library': [
    perRequest(
      'src/express.ts',
      'a pool per request',
      ["import type { Pool } from 'pg';", "import { Pool } from 'pg';"],
      ['req.pool = pool;', 'req.pool = new Pool(options);'],
    ),
    wrong('require-pool-error-listener', 'src/redis.ts', 'nobody listens', [
      'redis.duplicate()',
      'redis.duplicate({ lazyConnect: false })',
    ]),
  ],
  'react-router': [
    perRequest(
      'app/routes/tickets.tsx',
      'a client per request',
      [
        "import { Form, redirect } from 'react-router';",
        "import { Redis } from 'ioredis';\nimport { Form, redirect } from 'react-router';",
      ],
      ['await redis.incr(key);', 'await new Redis(process.env.REDIS_URL!).incr(key);'],
    ),
  ],
  remix: [
    perRequest(
      'app/routes/recipes.$id.tsx',
      'a pool per request',
      ['import { inTransaction, pool }', "import mariadb from 'mariadb';\nimport { inTransaction, pool }"],
      ['const [recipe] = await pool.query(', "const [recipe] = await mariadb.createPool({ host: 'db' }).query("],
    ),
    missed(
      'a file handle is no socket',
      perRequest(
        'app/routes/search.ts',
        'the variable dies with the call',
        ['let index: Database.Database | undefined;\n', ''],
        [
          'function openIndex(): Database.Database {',
          'function openIndex(): Database.Database {\n  let index: Database.Database | undefined;',
        ],
      ),
    ),
    missed(
      'whoever calls the helper may pass a signal',
      wrong('require-timeout', 'app/routes/nutrition.$food.ts', 'a call without a timeout', [
        '{ ...init, signal: AbortSignal.timeout(timeout) }',
        'init',
      ]),
    ),
  ],
  'restify-mikro-orm': [
    perRequest('src/tracking.ts', 'a pool per request', [
      "'/track/:code', async (req, res) => {",
      "'/track/:code', async (req, res) => {\n      const sql = postgres(databaseUrl);",
    ]),
  ],
  singletons: [
    perRequest('src/routes/places.ts', 'the memo is gone', ['(this.lazy ??= listen(', '(listen(']),
    perRequest('src/routes/weather.ts', 'the memo is gone', ['const getAgent = once(() =>', 'const getAgent = (() =>']),
    perRequest(
      'src/routes/events.ts',
      'the variable dies with the call',
      ['let connecting: Promise<MongoClient> | null = null;\n', ''],
      [
        'function connect(): Promise<MongoClient> {',
        'function connect(): Promise<MongoClient> {\n  let connecting: Promise<MongoClient> | null = null;',
      ],
    ),
    perRequest('src/routes/events.ts', 'the memo is gone', ['      sql ||\n      (sql = postgres(', '      (postgres(']),
    perRequest('src/routes/maps.ts', 'a client per request', ['await redis.incr(', "await new Redis('redis://quota').incr("]),
    perRequest('src/routes/transport.ts', 'the memo is gone', ['(pool ??= new Pool(', '(new Pool(']),
    {
      ...perRequest('src/routes/transport.ts', 'nobody keeps it', ['    this.pools.set(city, pool);\n', '']),
      messageId: 'perTenant',
    },
    wrong('no-unconsumed-response', 'src/routes/weather.ts', 'the body stays where it is', [
      '  const text = await body.text();\n  if (statusCode !== 200) return res.sendStatus(502);\n',
      '  if (statusCode !== 200) return res.sendStatus(502);\n  const text = await body.text();\n',
    ]),
  ],
  'socketio-redis': [
    {
      ...perRequest(
        'src/chat.ts',
        'a connection per message',
        ["import { pool } from './history.js';", "import pg from 'pg';\nimport { pool } from './history.js';"],
        ['const client = await pool.connect();', 'const client = new pg.Client();\n      await client.connect();'],
      ),
      messageId: 'sessionPerRequest',
    },
    perRequest(
      'src/server.ts',
      'a pool per request',
      ["import express from 'express';", "import express from 'express';\nimport pg from 'pg';"],
      ['await pool.query(', 'await new pg.Pool().query('],
    ),
    wrong('require-pool-error-listener', 'src/redis.ts', 'nobody listens', [
      "isolated.on('error', (error) => console.error('redis pool', error.message));\n",
      '',
    ]),
  ],
  solidstart: [
    perRequest(
      'src/routes/api/streaks.ts',
      'the variable dies with the call',
      ['const cache = globalThis as { statistics?: Pool };\n', ''],
      ['function statistics(): Pool {', 'function statistics(): Pool {\n  const cache: { statistics?: Pool } = {};'],
    ),
    wrong('no-unreleased-connection', 'src/routes/api/streaks.ts', 'the checkout is kept', [
      'await using connection',
      'const connection',
    ]),
  ],
  sveltekit: [
    perRequest(
      'src/routes/api/feed/+server.ts',
      'the variable dies with the call',
      ['let archive: pg.Pool | null = null;\n', ''],
      ['const getArchive = (): pg.Pool => {', 'const getArchive = (): pg.Pool => {\n\tlet archive: pg.Pool | null = null;'],
    ),
    missed(
      'the `fetch` of a load event is not the global one',
      wrong('no-unconsumed-response', 'src/routes/todos/+page.server.ts', 'the body stays where it is', [
        '(await response.json()) as string[]',
        'response.headers',
      ]),
    ),
  ],
  trpc: [
    perRequest(
      'src/routers/tasks.ts',
      'a pool per call',
      ["import OpenAI from 'openai';", "import OpenAI from 'openai';\nimport { Pool } from 'pg';"],
      ['await ctx.pool.query(', 'await new Pool().query('],
    ),
    perRequest(
      'src/trpc.ts',
      'a pool per context',
      [
        "import { pool, prisma } from './prisma.js';",
        "import { Pool } from 'pg';\nimport { pool, prisma } from './prisma.js';",
      ],
      ['return { prisma, pool,', 'return { prisma, pool: new Pool(),'],
    ),
    wrong('require-timeout', 'src/routers/webhooks.ts', 'a call without a timeout', [
      '        signal: controller.signal,\n',
      '',
    ]),
  ],
  'vercel-functions': [
    perRequest(
      'api/links/[slug].ts',
      'a pool per request',
      ["import { pool } from '../../lib/pool.js';", "import { Pool } from 'pg';"],
      ['await pool.query(', 'await new Pool().query('],
    ),
  ],
  'yoga-graphql': [
    perRequest(
      'src/index.ts',
      'a driver per context',
      ["import { graph } from './graph.js';", "import neo4j from 'neo4j-driver';\nimport { graph } from './graph.js';"],
      [
        "({ viewer: request.headers.get('x-user') ?? 'nobody' })",
        "({ viewer: request.url, driver: neo4j.driver('bolt://db') })",
      ],
    ),
    perRequest(
      'src/schema.ts',
      'a driver per field',
      ["import { graph } from './graph.js';", "import neo4j from 'neo4j-driver';\nimport { graph } from './graph.js';"],
      [
        'await graph.write(async (tx) => {',
        "const driver = neo4j.driver('bolt://db');\n        await driver.session().executeWrite(async (tx) => {",
      ],
    ),
    wrong('no-unreleased-connection', 'src/graph.ts', 'the session is kept', ['      await session.close();\n', '']),
  ],
};
