/** Where a client is kept decides whether it is made per request: the accept and reject tables of the facts, in several writings. */
import { describe, expect, it } from 'vitest';
import { creationSitesOf } from '../../src/resolve/creations.js';
import { creationScopeOf } from '../../src/scope/creation-scope.js';
import { inspect } from '../support/inspect.js';

function madeAt(code: string, filename?: string): string[] {
  return inspect(
    code,
    (file) =>
      creationSitesOf(file)
        .filter(({ creator }) => creator.holds === 'sockets')
        .map(({ node }) => creationScopeOf(file, node).kind),
    filename === undefined ? {} : { filename },
  );
}

type Row = readonly [title: string, code: string, filename?: string];

const cases = (rows: readonly Row[]): readonly { title: string; code: string; filename: string | undefined }[] =>
  rows.map(([title, code, filename]) => ({ title, code, filename }));

const HEAD = `import express from 'express'; import { Pool } from 'pg'; const app = express();`;
const USE = `app.get('/', async (req, res) => { res.json(await get().query('select 1')); });`;

/** Kept: silent. */
const ACCEPT: readonly Row[] = [
  ['??=', `${HEAD} let c; function get() { return (c ??= new Pool()); } ${USE}`],
  ['??= in a statement', `${HEAD} let c; function get() { c ??= new Pool(); return c; } ${USE}`],
  ['||=', `${HEAD} let c; const get = () => { c ||= new Pool(); return c; }; ${USE}`],
  ['if not', `${HEAD} let c; function get() { if (!c) c = new Pool(); return c; } ${USE}`],
  ['if not, in a block', `${HEAD} let c = null; function get() { if (!c) { c = new Pool(); } return c; } ${USE}`],
  ['if undefined', `${HEAD} let c; function get() { if (c === undefined) c = new Pool(); return c; } ${USE}`],
  ['if null', `${HEAD} let c = null; function get() { if (c == null) c = new Pool(); return c; } ${USE}`],
  ['early return', `${HEAD} let c; function get() { if (c) return c; c = new Pool(); return c; } ${USE}`],
  [
    'early return of another variable',
    `${HEAD} let db; function get() { if (db) return db; const pool = new Pool(); db = pool; return pool; } ${USE}`,
  ],
  ['or assignment in a return', `${HEAD} let c; function get() { return c || (c = new Pool()); } ${USE}`],
  ['ternary', `${HEAD} let c; function get() { return c ? c : (c = new Pool()); } ${USE}`],
  ['in the handler itself', `${HEAD} let c; app.get('/', (req, res) => { c ??= new Pool(); res.json(c.totalCount); });`],
  [
    'guard around the helper',
    `${HEAD} let c; function init() { c = new Pool(); } app.get('/', (req, res) => { if (!c) init(); });`,
  ],
  [
    'guard two calls up',
    `${HEAD} let ready = false; function make() { use(new Pool()); } function init() { make(); } app.use((req, res, next) => { if (!ready) { init(); ready = true; } next(); });`,
  ],
  [
    'flag',
    `${HEAD} let ready = false; let c; async function init() { if (ready) return; ready = true; c = new Pool(); } app.use(async (req, res, next) => { await init(); next(); });`,
  ],
  [
    'promise singleton',
    `${HEAD} import { MongoClient } from 'mongodb'; let p; function get() { return (p ??= MongoClient.connect('x')); } ${USE}`,
    'kept.ts',
  ],
  [
    'promise of an immediate function',
    `${HEAD} let p; const get = () => (p ??= (async () => { const c = new Pool(); await c.query('x'); return c; })()); ${USE}`,
  ],
  [
    'awaited singleton',
    `${HEAD} let c; async function make() { return new Pool(); } const get = async () => (c ??= await make()); ${USE}`,
  ],
  [
    'then stores',
    `import express from 'express'; import { MongoClient } from 'mongodb'; const app = express(); let c; app.get('/', (req, res) => { MongoClient.connect('x').then((client) => { c = client; }); });`,
  ],
  [
    'a handle behind a guard',
    `import { MongoClient } from 'mongodb'; let cachedDb = null; async function connect() { if (cachedDb) { return cachedDb; } const client = await MongoClient.connect('x'); const db = client.db('a'); cachedDb = db; return db; } export const handler = async (event) => { const db = await connect(); };`,
  ],
  ['globalThis ??=', `${HEAD} function get() { return (globalThis.pool ??= new Pool()); } ${USE}`],
  ['global ||', `${HEAD} function get() { return global.pool || (global.pool = new Pool()); } ${USE}`],
  [
    'globalThis with a symbol',
    `${HEAD} const KEY = Symbol.for('pool'); function get() { return (globalThis[KEY] ??= new Pool()); } ${USE}`,
  ],
  [
    'alias of globalThis',
    `${HEAD} const g = globalThis as { pool?: Pool }; function get() { if (!g.pool) g.pool = new Pool(); return g.pool; } ${USE}`,
  ],
  [
    'alias with ??',
    `${HEAD} const g = global as any; function get() { const pool = g.pool ?? new Pool(); if (process.env.NODE_ENV !== 'production') g.pool = pool; return pool; } ${USE}`,
  ],
  [
    'Reflect',
    `${HEAD} function get() { let c = Reflect.get(globalThis, 'pool'); if (!c) { c = new Pool(); Reflect.set(globalThis, 'pool', c); } return c; } ${USE}`,
  ],
  ['hot module data', `${HEAD} function get() { return (import.meta.hot.data.pool ??= new Pool()); } ${USE}`],
  [
    'remember',
    `${HEAD} import { remember } from '@epic-web/remember'; const pool = remember('db', () => new Pool()); app.get('/', (req, res) => { pool.query('x'); });`,
  ],
  [
    'local singleton helper',
    `${HEAD} const kept = {}; function singleton(name, fn) { return (kept[name] ??= fn()); } app.get('/', (req, res) => { singleton('db', () => new Pool()).query('x'); });`,
  ],
  [
    'map with get and set',
    `${HEAD} const pools = new Map(); function get(k) { let p = pools.get(k); if (!p) { p = new Pool({ host: k }); pools.set(k, p); } return p; } ${USE}`,
  ],
  [
    'map with has',
    `${HEAD} const pools = new Map(); function get(k) { if (!pools.has(k)) pools.set(k, new Pool({ host: k })); return pools.get(k); } ${USE}`,
  ],
  [
    'map with an early return',
    `${HEAD} const pools = new Map(); function get(k) { const hit = pools.get(k); if (hit) return hit; const p = new Pool(); pools.set(k, p); return p; } ${USE}`,
  ],
  ['object as a map', `${HEAD} const pools = {}; function get(k) { return (pools[k] ??= new Pool({ host: k })); } ${USE}`],
  [
    'object as a map with if',
    `${HEAD} const pools: Record<string, Pool> = {}; function get(k) { if (!pools[k]) { pools[k] = new Pool(); } return pools[k]; } ${USE}`,
  ],
  [
    'weak map by tenant',
    `${HEAD} const pools = new WeakMap(); function get(tenant) { let p = pools.get(tenant); if (!p) pools.set(tenant, (p = new Pool())); return p; } ${USE}`,
  ],
  [
    'lru cache',
    `${HEAD} import { LRUCache } from 'lru-cache'; const pools = new LRUCache({ max: 10, dispose: (p) => p.end() }); function get(k) { const hit = pools.get(k); if (hit) return hit; const p = new Pool(); pools.set(k, p); return p; } ${USE}`,
  ],
  [
    'map in a class',
    `${HEAD} class Pools { #map = new Map(); get(k) { let p = this.#map.get(k); if (!p) { p = new Pool(); this.#map.set(k, p); } return p; } } const pools = new Pools(); app.get('/', (req, res) => { pools.get(req.hostname).query('x'); });`,
  ],
  ['lodash once', `${HEAD} import { once } from 'lodash'; const get = once(() => new Pool()); ${USE}`],
  ['lodash memoize', `${HEAD} import memoize from 'lodash.memoize'; const get = memoize((k) => new Pool({ host: k })); ${USE}`],
  ['p-memoize', `${HEAD} import pMemoize from 'p-memoize'; const get = pMemoize(async () => new Pool()); ${USE}`],
  ['unseen memo helper', `${HEAD} import { lazy } from './lazy'; const get = lazy(() => new Pool()); ${USE}`],
  ['static field', `${HEAD} class Db { static pool = new Pool(); } app.get('/', (req, res) => { Db.pool.query('x'); });`],
  [
    'static getInstance',
    `${HEAD} class Db { static #c; static get() { if (!Db.#c) Db.#c = new Pool(); return Db.#c; } } app.get('/', (req, res) => { Db.get().query('x'); });`,
  ],
  [
    'static getInstance with this',
    `${HEAD} class Db { static c; static get() { this.c ??= new Pool(); return this.c; } } app.get('/', (req, res) => { Db.get().query('x'); });`,
  ],
  [
    'field of a module-level instance',
    `${HEAD} class Db { pool = new Pool(); } const db = new Db(); app.get('/', (req, res) => { db.pool.query('x'); });`,
  ],
  [
    'lazy field of a module-level instance',
    `${HEAD} class Db { connect() { if (!this.pool) this.pool = new Pool(); return this.pool; } } const db = new Db(); app.get('/', (req, res) => { db.connect().query('x'); });`,
  ],
  [
    'lazy getter of a module-level instance',
    `${HEAD} class Db { get pool() { return (this._pool ??= new Pool()); } } const db = new Db(); app.get('/', (req, res) => { db.pool.query('x'); });`,
  ],
  [
    'nest injectable',
    `import { Injectable } from '@nestjs/common'; import { Pool } from 'pg'; @Injectable() export class Db { private readonly pool = new Pool(); list() { return this.pool.query('x'); } }`,
  ],
  [
    'nest durable provider',
    `import { Injectable, Inject, Scope } from '@nestjs/common'; import { Pool } from 'pg'; import { REQUEST } from '@nestjs/core'; @Injectable({ scope: Scope.REQUEST, durable: true }) export class Db { readonly #pool: Pool; constructor(@Inject(REQUEST) tenant) { this.#pool = new Pool({ database: tenant.id }); } }`,
  ],
  [
    'nest singleton with a constructor',
    `import { Injectable, Inject, Scope } from '@nestjs/common'; import { Pool } from 'pg'; @Injectable() export class Db { private readonly pool: Pool; constructor(@Inject('CONFIG') config) { this.pool = new Pool(config); } }`,
  ],
  [
    'nest static field of a class of the request',
    `import { Injectable, Inject, Scope } from '@nestjs/common'; import { Pool } from 'pg'; @Injectable({ scope: Scope.REQUEST }) export class Db { static pool?: Pool; list() { Db.pool ??= new Pool(); return Db.pool.query('x'); } }`,
  ],
  [
    'nest provider',
    `import { Module } from '@nestjs/common'; import { Pool } from 'pg'; @Module({ providers: [{ provide: 'POOL', useFactory: () => new Pool() }] }) export class App {}`,
  ],
  ['immediate function at module scope', `import { Pool } from 'pg'; const c = (() => new Pool())();`],
  ['top-level await', `import { Pool } from 'pg'; async function make() { return new Pool(); } const c = await make();`],
  [
    'factory called once',
    `${HEAD} const make = () => new Pool(); const pool = make(); app.get('/', (req, res) => { pool.query('x'); });`,
  ],
  [
    'lazy event handler',
    `import { defineLazyEventHandler, defineEventHandler } from 'h3'; import { Pool } from 'pg'; export default defineLazyEventHandler(async () => { const pool = new Pool(); return defineEventHandler(() => pool.query('x')); });`,
  ],
  [
    'closure factory',
    `${HEAD} function routes() { const pool = new Pool(); const r = express.Router(); r.get('/', (req, res) => { pool.query('x'); }); return r; } app.use(routes());`,
  ],
  [
    'lazy closure factory',
    `${HEAD} function routes() { let pool; return (req, res) => { pool ??= new Pool(); pool.query('x'); }; } app.use(routes());`,
  ],
  [
    'proxy',
    `${HEAD} let c; export const pool = new Proxy({}, { get: (_, k) => (c ??= new Pool())[k] }); app.get('/', (req, res) => { pool.query('x'); });`,
  ],
  [
    'token rotation',
    `${HEAD} let c; let expires = 0; async function get() { if (!c || Date.now() > expires) { await c?.end(); c = new Pool(); expires = Date.now() + 1000; } return c; } ${USE}`,
  ],
  ['retained in an array', `${HEAD} const all = []; app.post('/', (req, res) => { all.push(new Pool()); });`],
  [
    'registered in a container',
    `${HEAD} import { container } from './container'; app.post('/', (req, res) => { container.register(new Pool()); });`,
  ],
  [
    'promise of a retried attempt',
    `${HEAD} import pRetry from 'p-retry'; let p; const get = () => (p ??= pRetry(async () => { const c = new Pool(); await c.query('x'); return c; }, { retries: 3 }).catch((error) => { p = undefined; throw error; })); ${USE}`,
  ],
  [
    'promise of what an unseen helper calls',
    `${HEAD} import { retry } from './retry'; let p; function get() { p ||= retry(() => new Pool()); return p; } ${USE}`,
  ],
  [
    'an unseen helper behind a guard',
    `${HEAD} import { attempt } from './attempt'; let ready; async function open() { if (!ready) ready = attempt(async () => { const c = new Pool(); await c.query('x'); }); await ready; } app.use(async (req, res, next) => { await open(); next(); });`,
  ],
  [
    'a named function in an unseen helper, kept without a guard',
    `${HEAD} import pRetry from 'p-retry'; let c; const make = async () => new Pool(); app.post('/reload', async (req, res) => { c = await pRetry(make); });`,
  ],
  [
    'a span around what is kept',
    `${HEAD} import { trace } from '@opentelemetry/api'; const tracer = trace.getTracer('x'); let c; async function get() { if (c) return c; return tracer.startActiveSpan('open', async (span) => { c = new Pool(); span.end(); return c; }); } ${USE}`,
  ],
  [
    'promise of a dynamic import',
    `import express from 'express'; const app = express(); let p; const get = () => (p ??= import('pg').then(({ default: { Pool } }) => { const c = new Pool(); return c; })); app.get('/', async (req, res) => { (await get()).query('x'); });`,
  ],
  ['on the application', `${HEAD} app.get('/', (req, res) => { req.app.locals.db ??= new Pool(); });`],
  [
    'on the application, by way of the response',
    `${HEAD} app.get('/', (req, res) => { if (!res.app.locals.db) { res.app.locals.db = new Pool(); } });`,
  ],
  [
    'on the application, in error middleware',
    `${HEAD} app.use((error, req, res, next) => { req.app.set('db', new Pool()); });`,
  ],
  ['on the destructured application', `${HEAD} app.get('/', ({ app }, res) => { app.locals.db ??= new Pool(); });`],
  [
    'on a local name of the application',
    `${HEAD} app.get('/', (req, res) => { const { locals } = req.app; locals.db = locals.db || new Pool(); });`,
  ],
  [
    'on the application, by its type',
    `import type { Application } from 'express'; import { Router } from 'express'; import { Pool } from 'pg'; function db(app: Application) { return (app.locals.db ??= new Pool()); } const router = Router(); router.get('/', (req, res) => { db(req.app).query('x'); });`,
  ],
  [
    'on the application, handed to a helper',
    `${HEAD} function db(owner) { if (!owner.locals.db) owner.locals.db = new Pool(); return owner.locals.db; } app.get('/', (req, res) => { db(req.app).query('x'); });`,
  ],
  [
    'on the application of a handler in a file of its own',
    `import type { Request, Response } from 'express'; import { Pool } from 'pg'; export const list = (req: Request, res: Response) => { req.app.locals.db ??= new Pool(); };`,
  ],
  [
    'on the koa application',
    `import Koa from 'koa'; import { Pool } from 'pg'; const app = new Koa(); app.use(async (ctx) => { if (!ctx.app.db) ctx.app.db = new Pool(); });`,
  ],
  [
    'on the koa application, in a route',
    `import Router from '@koa/router'; import { Pool } from 'pg'; const router = new Router(); router.get('/', async ({ app }) => { app.context.db ??= new Pool(); });`,
  ],
  [
    'on the fastify instance',
    `import Fastify from 'fastify'; import { Pool } from 'pg'; const app = Fastify(); app.get('/', async (request) => { request.server.db ??= new Pool(); });`,
  ],
  [
    'on the fastify instance, by way of the reply',
    `import type { FastifyReply, FastifyRequest } from 'fastify'; import { Pool } from 'pg'; export async function list(request: FastifyRequest, reply: FastifyReply) { const { server } = reply; server.db = new Pool(); }`,
  ],
  [
    'on the hapi server',
    `import Hapi from '@hapi/hapi'; import { Pool } from 'pg'; const server = Hapi.server(); server.route({ method: 'GET', path: '/', handler: (request, h) => { request.server.app.db ??= new Pool(); } });`,
  ],
  [
    'in the elysia store',
    `import { Elysia } from 'elysia'; import { Pool } from 'pg'; new Elysia().get('/', ({ store }) => { store.db ??= new Pool(); });`,
  ],
  [
    'on the server under the socket',
    `import { Pool } from 'pg'; export default function handler(req, res) { res.socket.server.db ??= new Pool(); }`,
    'pages/api/x.ts',
  ],
  [
    'on the application in nest',
    `import { Controller, Get, Req } from '@nestjs/common'; import { Pool } from 'pg'; @Controller() export class Users { @Get() list(@Req() req) { req.app.locals.db ??= new Pool(); } }`,
  ],
  [
    'in a map by a property of the request',
    `${HEAD} const pools = new Map(); const open = (tenant) => { pools.set(tenant, new Pool()); }; app.get('/', (req, res) => { if (!pools.has(req.hostname)) open(req.hostname); });`,
  ],
  [
    'unseen getter first',
    `${HEAD} import { cached, remember } from './cache'; app.get('/', (req, res) => { let c = cached('db'); if (!c) { c = new Pool(); remember('db', c); } c.query('x'); });`,
  ],
  [
    'unseen getter with ??',
    `${HEAD} import { cached } from './cache'; app.get('/', (req, res) => { const c = cached('db') ?? new Pool(); c.query('x'); });`,
  ],
  [
    'default parameter that every caller passes',
    `${HEAD} function load(db = new Pool()) { return db.query('x'); } app.get('/', async (req, res) => { res.json(await load(req.app.locals.db)); });`,
  ],
  [
    'default parameter that only start-up leaves out',
    `${HEAD} function load(db = new Pool()) { return db.query('x'); } await load(); app.get('/', async (req, res) => { res.json(await load(req.app.locals.db)); });`,
  ],
  [
    'parameter property that every caller passes',
    `${HEAD} class Service { constructor(private readonly pool = new Pool()) {} list() { return this.pool.query('x'); } } const service = new Service(); app.get('/', async (req, res) => { res.json(await new Service(req.app.locals.db).list()); res.json(await service.list()); });`,
  ],
  [
    'a result that is kept',
    `${HEAD} let rows; app.get('/', async (req, res) => { if (rows) return res.json(rows); const pool = new Pool(); rows = (await pool.query('x')).rows; await pool.end(); res.json(rows); });`,
  ],
  [
    'a result that is kept per key',
    `${HEAD} const seen = new Map(); app.get('/:k', async (req, res) => { if (seen.has(req.params.k)) return res.json(seen.get(req.params.k)); const pool = new Pool(); const { rows } = await pool.query('x'); seen.set(req.params.k, rows); res.json(rows); });`,
    'src/file.js',
  ],
  [
    'set up once',
    `${HEAD} let ready = false; app.use(async (req, res, next) => { if (!ready) { const pool = new Pool(); await pool.query('create table if not exists x ()'); await pool.end(); ready = true; } next(); });`,
  ],
  [
    'set up once, and again after a failure',
    `${HEAD} let ready = false; const setUp = async () => { if (ready) return; ready = true; try { const pool = new Pool(); await pool.query('x'); } catch (error) { ready = false; throw error; } }; app.use(async (req, res, next) => { await setUp(); next(); });`,
  ],
  [
    'set up once, by a flag that the helper sets',
    `${HEAD} const state = { ready: false }; function setUp() { const pool = new Pool(); pool.query('x'); state.ready = true; } app.use((req, res, next) => { if (!state.ready) setUp(); next(); });`,
  ],
  [
    'set up once, by a field',
    `${HEAD} class Schema { done = false; async check() { if (this.done) return; const pool = new Pool(); await pool.query('x'); this.done = true; } } const schema = new Schema(); app.use(async (req, res, next) => { await schema.check(); next(); });`,
  ],
  [
    'set up once per key',
    `${HEAD} const known = new Set(); app.use(async (req, res, next) => { if (known.has(req.hostname)) return next(); known.add(req.hostname); const pool = new Pool(); await pool.query('x'); next(); });`,
  ],
  [
    'set up once, when connected',
    `${HEAD} let up = false; function open() { if (up) return; const pool = new Pool(); pool.on('connect', () => { up = true; }); pool.on('remove', () => { up = false; }); } app.use((req, res, next) => { open(); next(); });`,
  ],
  [
    'set up once, counted',
    `${HEAD} let runs = 0; app.use((req, res, next) => { if (runs++ === 0) { const pool = new Pool(); pool.query('x'); } next(); });`,
  ],
  [
    'a promise that is forgotten when it fails',
    `${HEAD} let opening; async function open() { const pool = new Pool(); await pool.query('x'); } app.use(async (req, res, next) => { opening ??= open().catch((error) => { opening = undefined; throw error; }); await opening; next(); });`,
  ],
  [
    'set up once, by a number per key',
    `${HEAD} const seen = {}; app.use(async (req, res, next) => { if (seen[req.hostname]) return next(); seen[req.hostname] = 1; const pool = new Pool(); await pool.query('x'); next(); });`,
    'src/file.js',
  ],
  [
    'set up once, by Object.assign',
    `${HEAD} const state = { ready: false }; app.use(async (req, res, next) => { if (state.ready) return next(); const pool = new Pool(); await pool.query('x'); Object.assign(state, { ready: true }); next(); });`,
  ],
  [
    'set up once, by a helper of another file',
    `${HEAD} import { markReady } from './state'; const state = { ready: false }; app.use(async (req, res, next) => { if (!state.ready) { const pool = new Pool(); await pool.query('x'); markReady(state); } next(); });`,
  ],
  [
    'kept by a helper that is given it',
    `${HEAD} const pools = new Map(); function keep(k, pool) { pools.set(k, pool); return pool; } function get(k) { if (pools.has(k)) return pools.get(k); return keep(k, new Pool({ host: k })); } app.get('/', async (req, res) => { res.json(await get(req.hostname).query('x')); });`,
    'src/file.js',
  ],
  [
    'kept by a setter',
    `${HEAD} let kept; const set = (pool) => { kept = pool; }; function get() { if (kept) return kept; const pool = new Pool(); set(pool); return pool; } ${USE}`,
  ],
  [
    'kept in an entry',
    `${HEAD} const entries = new Map(); function get(k) { const entry = entries.get(k) ?? { count: 0, pool: undefined }; if (!entry.pool) { entry.pool = new Pool(); } entry.count += 1; entries.set(k, entry); return entry.pool; } ${USE}`,
  ],
  [
    'asked in the other branch',
    `${HEAD} let rows; app.get('/', async (req, res) => { if (!req.query.q) { res.sendStatus(400); return; } else if (rows) { return res.json(rows); } const pool = new Pool(); rows = (await pool.query('x')).rows; res.json(rows); });`,
  ],
  [
    'at most once a minute',
    `${HEAD} let last = 0; app.use(async (req, res, next) => { if (Date.now() - last < 60000) return next(); last = Date.now(); const pool = new Pool(); await pool.query('x'); next(); });`,
  ],
];

/** Made again: reported. */
const REJECT: readonly Row[] = [
  ['variable inside the handler', `${HEAD} app.get('/', (req, res) => { let c; c ??= new Pool(); c.query('x'); });`],
  ['if not, inside the handler', `${HEAD} app.get('/', (req, res) => { let c; if (!c) c = new Pool(); c.query('x'); });`],
  [
    'once inside the handler',
    `${HEAD} import { once } from 'lodash'; app.get('/', (req, res) => { const get = once(() => new Pool()); get().query('x'); });`,
  ],
  [
    'memoize inside a helper',
    `${HEAD} import memoize from 'lodash.memoize'; function load() { return memoize(() => new Pool())(); } app.get('/', (req, res) => { load().query('x'); });`,
  ],
  [
    'React cache',
    `import { cache } from 'react'; import { Pool } from 'pg'; const getDb = cache(() => new Pool()); export async function GET() { return Response.json(await getDb().query('x')); }`,
    'app/x/route.ts',
  ],
  [
    'useMemo of a server component',
    `import { useMemo } from 'react'; import { Pool } from 'pg'; export default function Page() { const pool = useMemo(() => new Pool(), []); return String(pool.totalCount); }`,
    'app/x/page.tsx',
  ],
  [
    'useState of a server component',
    `import { useState } from 'react'; import { Pool } from 'pg'; export default function Page() { const [pool] = useState(() => new Pool()); return String(pool.totalCount); }`,
    'app/x/page.tsx',
  ],
  ['on the request', `${HEAD} app.use((req, res, next) => { req.db = new Pool(); next(); });`],
  ['on the request with ??=', `${HEAD} app.use((req, res, next) => { req.db ??= new Pool(); next(); });`],
  ['on locals', `${HEAD} app.use((req, res, next) => { res.locals.db = new Pool(); next(); });`],
  [
    'on the koa state',
    `import Koa from 'koa'; import { Pool } from 'pg'; const app = new Koa(); app.use(async (ctx, next) => { ctx.state.db ??= new Pool(); await next(); });`,
  ],
  [
    'in the hono context',
    `import { Hono } from 'hono'; import { Pool } from 'pg'; const app = new Hono(); app.use(async (c, next) => { c.set('db', new Pool()); await next(); });`,
  ],
  [
    'dynamic import in a handler',
    `import express from 'express'; const app = express(); app.get('/', async (req, res) => { const pool = await import('pg').then(({ Pool }) => new Pool()); res.json(await pool.query('x')); });`,
  ],
  [
    'a retried attempt that nobody keeps',
    `${HEAD} import pRetry from 'p-retry'; app.get('/', async (req, res) => { const c = await pRetry(async () => new Pool()); res.json(await c.query('x')); });`,
  ],
  [
    'in a span of a handler',
    `${HEAD} import { trace } from '@opentelemetry/api'; const tracer = trace.getTracer('x'); app.get('/', (req, res) => tracer.startActiveSpan('x', async (span) => { const c = new Pool(); await c.query('x'); }));`,
  ],
  [
    'a timer that is kept makes one with every tick',
    `${HEAD} let timer; app.get('/', (req, res) => { timer ??= setInterval(() => { new Pool().query('x'); }, 1000); });`,
  ],
  [
    'on a request that is handed to a helper',
    `${HEAD} function attach(target) { target.db = new Pool(); } app.use((req, res, next) => { attach(req); next(); });`,
  ],
  [
    'on a request and on the application',
    `${HEAD} function attach(target) { target.db = new Pool(); } app.use((req, res, next) => { attach(req.app); attach(res); next(); });`,
  ],
  [
    'on an object of the request that is called app',
    `${HEAD} app.use((req, res, next) => { req.session.app.db ??= new Pool(); next(); });`,
  ],
  ['on the destructured locals', `${HEAD} app.use((req, { locals }, next) => { locals.db = new Pool(); next(); });`],
  [
    'on the fastify request',
    `import Fastify from 'fastify'; import { Pool } from 'pg'; const app = Fastify(); app.addHook('onRequest', async (request) => { request.db ??= new Pool(); });`,
  ],
  [
    'in the koa state, by a local name',
    `import Koa from 'koa'; import { Pool } from 'pg'; const app = new Koa(); app.use(async (ctx, next) => { const { state } = ctx; state.db = new Pool(); await next(); });`,
  ],
  [
    'app of another framework',
    `import { Hono } from 'hono'; import { Pool } from 'pg'; const app = new Hono(); app.use(async (c, next) => { c.app.db = new Pool(); await next(); });`,
  ],
  [
    'weak map by a request that is handed to a helper',
    `${HEAD} const pools = new WeakMap(); const open = (request) => { pools.set(request, new Pool()); }; app.use((req, res, next) => { open(req); next(); });`,
  ],
  [
    'in the h3 context',
    `import { defineEventHandler } from 'h3'; import { Pool } from 'pg'; export default defineEventHandler((event) => { event.context.db ??= new Pool(); });`,
  ],
  [
    'in sveltekit locals',
    `import { Pool } from 'pg'; export const handle = async ({ event, resolve }) => { event.locals.db = new Pool(); return resolve(event); };`,
    'src/hooks.server.ts',
  ],
  [
    'fastify request decorator',
    `import Fastify from 'fastify'; import { Pool } from 'pg'; const app = Fastify(); app.decorateRequest('db', { getter() { return new Pool(); } });`,
  ],
  [
    'hapi request decorator',
    `import Hapi from '@hapi/hapi'; import { Pool } from 'pg'; const server = Hapi.server(); server.decorate('request', 'db', () => new Pool(), { apply: true });`,
  ],
  [
    'weak map by request',
    `${HEAD} const pools = new WeakMap(); app.use((req, res, next) => { pools.set(req, new Pool()); next(); });`,
  ],
  [
    'async local storage',
    `${HEAD} import { AsyncLocalStorage } from 'node:async_hooks'; const als = new AsyncLocalStorage(); app.use((req, res, next) => { als.run({ db: new Pool() }, next); });`,
  ],
  [
    'getter that makes one',
    `${HEAD} class Db { get pool() { return new Pool(); } } const db = new Db(); app.get('/', (req, res) => { db.pool.query('x'); });`,
  ],
  [
    'default parameter',
    `${HEAD} function load(db = new Pool()) { return db.query('x'); } app.get('/', async (req, res) => { res.json(await load()); });`,
  ],
  [
    'default parameter of an arrow',
    `${HEAD} const load = async (id, db = new Pool()) => db.query('x', [id]); app.get('/', async (req, res) => { res.json(await load(1)); });`,
    'src/file.js',
  ],
  [
    'default parameter that is passed nothing',
    `${HEAD} function load(db = new Pool()) { return db.query('x'); } app.get('/', async (req, res) => { res.json(await load(undefined)); });`,
  ],
  [
    'default of a constructor parameter',
    `${HEAD} class Repo { constructor(db = new Pool()) { this.db = db; } list() { return this.db.query('x'); } } app.get('/', async (req, res) => { res.json(await new Repo().list()); });`,
    'src/file.js',
  ],
  [
    'default of a parameter property',
    `${HEAD} class Service { constructor(private readonly pool = new Pool()) {} list() { return this.pool.query('x'); } } app.get('/', async (req, res) => { res.json(await new Service().list()); });`,
  ],
  [
    'default of a later parameter property, in an exported class',
    `${HEAD} export class Service { constructor(public name: string, protected pool: Pool = new Pool()) {} } app.get('/', (req, res) => { const service = new Service('a'); res.send(service.name); });`,
  ],
  [
    'default of a method parameter',
    `${HEAD} class Users { list(db = new Pool()) { return db.query('x'); } } const users = new Users(); app.get('/', async (req, res) => { res.json(await users.list()); });`,
  ],
  [
    'arrow property',
    `${HEAD} const clients = { db: () => new Pool() }; app.get('/', (req, res) => { clients.db().query('x'); });`,
  ],
  [
    'class made per request',
    `${HEAD} class Repo { pool = new Pool(); list() { return this.pool.query('x'); } } app.get('/', (req, res) => { new Repo().list(); });`,
  ],
  [
    'class whose constructor makes one',
    `${HEAD} class Repo { constructor() { this.pool = new Pool(); } } app.get('/', (req, res) => { new Repo(); });`,
  ],
  [
    'map that nobody asks',
    `${HEAD} const pools = new Map(); app.get('/', (req, res) => { pools.set(req.hostname, new Pool()); });`,
  ],
  [
    'map that is asked too late',
    `${HEAD} const pools = new Map(); function get(host) { pools.set(host, new Pool({ host })); return pools.get(host); } app.get('/', (req, res) => { get(req.hostname).query('x'); }); export const close = () => { for (const pool of pools.values()) pool.end(); };`,
  ],
  [
    'key that never repeats',
    `${HEAD} import { randomUUID } from 'node:crypto'; const pools = new Map(); app.get('/', (req, res) => { const id = randomUUID(); pools.set(id, new Pool()); res.send(String(pools.size)); });`,
  ],
  ['key by the clock', `${HEAD} const pools = new Map(); app.get('/', (req, res) => { pools.set(Date.now(), new Pool()); });`],
  [
    'key that is a fresh object',
    `${HEAD} const pools = new Map(); app.get('/', (req, res) => { pools.set({ host: 'x' }, new Pool()); });`,
  ],
  [
    'a name that says get',
    `${HEAD} const getClient = () => new Pool(); app.get('/', (req, res) => { const client = getClient(); client.query('x'); });`,
  ],
  [
    'a helper that returns a pair',
    `${HEAD} function make() { const pool = new Pool(); return { pool, size: 1 }; } app.get('/', (req, res) => { const { pool } = make(); pool.query('x'); });`,
  ],
  [
    'wrapped and returned',
    `${HEAD} import { drizzle } from 'drizzle-orm/node-postgres'; function db() { return drizzle(new Pool()); } app.get('/', async (req, res) => { res.json(await db().execute('x')); });`,
  ],
  [
    'kept by a constant only',
    `${HEAD} const enabled = true; app.get('/', (req, res) => { if (enabled) { const pool = new Pool(); pool.query('x'); } });`,
  ],
  [
    'guarded by the request',
    `${HEAD} app.get('/', (req, res) => { if (!req.query.q) return; const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'guarded by imported configuration',
    `${HEAD} import { config } from './config'; app.get('/', (req, res) => { if (!config.enabled) return; const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'refused while shutting down',
    `${HEAD} let shuttingDown = false; process.on('SIGTERM', () => { shuttingDown = true; }); app.get('/', (req, res) => { if (shuttingDown) { res.status(503).end(); return; } const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'refused while shutting down, by a field',
    `${HEAD} class Users { closing = false; close() { this.closing = true; } list() { if (this.closing) throw new Error('closing'); const pool = new Pool(); return pool.query('x'); } } const users = new Users(); app.get('/', (req, res) => { users.list(); }); process.on('SIGTERM', () => users.close());`,
  ],
  [
    'refused before it is ready',
    `${HEAD} const state = { ready: false }; app.listen(1, () => { state.ready = true; }); app.get('/', function (req, res) { if (!state.ready) return res.sendStatus(503); const pool = new Pool(); pool.query('x'); });`,
    'src/file.js',
  ],
  [
    'a feature that is switched',
    `${HEAD} const flags = new Set(); app.post('/flags', (req, res) => { flags.add('maintenance'); res.end(); }); app.get('/', (req, res) => { if (flags.has('maintenance')) { res.status(503).end(); return; } const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a limit on what runs at once',
    `${HEAD} let active = 0; app.get('/', async (req, res) => { if (active > 100) return res.sendStatus(503); active += 1; try { const pool = new Pool(); await pool.query('x'); } finally { active -= 1; } });`,
  ],
  [
    'a limit that is asked and counted at once',
    `${HEAD} let total = 0; app.get('/', (req, res) => { if (++total > 100) return res.sendStatus(503); const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a limit on what runs at once, by a set',
    `${HEAD} const active = new Set(); app.get('/', (req, res) => { if (active.size > 100) return res.sendStatus(503); active.add(res); const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a rate limit',
    `${HEAD} const hits = new Map(); app.get('/', (req, res) => { const n = hits.get(req.ip) ?? 0; if (n > 100) return res.sendStatus(429); hits.set(req.ip, n + 1); const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a rate limit with times',
    `${HEAD} const hits = new Map(); app.get('/', (req, res) => { const recent = (hits.get(req.ip) ?? []).filter((time) => time > Date.now() - 1000); if (recent.length > 10) { res.sendStatus(429); return; } hits.set(req.ip, [...recent, Date.now()]); const pool = new Pool(); pool.query('x'); });`,
    'src/file.js',
  ],
  [
    'a rate limit with an object',
    `${HEAD} const hits: Record<string, { count: number; since: number }> = {}; app.get('/', (req, res) => { const hit = hits[req.ip] ?? { count: 0, since: Date.now() }; if (hit.count > 10) return res.sendStatus(429); hits[req.ip] = { ...hit, count: hit.count + 1 }; const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a lock',
    `${HEAD} let running = false; async function job() { const pool = new Pool(); await pool.query('x'); } app.post('/', async (req, res) => { if (running) return; running = true; try { await job(); } finally { running = false; } });`,
  ],
  [
    'a lock in an arrow, released by a chain',
    `${HEAD} let running = false; const job = async () => { const pool = new Pool(); await pool.query('x'); }; app.post('/', (req, res) => { if (!running) { running = true; job().finally(() => { running = false; }); } });`,
  ],
  [
    'a lock released by a helper',
    `${HEAD} let running = false; const release = () => { running = false; }; setInterval(async () => { if (running) return; running = true; try { const pool = new Pool(); await pool.query('x'); } finally { release(); } }, 1000);`,
  ],
  [
    'a lock in a method',
    `${HEAD} class Sync { #busy = false; async run() { if (this.#busy) return; this.#busy = true; const pool = new Pool(); await pool.query('x'); this.#busy = false; } } const sync = new Sync(); setInterval(() => sync.run(), 1000);`,
  ],
  [
    'a lock per key',
    `${HEAD} const locked = new Set(); app.post('/:id', async (req, res) => { const { id } = req.params; if (locked.has(id)) return res.sendStatus(409); locked.add(id); try { const pool = new Pool(); await pool.query('x'); } finally { locked.delete(id); } });`,
  ],
  [
    'a lock released with the response',
    `${HEAD} let busy = false; app.post('/', (req, res) => { if (busy) return res.sendStatus(409); busy = true; res.on('finish', () => { busy = false; }); const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a lock released by the clock',
    `${HEAD} let busy = false; app.post('/', (req, res) => { if (busy) return res.sendStatus(429); busy = true; setTimeout(() => { busy = false; }, 1000); const pool = new Pool(); pool.query('x'); });`,
  ],
  [
    'a run that others wait for',
    `${HEAD} let current; async function run() { const pool = new Pool(); await pool.query('x'); } app.post('/', async (req, res) => { if (current) return current; current = run().finally(() => { current = undefined; }); await current; });`,
  ],
  [
    'a circuit breaker',
    `${HEAD} let broken = false; app.get('/', async (req, res) => { if (broken) return res.sendStatus(503); try { const pool = new Pool(); await pool.query('x'); } catch { broken = true; } });`,
  ],
  [
    'a health that is noted',
    `${HEAD} let healthy = true; app.get('/', async (req, res) => { if (!healthy) return res.sendStatus(503); const pool = new Pool(); await pool.query('x'); healthy = true; });`,
  ],
  [
    'nest request scope, by constructor',
    `import { Injectable, Inject, Scope } from '@nestjs/common'; import { Pool } from 'pg'; @Injectable({ scope: Scope.REQUEST }) export class Db { readonly #pool: Pool; constructor(config: Config) { this.#pool = new Pool({ host: config.get('HOST') }); } list() { return this.#pool.query('x'); } }`,
  ],
  [
    'nest request scope, with a hook that is never called',
    `import { Injectable, Inject, Scope } from '@nestjs/common'; import { Pool } from 'pg'; @Injectable({ scope: Scope.REQUEST }) export class Db implements OnModuleDestroy { private readonly pool: Pool; constructor() { this.pool = new Pool(); } onModuleDestroy() { return this.pool.end(); } }`,
  ],
  [
    'nest class that is given the request',
    `import { Injectable, Inject, Scope } from '@nestjs/common'; import { Pool } from 'pg'; import { REQUEST } from '@nestjs/core'; @Injectable() export class Db { pool; constructor(@Inject(REQUEST) request) { this.pool = new Pool({ database: request.tenant }); } }`,
  ],
  [
    'nest controller of a request, lazily',
    `import { Controller, Get, Scope } from '@nestjs/common'; import { Pool } from 'pg'; @Controller({ path: 'x', scope: Scope.REQUEST }) export class X { pool?: Pool; @Get() list() { this.pool ??= new Pool(); return this.pool.query('x'); } }`,
  ],
  [
    'nest request scope',
    `import { Injectable, Scope } from '@nestjs/common'; import { Pool } from 'pg'; @Injectable({ scope: Scope.REQUEST }) export class Db { pool = new Pool(); }`,
  ],
  [
    'apollo context',
    `import { startStandaloneServer } from '@apollo/server/standalone'; import { Pool } from 'pg'; startStandaloneServer(server, { context: async () => ({ db: new Pool() }) });`,
  ],
  [
    'returned to the framework',
    `import Fastify from 'fastify'; import { Pool } from 'pg'; const app = Fastify(); app.get('/', async () => new Pool().query('x'));`,
  ],
];

describe('creationScopeOf', () => {
  it.each(cases(ACCEPT))('kept: $title', ({ code, filename }) => {
    for (const kind of madeAt(code, filename)) expect(['once', 'unknown']).toContain(kind);
    expect(madeAt(code, filename).length).toBeGreaterThan(0);
  });

  it.each(cases(REJECT))('made again: $title', ({ code, filename }) => {
    expect(madeAt(code, filename)).toEqual(['request']);
  });
});
