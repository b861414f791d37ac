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
    'unseen getter first',
    `${HEAD} import { cached, remember } from './cache'; app.get('/', (req, res) => { let c = cached('db'); if (!c) { c = new Pool(); remember('db', c); } c.query('x'); });`,
  ],
  [
    'unseen getter with ??',
    `${HEAD} import { cached } from './cache'; app.get('/', (req, res) => { const c = cached('db') ?? new Pool(); c.query('x'); });`,
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
