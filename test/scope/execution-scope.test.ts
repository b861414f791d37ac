/** When code runs: snippet with `HERE()` → kind of scope, and for some the chain of reasons. */
import { describe, expect, it } from 'vitest';
import { executionScopeOf } from '../../src/scope/execution-scope.js';
import { callOf, inspect } from '../support/inspect.js';

function scopeOf(code: string, filename?: string): { readonly kind: string; readonly chain: string } {
  return inspect(
    code,
    (file) => {
      const { kind, chain } = executionScopeOf(file, callOf(file, 'HERE'));
      return { kind, chain: chain.join(' → ') };
    },
    filename === undefined ? {} : { filename },
  );
}

type Row = readonly [title: string, code: string, filename?: string];

const cases = (rows: readonly Row[]): readonly { title: string; code: string; filename: string | undefined }[] =>
  rows.map(([title, code, filename]) => ({ title, code, filename }));

const EXPRESS = `import express from 'express'; const app = express(); const router = express.Router();`;
const FASTIFY = `import Fastify from 'fastify'; const app = Fastify();`;

const REQUEST: readonly Row[] = [
  ['express route', `${EXPRESS} app.get('/', (req, res) => { HERE(); });`],
  ['express route with several handlers', `${EXPRESS} app.post('/', auth, (req, res) => { HERE(); });`],
  ['express route with an array', `${EXPRESS} app.put('/', [auth, (req, res) => { HERE(); }]);`],
  ['express router', `${EXPRESS} router.delete('/', (req, res) => { HERE(); });`],
  ['express middleware', `${EXPRESS} app.use((req, res, next) => { HERE(); next(); });`],
  ['express mounted middleware', `${EXPRESS} app.use('/api', (req, res, next) => { HERE(); next(); });`],
  ['express error middleware', `${EXPRESS} app.use((error, req, res, next) => { HERE(); });`],
  ['express route chain', `${EXPRESS} app.route('/').get((req, res) => { HERE(); });`],
  ['express long route chain', `${EXPRESS} router.route('/').get(list).post((req, res) => { HERE(); });`],
  ['express param', `${EXPRESS} app.param('id', (req, res, next, id) => { HERE(); });`],
  ['express all', `${EXPRESS} app.all('/', (req, res) => { HERE(); });`],
  ['express Router by name', `import { Router } from 'express'; const r = Router(); r.get('/', (req, res) => { HERE(); });`],
  ['express new Router', `import { Router as R } from 'express'; const r = new R(); r.get('/', (req, res) => { HERE(); });`],
  [
    'express required',
    `const express = require('express'); const app = express(); app.get('/', function (req, res) { HERE(); });`,
  ],
  ['express required on the spot', `const app = require('express')(); app.get('/', function (req, res) { HERE(); });`],
  [
    'express app as a parameter',
    `import type { Express } from 'express'; export default (app: Express) => { app.get('/', (req, res) => { HERE(); }); };`,
  ],
  [
    'express handler by type',
    `import type { RequestHandler } from 'express'; export const list: RequestHandler = (req, res) => { HERE(); };`,
  ],
  [
    'express handler by a satisfied type',
    `import type { RequestHandler } from 'express'; export const list = ((req, res) => { HERE(); }) satisfies RequestHandler;`,
  ],
  [
    'express handler by parameter types',
    `import { Request, Response } from 'express'; export async function list(req: Request, res: Response) { HERE(); }`,
  ],
  [
    'express handler by namespace types',
    `import express from 'express'; export async function list(req: express.Request, res: express.Response) { HERE(); }`,
  ],
  ['express handler by name', `${EXPRESS} app.get('/', list); function list(req, res) { HERE(); }`],
  ['express handler by a constant', `${EXPRESS} const list = async (req, res) => { HERE(); }; app.get('/', list);`],
  ['express handler of an object', `${EXPRESS} const users = { list(req, res) { HERE(); } }; app.get('/', users.list);`],
  [
    'express handler assigned to an object',
    `${EXPRESS} const users: any = {}; users.list = (req, res) => { HERE(); }; app.get('/', users.list);`,
  ],
  [
    'express handler of a destructured object',
    `${EXPRESS} const users = { list(req, res) { HERE(); } }; const { list } = users; app.get('/', list);`,
  ],
  [
    'express handler bound',
    `${EXPRESS} class Users { list(req, res) { HERE(); } } const users = new Users(); app.get('/', users.list.bind(users));`,
  ],
  [
    'express handler as an arrow field',
    `${EXPRESS} class Users { list = (req, res) => { HERE(); }; } const users = new Users(); app.get('/', users.list);`,
  ],
  [
    'express handler as a static method',
    `${EXPRESS} class Users { static list(req, res) { HERE(); } } app.get('/', Users.list);`,
  ],
  [
    'express routes registered by a class',
    `${EXPRESS} class Users { constructor() { router.get('/', this.list.bind(this)); } list(req, res) { HERE(); } }`,
  ],
  [
    'express handler in a wrapper from elsewhere',
    `${EXPRESS} import { asyncHandler } from './async'; app.get('/', asyncHandler(async (req, res) => { HERE(); }));`,
  ],
  [
    'express handler in two wrappers',
    `${EXPRESS} import { a, b } from './wrap'; app.get('/', a(b(async (req, res) => { HERE(); })));`,
  ],
  [
    'express handler in a wrapper of the file',
    `${EXPRESS} const wrap = (fn) => (req, res, next) => fn(req, res, next).catch(next); app.get('/', wrap(async (req, res) => { HERE(); }));`,
  ],
  [
    'express handler wrapped before',
    `${EXPRESS} import { wrap } from './wrap'; const list = wrap(async (req, res) => { HERE(); }); app.get('/', list);`,
  ],
  [
    'function a middleware factory returns',
    `${EXPRESS} function auth(role) { return (req, res, next) => { HERE(); }; } app.use(auth('admin'));`,
  ],
  [
    'function an arrow factory returns',
    `${EXPRESS} const auth = (role) => async (req, res, next) => { HERE(); }; app.use(auth('admin'));`,
  ],
  ['helper of a handler', `${EXPRESS} function load() { HERE(); } app.get('/', (req, res) => { load(); });`],
  [
    'helper of a helper',
    `${EXPRESS} const a = () => { HERE(); }; const b = async () => a(); app.get('/', async (req, res) => { await b(); });`,
  ],
  [
    'method of a service',
    `${EXPRESS} class Users { async list() { HERE(); } } const users = new Users(); app.get('/', async (req, res) => { await users.list(); });`,
  ],
  [
    'method behind a method',
    `${EXPRESS} class Users { list() { return this.load(); } private load() { HERE(); } } const users = new Users(); app.get('/', (req, res) => { users.list(); });`,
  ],
  [
    'getter of a service',
    `${EXPRESS} class Users { get db() { return HERE(); } list() { return this.db; } } const users = new Users(); app.get('/', (req, res) => { users.list(); });`,
  ],
  [
    'constructor of a class made per request',
    `${EXPRESS} class Users { constructor() { HERE(); } } app.get('/', (req, res) => { new Users(); });`,
  ],
  [
    'field of a class made per request',
    `${EXPRESS} class Users { db = HERE(); } app.get('/', (req, res) => { new Users(); });`,
  ],
  ['default parameter', `${EXPRESS} function load(db = HERE()) {} app.get('/', (req, res) => { load(); });`],
  ['promise callback in a handler', `${EXPRESS} app.get('/', (req, res) => { load().then(() => { HERE(); }); });`],
  ['promise executor in a handler', `${EXPRESS} app.get('/', (req, res) => new Promise((resolve) => { HERE(); }));`],
  ['immediate function in a handler', `${EXPRESS} app.get('/', (req, res) => { (async () => { HERE(); })(); });`],
  ['timeout in a handler', `${EXPRESS} app.get('/', (req, res) => { setTimeout(() => { HERE(); }, 10); });`],
  [
    'callback of an unseen function in a handler',
    `${EXPRESS} import { withSpan } from './trace'; app.get('/', async (req, res) => { await withSpan('x', async () => { HERE(); }); });`,
  ],
  ['array callback in a handler', `${EXPRESS} app.get('/', (req, res) => { req.body.map((id) => HERE()); });`],
  [
    'fastify plugin by type',
    `import type { FastifyPluginAsync } from 'fastify'; const users: FastifyPluginAsync = async (app) => { app.get('/', async () => { HERE(); }); }; export default users;`,
  ],
  [
    'fastify plugin by type, with callback',
    `import { type FastifyPluginCallback } from 'fastify'; export const users: FastifyPluginCallback = (fastify, options, done) => { fastify.route({ method: 'GET', url: '/', handler() { HERE(); } }); done(); };`,
  ],
  [
    'fastify plugin that satisfies its type',
    `import type * as fastify from 'fastify'; export default (async (app) => { app.addHook('onRequest', async (request) => { HERE(); }); }) satisfies fastify.FastifyPluginAsync;`,
  ],
  [
    'fastify plugin of a type provider',
    `import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'; const users: FastifyPluginAsyncTypebox<{ url: string }> = async function (app) { app.withTypeProvider().post('/', { schema: {} }, async (request) => { HERE(); }); }; export default users;`,
  ],
  [
    'fastify plugin with destructured application',
    `import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'; export const users: FastifyPluginAsyncZod = async ({ get, log, addHook }) => { addHook('preHandler', async () => { HERE(); }); };`,
  ],
  [
    'fastify plugin inside a typed plugin',
    `import type { FastifyPluginAsync } from 'fastify'; export const api: FastifyPluginAsync = async (app) => { app.register(async (inner) => { inner.delete('/', async () => { HERE(); }); }); };`,
  ],
  [
    'fastify route by type',
    `import type { RouteOptions } from 'fastify'; export const list: RouteOptions = { method: 'GET', url: '/', handler: async () => { HERE(); } };`,
  ],
  [
    'fastify routes by type',
    `import type { RouteOptions } from 'fastify'; export const routes: readonly RouteOptions[] = [{ method: 'GET', url: '/', preHandler: [async () => { HERE(); }], handler: list }];`,
  ],
  ['fetch with a global of Bun', `const url = Bun.env.URL; export default { port: 3000, fetch(request) { HERE(); } };`],
  ['fetch with an import of Bun', `import { sql } from 'bun'; export default { async fetch(req: Request) { HERE(); } };`],
  [
    'fetch of a named object',
    `const port = Bun.env.PORT; const server = { port, fetch: async (req) => { HERE(); } }; export default server;`,
  ],
  ['fetch without parameters', `import { env } from 'bun'; export default { fetch: () => { HERE(); } } satisfies Serve;`],
  ['fetch with a global of Deno', `const url = Deno.env.get('URL'); export default { fetch(request) { HERE(); } };`],
  [
    'fetch by name',
    `import 'bun'; async function fetch(request) { return load(); } function load() { HERE(); } export default { fetch };`,
  ],
  [
    'hapi auth scheme',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.auth.scheme('x', () => ({ authenticate: async (request, h) => { HERE(); return h.authenticated({}); } }));`,
  ],
  [
    'hapi auth scheme by name',
    `const Hapi = require('@hapi/hapi'); const server = new Hapi.Server(); function scheme(server, options) { return { async authenticate(request, h) { HERE(); }, options: { payload: true } }; } server.auth.scheme('x', scheme);`,
    'src/file.js',
  ],
  [
    'hapi auth scheme that is put together',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); const scheme = (server) => { const it = {}; it.payload = (request, h) => { HERE(); }; return it; }; server.auth.scheme('x', scheme);`,
    'src/file.js',
  ],
  [
    'hapi auth scheme by type',
    `import type { ServerAuthScheme } from '@hapi/hapi'; export const scheme: ServerAuthScheme = (server, options) => { return { authenticate(request, h) { HERE(); } }; };`,
  ],
  [
    'hapi auth scheme in a typed plugin',
    `import type { Plugin } from '@hapi/hapi'; export const auth: Plugin<{}> = { name: 'auth', register: async (server) => { server.auth.scheme('x', () => ({ authenticate: () => HERE() })); } };`,
  ],
  [
    'hapi routes by type',
    `import type { ServerRoute } from '@hapi/hapi'; export const routes: ServerRoute[] = [{ method: 'GET', path: '/', handler: async (request, h) => { HERE(); } }];`,
  ],
  [
    'hapi routes by type, read only',
    `import { type ServerRoute } from '@hapi/hapi'; const routes: ReadonlyArray<ServerRoute> = [{ method: 'GET', path: '/', options: { pre: [{ assign: 'x', method: () => HERE() }], handler: list } }]; export default routes;`,
  ],
  [
    'hapi route that satisfies its type',
    `import type Hapi from '@hapi/hapi'; export default { method: '*', path: '/', async handler() { HERE(); } } satisfies Hapi.ServerRoute;`,
  ],
  [
    'hapi routes of a function with a result type',
    `import type { ServerRoute } from '@hapi/hapi'; export function routes(prefix: string): ServerRoute[] { return [{ method: 'GET', path: prefix, options: { handler: () => { HERE(); } } }]; }`,
  ],
  [
    'hapi routes exported',
    `import Boom from '@hapi/boom'; export const routes = [{ method: 'GET', path: '/', handler: async (request) => { HERE(); throw Boom.notFound(); } }];`,
    'routes/x.js',
  ],
  [
    'hapi routes exported from CommonJS',
    `const Joi = require('@hapi/joi'); module.exports = [{ method: 'GET', path: '/', options: { handler: (request) => { HERE(); } } }];`,
    'routes/x.js',
  ],
  [
    'hapi routes exported with named handlers',
    `const Boom = require('@hapi/boom'); async function list(request, h) { HERE(); } const routes = [{ method: 'GET', path: '/', handler: list }]; exports.routes = routes;`,
    'routes/x.js',
  ],
  [
    'hapi route as the default export',
    `import '@hapi/hapi'; export default { method: 'GET', path: '/', handler: () => HERE() };`,
    'routes/x.js',
  ],
  [
    'mqtt message',
    `import mqtt from 'mqtt'; const client = mqtt.connect('mqtt://x'); client.on('message', async (topic, payload) => { HERE(); });`,
  ],
  [
    'mqtt message, chained and by name',
    `const { connect } = require('mqtt'); const onMessage = (topic) => { HERE(); }; connect('mqtt://x').on('connect', ready).on('message', onMessage);`,
    'src/file.js',
  ],
  [
    'mqtt message of an awaited client',
    `import { connectAsync } from 'mqtt'; const client = await connectAsync('mqtt://x'); client.addListener('message', function (topic, payload) { HERE(); });`,
  ],
  [
    'mqtt message of a client by type',
    `import type { MqttClient } from 'mqtt'; export function listen(client: MqttClient) { client.on('message', () => { HERE(); }); }`,
  ],
  [
    'mqtt message by type',
    `import type { OnMessageCallback } from 'mqtt'; export const onMessage: OnMessageCallback = (topic, payload) => { HERE(); };`,
  ],
  [
    'pothos field',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); builder.queryType({ fields: (t) => ({ me: t.field({ type: 'User', resolve: async () => { HERE(); } }) }) });`,
  ],
  [
    'pothos field of a kind',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); builder.mutationType({ fields(t) { return { ok: t.boolean({ args: { id: t.arg.id() }, resolve(_, args) { HERE(); return true; } }) }; } });`,
  ],
  [
    'pothos field of an object that is implemented later',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); const User = builder.objectRef('User'); User.implement({ fields: (t) => ({ name: t.string({ resolve: () => HERE() }) }) });`,
  ],
  [
    'pothos field by itself',
    `import { builder } from '../builder'; builder.queryField('users', (t) => t.prismaField({ type: ['User'], resolve: async (query) => { HERE(); } }));`,
  ],
  [
    'pothos fields by themselves',
    `import { builder } from './builder.js'; builder.mutationFields((t) => ({ add: t.withAuth({ user: true }).int({ resolve: () => HERE() }) }));`,
  ],
  [
    'pothos fields beside the options',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); builder.objectType('User', {}, (t) => ({ name: t.string({ resolve: () => HERE() }) }));`,
  ],
  [
    'pothos subscription',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); builder.subscriptionField('ticks', (t) => t.float({ subscribe: () => HERE(), resolve: (tick) => tick }));`,
  ],
  [
    'pothos resolver by name',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); const resolve = async () => { HERE(); }; builder.objectType('User', { fields: (t) => ({ friends: t.field({ type: ['User'], resolve }) }) });`,
  ],
  [
    'express handler exported from CommonJS',
    `const express = require('express'); exports.create = async function (req, res, next) { HERE(); };`,
    'src/file.js',
  ],
  [
    'express handlers exported as an object',
    `const { validationResult } = require('express-validator'); module.exports = { async create(req, res) { HERE(); }, list: (req, res) => {} };`,
    'src/file.js',
  ],
  [
    'express handler exported by name',
    `import { Router } from 'express'; async function create(request, response) { HERE(); } export { create };`,
    'src/file.js',
  ],
  [
    'express handler of an exported class',
    `import asyncHandler from 'express-async-handler'; export class Users { list = async (req, res, next) => { HERE(); }; }`,
    'src/file.js',
  ],
  [
    'express error handler exported',
    `const multer = require('multer'); module.exports = (err, req, res, next) => { HERE(); };`,
    'src/file.js',
  ],
  [
    'express middleware of an exported factory',
    `const rateLimit = require('express-rate-limit'); module.exports = function (options) { return function (req, res, next) { HERE(); next(); }; };`,
    'src/file.js',
  ],
  [
    'express middleware of an exported factory by name',
    `import express from 'express'; export const requireRole = (role) => async (req, _res, next) => { HERE(); next(); };`,
    'src/file.js',
  ],
  [
    'koa middleware exported',
    `const compose = require('koa-compose'); exports.load = async (ctx, next) => { HERE(); await next(); };`,
    'src/file.js',
  ],
  [
    'fastify handler exported',
    `import createError from '@fastify/error'; export async function list(request, reply) { HERE(); }`,
    'src/file.js',
  ],
  [
    'hapi handler exported',
    `const Boom = require('@hapi/boom'); exports.list = async (request, h) => { HERE(); };`,
    'src/file.js',
  ],
  ['fastify route', `${FASTIFY} app.get('/', async (request, reply) => { HERE(); });`],
  ['fastify route with options', `${FASTIFY} app.post('/', { schema }, async (request, reply) => { HERE(); });`],
  ['fastify route hook', `${FASTIFY} app.get('/', { preHandler: async (request) => { HERE(); } }, handler);`],
  ['fastify route object', `${FASTIFY} app.route({ method: 'GET', url: '/', handler: async () => { HERE(); } });`],
  [
    'fastify route object hook array',
    `${FASTIFY} app.route({ method: 'GET', url: '/', onRequest: [async () => { HERE(); }], handler });`,
  ],
  ['fastify lifecycle hook', `${FASTIFY} app.addHook('onRequest', async (request) => { HERE(); });`],
  ['fastify error handler', `${FASTIFY} app.setErrorHandler((error, request, reply) => { HERE(); });`],
  ['fastify request decorator getter', `${FASTIFY} app.decorateRequest('db', { getter() { return HERE(); } });`],
  [
    'fastify route in a plugin',
    `${FASTIFY} app.register(async (instance) => { instance.get('/', async () => { HERE(); }); });`,
  ],
  [
    'fastify route in a named plugin',
    `${FASTIFY} app.register(routes); async function routes(instance, options) { instance.get('/', async () => { HERE(); }); }`,
  ],
  [
    'fastify route in a typed plugin',
    `import type { FastifyInstance } from 'fastify'; export default async function routes(app: FastifyInstance) { app.get('/', async () => { HERE(); }); }`,
  ],
  [
    'fastify route in fastify-plugin',
    `import fp from 'fastify-plugin'; export default fp(async (app) => { app.get('/', async () => { HERE(); }); });`,
  ],
  ['fastify chained', `${FASTIFY} app.get('/a', a).get('/b', async () => { HERE(); });`],
  [
    'fastify handler by type',
    `import type { FastifyRequest } from 'fastify'; export const list = async (request: FastifyRequest) => { HERE(); };`,
  ],
  ['koa', `import Koa from 'koa'; const app = new Koa(); app.use(async (ctx, next) => { HERE(); });`],
  ['koa router', `import Router from '@koa/router'; const router = new Router(); router.get('/', async (ctx) => { HERE(); });`],
  [
    'koa-router with a name',
    `const Router = require('koa-router'); const router = new Router(); router.post('name', '/', async (ctx) => { HERE(); });`,
  ],
  ['koa by type', `import type { Context } from 'koa'; export async function list(ctx: Context) { HERE(); }`],
  ['hono', `import { Hono } from 'hono'; const app = new Hono(); app.get('/', async (c) => { HERE(); });`],
  [
    'hono chained',
    `import { Hono } from 'hono'; export const app = new Hono().get('/a', a).post('/b', async (c) => { HERE(); });`,
  ],
  ['hono on is a route', `import { Hono } from 'hono'; const app = new Hono(); app.on('PURGE', '/', (c) => { HERE(); });`],
  [
    'hono middleware',
    `import { createMiddleware } from 'hono/factory'; export const mw = createMiddleware(async (c, next) => { HERE(); });`,
  ],
  ['hono base path', `import { Hono } from 'hono'; const api = new Hono().basePath('/api'); api.get('/', (c) => { HERE(); });`],
  [
    'nest controller',
    `import { Controller, Get } from '@nestjs/common'; @Controller() export class Users { @Get() list() { HERE(); } }`,
  ],
  [
    'nest method behind a route',
    `import { Controller, Get } from '@nestjs/common'; @Controller() export class Users { @Get() list() { return this.load(); } load() { HERE(); } }`,
  ],
  [
    'nest service of the same file',
    `import { Controller, Get, Injectable } from '@nestjs/common'; @Injectable() class Service { load() { HERE(); } } @Controller() export class Users { constructor(private readonly service: Service) {} @Get() list() { return this.service.load(); } }`,
  ],
  [
    'nest guard',
    `import { CanActivate, Injectable } from '@nestjs/common'; @Injectable() export class Guard implements CanActivate { canActivate() { HERE(); return true; } }`,
  ],
  [
    'nest request-scoped constructor',
    `import { Injectable, Scope } from '@nestjs/common'; @Injectable({ scope: Scope.REQUEST }) export class Db { constructor() { HERE(); } }`,
  ],
  [
    'nest request-scoped field',
    `import { Injectable, Scope } from '@nestjs/common'; @Injectable({ scope: Scope.REQUEST }) export class Db { pool = HERE(); }`,
  ],
  [
    'nest graphql query',
    `import { Query, Resolver } from '@nestjs/graphql'; @Resolver() export class Users { @Query(() => String) list() { HERE(); } }`,
  ],
  [
    'nest message',
    `import { MessagePattern } from '@nestjs/microservices'; export class Users { @MessagePattern('x') list() { HERE(); } }`,
  ],
  ['nest cron', `import { Cron } from '@nestjs/schedule'; export class Jobs { @Cron('* * * * *') run() { HERE(); } }`],
  [
    'nest bullmq',
    `import { Processor, WorkerHost } from '@nestjs/bullmq'; @Processor('x') export class Jobs extends WorkerHost { async process(job) { HERE(); } }`,
  ],
  [
    'hapi route',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.route({ method: 'GET', path: '/', handler: (request, h) => { HERE(); } });`,
  ],
  [
    'hapi route array',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.route([{ method: 'GET', path: '/', options: { handler: () => { HERE(); } } }]);`,
  ],
  [
    'hapi request extension',
    `const Hapi = require('@hapi/hapi'); const server = new Hapi.Server(); server.ext('onPreHandler', (request, h) => { HERE(); });`,
  ],
  [
    'restify',
    `import restify from 'restify'; const server = restify.createServer(); server.get('/', (req, res, next) => { HERE(); });`,
  ],
  ['polka', `import polka from 'polka'; polka().use(mw).get('/', (req, res) => { HERE(); });`],
  ['elysia', `import { Elysia } from 'elysia'; new Elysia().get('/', () => { HERE(); });`],
  ['h3', `import { defineEventHandler } from 'h3'; export default defineEventHandler(async (event) => { HERE(); });`],
  ['nitro auto-import', `export default defineEventHandler(async (event) => { HERE(); });`, 'server/api/users.ts'],
  [
    'h3 object',
    `import { defineEventHandler } from 'h3'; export default defineEventHandler({ handler: (event) => { HERE(); } });`,
  ],
  [
    'h3 handler in a lazy handler',
    `import { defineLazyEventHandler, defineEventHandler } from 'h3'; export default defineLazyEventHandler(async () => { return defineEventHandler(() => { HERE(); }); });`,
  ],
  [
    'nitro hook',
    `export default defineNitroPlugin((nitroApp) => { nitroApp.hooks.hook('request', () => { HERE(); }); });`,
    'server/plugins/a.ts',
  ],
  ['next route', `export async function GET(request) { HERE(); }`, 'app/api/users/route.ts'],
  ['next route as a constant', `export const POST = async (request) => { HERE(); };`, 'src/app/api/users/route.ts'],
  [
    'next route in a wrapper',
    `import { withAuth } from '@/lib/auth'; export const GET = withAuth(async (request) => { HERE(); });`,
    'app/api/users/route.ts',
  ],
  ['next page', `export default async function Page() { HERE(); return null; }`, 'app/users/page.tsx'],
  ['next metadata', `export async function generateMetadata() { HERE(); }`, 'app/users/page.tsx'],
  ['next server action file', `'use server'; export async function save(data) { HERE(); }`, 'app/actions.ts'],
  [
    'next inline server action',
    `export function Form() { async function save(data) { 'use server'; HERE(); } return save; }`,
    'app/form.tsx',
  ],
  ['next api route', `export default async function handler(req, res) { HERE(); }`, 'pages/api/users.ts'],
  [
    'next api route by type',
    `import type { NextApiRequest, NextApiResponse } from 'next'; const handler = async (req: NextApiRequest, res: NextApiResponse) => { HERE(); }; export default handler;`,
  ],
  ['next server side props', `export const getServerSideProps = async () => { HERE(); };`, 'pages/users.tsx'],
  [
    'next middleware',
    `import { NextResponse } from 'next/server'; export function middleware(request) { HERE(); }`,
    'middleware.ts',
  ],
  ['next after', `import { after } from 'next/server'; export function f() { after(() => { HERE(); }); }`],
  ['remix loader', `export async function loader({ request }) { HERE(); }`, 'app/routes/users.tsx'],
  [
    'remix action by type',
    `import type { ActionFunctionArgs } from '@remix-run/node'; export const action = async ({ request }: ActionFunctionArgs) => { HERE(); };`,
  ],
  [
    'react router',
    `import type { Route } from './+types/users'; export async function loader({ request }: Route.LoaderArgs) { HERE(); }`,
    'app/pages/users.tsx',
  ],
  ['sveltekit endpoint', `export const GET = async ({ url }) => { HERE(); };`, 'src/routes/users/+server.ts'],
  ['sveltekit load', `export const load = async () => { HERE(); };`, 'src/routes/users/+page.server.ts'],
  [
    'sveltekit action',
    `export const actions = { default: async ({ request }) => { HERE(); } };`,
    'src/routes/users/+page.server.ts',
  ],
  ['sveltekit hook', `export const handle = async ({ event, resolve }) => { HERE(); };`, 'src/hooks.server.ts'],
  ['astro endpoint', `export const GET = async () => { HERE(); };`, 'src/pages/api/users.ts'],
  [
    'astro action',
    `import { defineAction } from 'astro:actions'; export const server = { save: defineAction({ handler: async () => { HERE(); } }) };`,
  ],
  [
    'solidstart',
    `import type { APIEvent } from '@solidjs/start/server'; export async function GET(event: APIEvent) { HERE(); }`,
    'src/routes/api/users.ts',
  ],
  ['trpc', `import { initTRPC } from '@trpc/server'; const t = initTRPC.create(); t.procedure.query(async () => { HERE(); });`],
  [
    'trpc with input',
    `import { initTRPC } from '@trpc/server'; const t = initTRPC.create(); export const p = t.procedure; p.input(x).mutation(async () => { HERE(); });`,
  ],
  [
    'trpc imported procedure',
    `import { publicProcedure, router } from './trpc'; export const users = router({ list: publicProcedure.input(x).query(async () => { HERE(); }) });`,
  ],
  [
    'apollo resolver',
    `import { ApolloServer } from '@apollo/server'; new ApolloServer({ typeDefs, resolvers: { Query: { users: () => HERE() } } });`,
  ],
  [
    'apollo resolver by name',
    `import { ApolloServer } from '@apollo/server'; const resolvers = { Query: { users: async () => { HERE(); } } }; const server = new ApolloServer({ typeDefs, resolvers });`,
  ],
  [
    'apollo context',
    `import { startStandaloneServer } from '@apollo/server/standalone'; startStandaloneServer(server, { context: async () => ({ db: HERE() }) });`,
  ],
  [
    'yoga',
    `import { createSchema } from 'graphql-yoga'; createSchema({ typeDefs, resolvers: { Query: { users() { HERE(); } } } });`,
  ],
  [
    'grpc',
    `import * as grpc from '@grpc/grpc-js'; const server = new grpc.Server(); server.addService(definition, { list: (call, callback) => { HERE(); } });`,
  ],
  ['lambda', `export const handler = async (event) => { HERE(); };`],
  ['lambda in CommonJS', `exports.handler = async function (event, context) { HERE(); };`, 'src/index.js'],
  [
    'lambda by type',
    `import type { SQSHandler } from 'aws-lambda'; export const run: SQSHandler = async (event) => { HERE(); };`,
  ],
  [
    'lambda by a type of the second payload format',
    `import type { APIGatewayProxyHandlerV2 } from 'aws-lambda'; export const run: APIGatewayProxyHandlerV2 = async (event) => { HERE(); };`,
  ],
  [
    'lambda by a type with an authorizer',
    `import type { APIGatewayProxyHandlerV2WithJWTAuthorizer as H } from 'aws-lambda'; export const run: H = async (event) => { HERE(); };`,
  ],
  [
    'lambda by event type',
    `import type { APIGatewayProxyEvent } from 'aws-lambda'; export async function run(event: APIGatewayProxyEvent) { HERE(); }`,
  ],
  [
    'middy',
    `import middy from '@middy/core'; const run = async (event) => { HERE(); }; export const main = middy(run).use(x);`,
  ],
  [
    'middy handler',
    `import middy from '@middy/core'; export const main = middy().use(x).handler(async (event) => { HERE(); });`,
  ],
  ['azure', `import { app } from '@azure/functions'; app.http('users', { handler: async (request) => { HERE(); } });`],
  ['azure shorthand', `import { app } from '@azure/functions'; app.get('users', async (request) => { HERE(); });`],
  [
    'google',
    `import * as functions from '@google-cloud/functions-framework'; functions.http('users', (req, res) => { HERE(); });`,
  ],
  [
    'firebase',
    `import { onRequest } from 'firebase-functions/v2/https'; export const users = onRequest(async (req, res) => { HERE(); });`,
  ],
  [
    'firebase with options',
    `import { onDocumentCreated } from 'firebase-functions/v2/firestore'; export const f = onDocumentCreated('users/{id}', async (event) => { HERE(); });`,
  ],
  [
    'firebase v1',
    `const functions = require('firebase-functions'); exports.f = functions.https.onCall(async (data) => { HERE(); });`,
  ],
  ['vercel', `export default async function handler(req, res) { HERE(); }`, 'api/users.ts'],
  ['netlify', `export default async (request, context) => { HERE(); };`, 'netlify/functions/users.mts'],
  ['deno', `Deno.serve(async (request) => { HERE(); });`],
  ['bun', `Bun.serve({ fetch(request) { HERE(); } });`],
  ['bun routes', `Bun.serve({ routes: { '/users': { GET: () => HERE() } } });`],
  ['node http', `import http from 'node:http'; http.createServer((req, res) => { HERE(); });`],
  ['node https with options', `import { createServer } from 'https'; createServer(options, (req, res) => { HERE(); });`],
  [
    'node http event',
    `import { createServer } from 'http'; const server = createServer(); server.on('request', (req, res) => { HERE(); });`,
  ],
  [
    'node http2 stream',
    `import http2 from 'node:http2'; const server = http2.createSecureServer(options); server.on('stream', (stream) => { HERE(); });`,
  ],
  ['node net', `import net from 'node:net'; net.createServer((socket) => { HERE(); });`],
  [
    'node by type',
    `import type { IncomingMessage, ServerResponse } from 'node:http'; export function list(req: IncomingMessage, res: ServerResponse) { HERE(); }`,
  ],
  [
    'ws connection',
    `import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 1 }); wss.on('connection', (socket) => { HERE(); });`,
  ],
  [
    'ws message',
    `import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 1 }); wss.on('connection', (socket) => { socket.on('message', () => { HERE(); }); });`,
  ],
  [
    'socket.io',
    `import { Server } from 'socket.io'; const io = new Server(); io.of('/x').on('connection', (socket) => { socket.on('chat', () => { HERE(); }); });`,
  ],
  ['bullmq', `import { Worker } from 'bullmq'; new Worker('mail', async (job) => { HERE(); }, { connection });`],
  ['bull', `import Queue from 'bull'; const queue = new Queue('mail'); queue.process('a', 5, async (job) => { HERE(); });`],
  [
    'kafkajs',
    `import { Kafka } from 'kafkajs'; const consumer = new Kafka({}).consumer({}); consumer.run({ eachMessage: async ({ message }) => { HERE(); } });`,
  ],
  [
    'amqplib',
    `import amqp from 'amqplib'; const connection = await amqp.connect('x'); const channel = await connection.createChannel(); channel.consume('q', async (message) => { HERE(); });`,
  ],
  ['pg-boss', `import PgBoss from 'pg-boss'; const boss = new PgBoss('x'); boss.work('mail', async (job) => { HERE(); });`],
  [
    'agenda',
    `import { Agenda } from 'agenda'; const agenda = new Agenda(); agenda.define('mail', async (job) => { HERE(); });`,
  ],
  ['nats', `import { connect } from 'nats'; const nc = await connect(); nc.subscribe('x', { callback: () => { HERE(); } });`],
  ['node-cron', `import cron from 'node-cron'; cron.schedule('* * * * *', () => { HERE(); });`],
  ['cron', `import { CronJob } from 'cron'; new CronJob('* * * * *', () => { HERE(); });`],
  ['croner', `import { Cron } from 'croner'; new Cron('* * * * *', { name: 'x' }, () => { HERE(); });`],
  ['node-schedule', `const schedule = require('node-schedule'); schedule.scheduleJob('* * * * *', function () { HERE(); });`],
  [
    'inngest',
    `import { inngest } from './client'; export const f = inngest.createFunction({ id: 'x' }, { event: 'y' }, async () => { HERE(); });`,
  ],
  [
    'trigger.dev',
    `import { task } from '@trigger.dev/sdk/v3'; export const t = task({ id: 'x', run: async () => { HERE(); } });`,
  ],
  [
    'emitter',
    `import { EventEmitter } from 'node:events'; const bus = new EventEmitter(); bus.on('order', () => { HERE(); });`,
  ],
  [
    'own emitter class',
    `import EventEmitter from 'events'; class Bus extends EventEmitter {} const bus = new Bus(); bus.on('order', () => { HERE(); });`,
  ],
  ['interval', `setInterval(() => { HERE(); }, 1000);`],
  ['interval by name', `function tick() { HERE(); } setInterval(tick, 1000);`],
  ['timer that is set again', `function tick() { HERE(); setTimeout(tick, 1000); } tick();`],
  [
    'timer that is set again, in an arrow',
    `const tick = async () => { await HERE(); timer = setTimeout(tick, 1000); }; let timer = setTimeout(tick, 0);`,
  ],
  [
    'timer that is set again, by a callback',
    `export async function poll() { try { await HERE(); } catch (error) { console.error(error); } finally { setTimeout(() => { void poll(); }, 1000); } }`,
    'src/file.js',
  ],
  [
    'timer that is set again, in a method',
    `class Sync { private timer?: NodeJS.Timeout; private closed = false; async run() { await HERE(); if (!this.closed) this.timer = setTimeout(() => this.run(), 1000); } close() { this.closed = true; clearTimeout(this.timer); } } const sync = new Sync(); void sync.run();`,
  ],
  [
    'timer that is set again, by a bound method',
    `class Sync { async run() { await HERE(); setTimeout(this.run.bind(this), 1000).unref(); } } export const sync = new Sync(); await sync.run();`,
  ],
  [
    'timer that is set again, by a helper',
    `let stopped = false; process.on('SIGTERM', () => { stopped = true; }); function schedule() { if (stopped) return; setTimeout(tick, 1000); } async function tick() { await HERE(); schedule(); } schedule();`,
  ],
  [
    'timer that is set again, after the work',
    `function tick() { work().finally(() => { setTimeout(tick, 1000); }); } async function work() { HERE(); } tick();`,
    'src/file.js',
  ],
  ['immediate that is set again', `function drain() { HERE(); setImmediate(drain); } drain();`],
  ['worker thread message', `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { HERE(); });`],
  ['process message', `process.on('message', () => { HERE(); });`],
  ['react cache on a server', `import { cache } from 'react'; export const getDb = cache(() => HERE());`],
];

const ONCE: readonly Row[] = [
  [
    'pothos fields',
    `import SchemaBuilder from '@pothos/core'; const builder = new SchemaBuilder({}); builder.queryType({ fields: (t) => { HERE(); return {}; } });`,
  ],
  [
    'mqtt connection',
    `import mqtt from 'mqtt'; const client = mqtt.connect('mqtt://x'); client.on('connect', () => { HERE(); });`,
  ],
  ['mqtt, once', `import mqtt from 'mqtt'; mqtt.connect('mqtt://x').once('message', () => { HERE(); });`],
  [
    'hapi auth scheme itself',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.auth.scheme('x', () => { HERE(); return { authenticate }; });`,
  ],
  [
    'hapi plugin by type',
    `import type { PluginBase } from '@hapi/hapi'; export const db: PluginBase<void, void> = { name: 'db', register: async (server) => { HERE(); } };`,
  ],
  [
    'fastify plugin body by type',
    `import type { FastifyPluginAsync } from 'fastify'; export const users: FastifyPluginAsync = async (app) => { HERE(); app.addHook('onClose', close); };`,
  ],
  [
    'fastify application hook in a plugin by type',
    `import type { FastifyPluginCallback } from 'fastify'; const users: FastifyPluginCallback = (app, _, done) => { app.addHook('onClose', async () => { HERE(); }); done(); }; export default users;`,
  ],
  ['module', `HERE();`],
  ['module block', `if (process.env.X) { HERE(); }`],
  ['top-level await', `await HERE();`],
  ['immediate function', `(async () => { HERE(); })();`],
  ['main', `async function main() { HERE(); } main();`],
  ['main with catch', `async function main() { HERE(); } main().catch(console.error);`],
  ['helper of main', `function init() { HERE(); } async function main() { init(); } void main();`],
  ['static field', `class Db { static pool = HERE(); }`],
  ['static block', `class Db { static { HERE(); } }`],
  ['constructor of a module-level instance', `class Db { constructor() { HERE(); } } export const db = new Db();`],
  ['field of a module-level instance', `class Db { pool = HERE(); } const db = new Db();`],
  ['express listen callback', `${EXPRESS} app.listen(3000, () => { HERE(); });`],
  [
    'express middleware factory body',
    `${EXPRESS} function auth() { HERE(); return (req, res, next) => next(); } app.use(auth());`,
  ],
  [
    'express router factory',
    `${EXPRESS} function users() { HERE(); const r = express.Router(); r.get('/', h); return r; } app.use('/users', users());`,
  ],
  ['fastify plugin', `${FASTIFY} app.register(async (instance) => { HERE(); });`],
  [
    'fastify typed plugin',
    `import type { FastifyPluginAsync } from 'fastify'; const plugin: FastifyPluginAsync = async (app) => { HERE(); }; export default plugin;`,
  ],
  ['fastify-plugin', `import fp from 'fastify-plugin'; export default fp(async (app) => { HERE(); });`],
  ['fastify application hook', `${FASTIFY} app.addHook('onReady', async () => { HERE(); });`],
  ['fastify close hook', `${FASTIFY} app.addHook('onClose', async () => { HERE(); });`],
  [
    'nest injectable constructor',
    `import { Injectable } from '@nestjs/common'; @Injectable() export class Db { constructor() { HERE(); } }`,
  ],
  ['nest injectable field', `import { Injectable } from '@nestjs/common'; @Injectable() export class Db { pool = HERE(); }`],
  [
    'nest module init',
    `import { Injectable, OnModuleInit } from '@nestjs/common'; @Injectable() export class Db implements OnModuleInit { onModuleInit() { HERE(); } }`,
  ],
  [
    'hapi server extension',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.ext('onPreStop', () => { HERE(); });`,
  ],
  [
    'h3 lazy loader',
    `import { defineLazyEventHandler } from 'h3'; export default defineLazyEventHandler(async () => { HERE(); return h; });`,
  ],
  ['nitro plugin', `export default defineNitroPlugin(() => { HERE(); });`, 'server/plugins/db.ts'],
  ['next instrumentation', `export function register() { HERE(); }`, 'instrumentation.ts'],
  ['sveltekit init', `export const init = async () => { HERE(); };`, 'src/hooks.server.ts'],
  ['firebase init', `import { onInit } from 'firebase-functions'; onInit(() => { HERE(); });`],
  ['azure start hook', `import { app } from '@azure/functions'; app.hook.appStart(() => { HERE(); });`],
  ['signal', `process.on('SIGTERM', async () => { HERE(); });`],
  [
    'emitter once',
    `import { EventEmitter } from 'events'; const bus = new EventEmitter(); bus.once('order', () => { HERE(); });`,
  ],
  [
    'emitter ready',
    `import { EventEmitter } from 'events'; const bus = new EventEmitter(); bus.on('ready', () => { HERE(); });`,
  ],
  [
    'server listening',
    `import http from 'http'; const server = http.createServer(); server.on('listening', () => { HERE(); });`,
  ],
  ['timeout at module scope', `setTimeout(() => { HERE(); }, 10);`],
  ['timer that sets another', `function first() { HERE(); setTimeout(second, 1000); } function second() {} first();`],
  ['promise callback at module scope', `connect().then(() => { HERE(); });`],
  ['commander', `import { program } from 'commander'; program.command('x').action(async () => { HERE(); });`],
  ['script', `#!/usr/bin/env node\nsetInterval(() => { HERE(); }, 10);`],
  ['migration', `export async function up(req) { HERE(); }`, 'migrations/001.ts'],
  ['seed', `export const handler = async (event) => { HERE(); };`, 'prisma/seed.ts'],
];

const UNKNOWN: readonly Row[] = [
  ['names of a request, and no framework', `exports.create = async function (req, res, next) { HERE(); };`, 'src/file.js'],
  [
    'names of a request beside another module',
    `const https = require('https'); exports.create = async (req, res, next) => { HERE(); };`,
    'src/file.js',
  ],
  [
    'names of another framework',
    `const express = require('express'); exports.create = async (ctx, next) => { HERE(); };`,
    'src/file.js',
  ],
  [
    'names of a request in a function that nobody exports',
    `const express = require('express'); const handlers = { create(req, res) { HERE(); } };`,
    'src/file.js',
  ],
  [
    'a helper of another shape beside express',
    `const express = require('express'); exports.connect = async (url, options) => { HERE(); };`,
    'src/file.js',
  ],
  [
    'body of an exported factory',
    `const express = require('express'); exports.make = (options) => { HERE(); return (req, res) => {}; };`,
    'src/file.js',
  ],
  [
    'fields of another builder',
    `import { form } from './form'; form.queryType({ fields: (t) => ({ me: t.field({ resolve: () => HERE() }) }) });`,
  ],
  [
    'a builder of another package',
    `import Builder from 'form-builder'; new Builder().objectType('x', { fields: (t) => ({ me: t.field({ resolve: () => { HERE(); } }) }) });`,
  ],
  ['message of something that is no mqtt client', `import { bus } from './bus'; bus.on('message', () => { HERE(); });`],
  ['routes of nobody knows what', `export const routes = [{ method: 'GET', path: '/', handler: () => { HERE(); } }];`],
  [
    'objects beside hapi that are no routes',
    `import Boom from '@hapi/boom'; export const jobs = [{ name: 'x', handler: () => { HERE(); } }];`,
  ],
  [
    'hapi routes that nobody exports',
    `import Boom from '@hapi/boom'; const routes = [{ method: 'GET', path: '/', handler: () => { HERE(); } }];`,
  ],
  [
    'what something else than a scheme returns',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.events.emit('x', () => ({ authenticate: () => { HERE(); } }));`,
  ],
  [
    'another function of an auth scheme',
    `import Hapi from '@hapi/hapi'; const server = Hapi.server(); server.auth.scheme('x', () => ({ authenticate, options: { describe: () => HERE() } }));`,
  ],
  ['fetch of a default export', `export default { fetch(request) { HERE(); } };`],
  ['fetch of a default export at the edge', `export default { fetch(request) { HERE(); } } satisfies ExportedHandler;`],
  ['fetch of a client', `const base = Bun.env.BASE; export default { fetch(url) { HERE(); } };`],
  ['fetch of another export', `const url = Bun.env.URL; export const api = { fetch(request) { HERE(); } };`],
  [
    'plugin type of another package',
    `import type { FastifyPluginAsync } from './types'; export const users: FastifyPluginAsync = async (app) => { app.get('/', async () => { HERE(); }); };`,
  ],
  ['exported function', `export function load() { HERE(); }`],
  ['exported arrow', `export const load = async () => { HERE(); };`],
  ['exported class method', `export class Users { list() { HERE(); } }`],
  ['exported class constructor', `export class Users { constructor() { HERE(); } }`],
  ['function nobody calls', `function load() { HERE(); }`],
  ['callback of an unseen function', `import { run } from './run'; run(() => { HERE(); });`],
  ['callback of an unseen emitter', `import { bus } from './bus'; bus.on('order', () => { HERE(); });`],
  ['get of something else', `import { cache } from './cache'; cache.get('x', () => { HERE(); });`],
  ['get of a map', `const map: any = new Map(); map.get('x', () => { HERE(); });`],
  ['query of a pool is no procedure', `import { pool } from './db'; pool.query('select 1', () => { HERE(); });`],
  ['process of an unseen queue', `import { queue } from './queue'; queue.process(() => { HERE(); });`],
  ['express setting', `${EXPRESS} app.get(() => { HERE(); });`],
  ['nest parameter decorator', `import { Query } from '@nestjs/common'; export class Users { @Query() list() { HERE(); } }`],
  ['look-alike app', `class App { get(path, fn) {} } const app = new App(); app.get('/', () => { HERE(); });`],
  ['look-alike express', `import express from './express'; const app = express(); app.get('/', () => { HERE(); });`],
  [
    'wrapper that may remember',
    `${EXPRESS} import { lazy } from './lazy'; const getDb = lazy(() => HERE()); app.get('/', (req, res) => { getDb(); });`,
  ],
  ['yargs command module', `exports.command = 'x'; exports.handler = async (argv) => { HERE(); };`, 'src/commands/x.js'],
  ['client component', `'use client'; export async function GET() { HERE(); }`, 'app/x/route.ts'],
  ['GET outside of a route file', `export async function GET() { HERE(); }`, 'src/http.ts'],
  ['timer that tries again', `async function open() { try { await HERE(); } catch { setTimeout(open, 1000); } } await open();`],
  [
    'timer that tries again, in a callback',
    `function open() { const client = HERE(); client.connect((error) => { if (error) setTimeout(open, 1000); }); } open();`,
    'src/file.js',
  ],
  [
    'timer that waits until it is there',
    `let connected = false; const open = async () => { connected = await HERE(); if (!connected) setTimeout(open, 1000); }; await open();`,
  ],
  [
    'timer that waits, with an early return',
    `async function open() { const client = HERE(); if (await client.ping()) return; setTimeout(() => open(), 1000); } await open();`,
  ],
  ['mutual recursion', `function a() { b(); HERE(); } function b() { a(); }`],
];

const TEST: readonly Row[] = [
  ['vitest', `import { it } from 'vitest'; it('x', () => { HERE(); });`],
  ['node:test', `import test from 'node:test'; test('x', () => { HERE(); });`],
  ['globals by path', `it('x', () => { HERE(); });`, 'src/a.test.ts'],
  ['folder', `export function make() { HERE(); }`, 'test/helper.ts'],
];

const ITERATION: readonly Row[] = [
  ['for of in an unknown function', `export async function all(xs) { for (const x of xs) { HERE(); } }`],
  ['while in an unknown function', `export async function all() { while (next()) { HERE(); } }`],
  ['map in an unknown function', `export async function all(xs) { return Promise.all(xs.map(async (x) => { HERE(); })); }`],
  ['p-map', `import pMap from 'p-map'; export const all = (xs) => pMap(xs, async (x) => { HERE(); });`],
  ['loop at module scope', `for (const host of hosts) { HERE(); }`],
  [
    'a loop left by a function inside it',
    `export async function all(xs) { for (const x of xs) { await (async () => { HERE(); return x; })(); } }`,
  ],
  ['a loop whose pages end', `export async function all() { let page = 1; while (page) { HERE(); page = await next(page); } }`],
  [
    'a loop that goes on after what succeeds',
    `export async function all(xs) { for (const x of xs) { const c = HERE(); try { await c.run(x); } catch (error) { throw error; } finally { c.end(); } } }`,
  ],
  [
    'a case of a switch in a loop',
    `export async function all(xs) { for (const x of xs) { switch (x.kind) { case 'a': HERE(); break; default: } } }`,
    'src/file.js',
  ],
  ['a loop left on a condition', `export async function all(xs) { for (const x of xs) { HERE(); if (x.last) break; } }`],
];

// Each turn is another attempt at the same thing: the first success ends it.
const ATTEMPTS: readonly Row[] = [
  ['try and break', `export async function open() { for (;;) { try { HERE(); break; } catch { await sleep(1); } } }`],
  ['try and return', `export async function open() { while (true) { try { const c = HERE(); return c; } catch {} } }`],
  [
    'made before the try',
    `export async function open() { for (let attempt = 1; ; attempt += 1) { const client = HERE(); try { await client.connect(); return; } catch (error) { if (attempt === 10) throw error; } finally { await client.end(); } } }`,
  ],
  [
    'made before the try, in an arrow',
    `export const open = async () => { while (true) { const client = HERE(); try { await client.connect(); } catch { await sleep(1); continue; } break; } };`,
    'src/file.js',
  ],
  [
    'made before the try, in a method',
    `export class Db { async open() { let n = 0; do { const client = HERE(); try { await client.connect(); this.client = client; return client; } catch { await client.end(); } } while (n++ < 5); throw new Error('no'); } }`,
  ],
  [
    'until a flag is set',
    `export async function open() { let connected = false; while (!connected) { const client = HERE(); try { await client.connect(); connected = true; } catch { await sleep(1); } } }`,
  ],
  [
    'until there is one',
    `export async function open() { let client; for (let n = 0; n < 3 && !client; n += 1) { const candidate = HERE(); try { await candidate.connect(); client = candidate; } catch {} } return client; }`,
    'src/file.js',
  ],
  ['returned at once', `export async function open() { while (true) { try { return HERE(); } catch {} } }`],
  [
    'asked again until it is right',
    `export async function ask() { while (true) { if (await ok()) { await HERE(); break; } else { warn(); } } }`,
  ],
];

describe('executionScopeOf', () => {
  it.each(cases(REQUEST))('request: $title', ({ code, filename }) => {
    expect(scopeOf(code, filename).kind).toBe('request');
  });
  it('request: fetch of a default export, by the settings', () => {
    const code = 'export default { async fetch(request) { HERE(); } };';
    const kinds = (['auto', 'edge', 'node'] as const).map((runtime) =>
      inspect(code, (file) => executionScopeOf(file, callOf(file, 'HERE')).kind, { settings: { runtime } }),
    );
    expect(kinds).toEqual(['unknown', 'unknown', 'request']);
  });
  it.each(cases(ONCE))('once: $title', ({ code, filename }) => {
    expect(['module', 'startup']).toContain(scopeOf(code, filename).kind);
  });
  it.each(cases(UNKNOWN))('unknown: $title', ({ code, filename }) => {
    expect(scopeOf(code, filename).kind).toBe('unknown');
  });
  it.each(cases(TEST))('test: $title', ({ code, filename }) => {
    expect(scopeOf(code, filename).kind).toBe('test');
  });
  it.each(cases(ITERATION))('iteration: $title', ({ code, filename }) => {
    expect(scopeOf(code, filename).kind).toBe('iteration');
  });
  it.each(cases(ATTEMPTS))('no iteration: $title', ({ code, filename }) => {
    expect(scopeOf(code, filename).kind).toBe('unknown');
  });
});

const CHAINS: readonly (readonly [code: string, chain: string])[] = [
  [`${EXPRESS} app.get('/', (req, res) => { HERE(); });`, '`app.get` handler'],
  [`${EXPRESS} const load = () => { HERE(); }; app.get('/', (req, res) => { load(); });`, '`app.get` handler → `load()`'],
  [
    `${EXPRESS} function getDb() { HERE(); } async function loadUser() { getDb(); } router.get('/', async (req, res) => { await loadUser(); });`,
    '`router.get` handler → `loadUser()` → `getDb()`',
  ],
  [`${FASTIFY} app.addHook('onRequest', async () => { HERE(); });`, '`app.addHook` hook'],
  [`export const handler = async (event) => { HERE(); };`, 'Lambda handler'],
  [`setInterval(() => { HERE(); }, 10);`, '`setInterval` tick'],
  [`function tick() { HERE(); setTimeout(tick, 1000); }`, '`setTimeout` tick'],
  [`async function poll() { HERE(); setTimeout(() => poll(), 1000); }`, '`setTimeout` tick → `poll()`'],
  [
    `${EXPRESS} class Service { constructor(db = HERE()) {} } app.get('/', (req, res) => { new Service(); });`,
    '`app.get` handler → `new Service()`',
  ],
  [
    `import { Controller, Get } from '@nestjs/common'; @Controller() export class Users { @Get() list() { HERE(); } }`,
    '`@Get` list()',
  ],
];

const RUNS: readonly (readonly [code: string, per: string])[] = [
  [`${EXPRESS} app.get('/', (req, res) => { HERE(); });`, 'request'],
  [`${EXPRESS} function load() { HERE(); } app.get('/', (req, res) => { load(); });`, 'request'],
  [`export const handler = async (event) => { HERE(); };`, 'invocation'],
  [`import { app } from '@azure/functions'; app.get('users', async (request) => { HERE(); });`, 'request'],
  [
    `import { app } from '@azure/functions'; app.storageQueue('users', { handler: async (item) => { HERE(); } });`,
    'invocation',
  ],
  [`setInterval(() => { HERE(); }, 10);`, 'tick'],
  [`function tick() { HERE(); setTimeout(tick, 1000); } tick();`, 'tick'],
  [`import { Worker } from 'bullmq'; new Worker('mail', async (job) => { HERE(); });`, 'job'],
  [`import { Interval } from '@nestjs/schedule'; export class Jobs { @Interval(10) run() { HERE(); } }`, 'tick'],
  [
    `import { Kafka } from 'kafkajs'; const consumer = new Kafka({}).consumer({}); consumer.run({ eachMessage: async () => { HERE(); } });`,
    'message',
  ],
  [`import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { HERE(); });`, 'message'],
  [`import { EventEmitter } from 'node:events'; const bus = new EventEmitter(); bus.on('order', () => { HERE(); });`, 'event'],
  [
    `import { WebSocketServer } from 'ws'; const wss = new WebSocketServer({ port: 1 }); wss.on('connection', (socket) => { HERE(); });`,
    'connection',
  ],
  [
    `import { createServer } from 'net'; const server = createServer(); server.on('connection', () => { HERE(); });`,
    'connection',
  ],
  [`import { Server } from '@grpc/grpc-js'; new Server().addService(x, { list: (call) => { HERE(); } });`, 'call'],
];

describe('what one run is called', () => {
  it.each(RUNS)('%s', (code, per) => {
    expect(inspect(code, (file) => executionScopeOf(file, callOf(file, 'HERE')).per)).toBe(per);
  });
});

describe('the chain of reasons', () => {
  it.each(CHAINS)('%s', (code, chain) => {
    expect(scopeOf(code).chain).toBe(chain);
  });
});

const CALENDAR: readonly Row[] = [
  ['node-cron', `import cron from 'node-cron'; cron.schedule('0 3 * * *', async () => { HERE(); });`],
  ['cron', `import { CronJob } from 'cron'; new CronJob('0 3 * * *', () => { HERE(); });`],
  [
    'cron, from options',
    `import { CronJob } from 'cron'; CronJob.from({ cronTime: '0 3 * * *', onTick: async () => { HERE(); } });`,
  ],
  ['croner', `import { Cron } from 'croner'; new Cron('0 3 * * *', { name: 'x' }, () => { HERE(); });`],
  ['node-schedule', `const schedule = require('node-schedule'); schedule.scheduleJob('0 3 * * *', function () { HERE(); });`],
  [
    'by name, through a helper',
    `import cron from 'node-cron'; const vacuum = () => HERE(); const night = async () => { await vacuum(); }; cron.schedule('@daily', night);`,
  ],
  ['Bun', `Bun.cron('0 3 * * *', async () => { HERE(); });`],
  ['Deno', `Deno.cron('night', '0 3 * * *', async () => { HERE(); });`],
  [
    'Nest',
    `import { Injectable } from '@nestjs/common'; import { Cron } from '@nestjs/schedule'; @Injectable() export class Night { @Cron('0 3 * * *') run() { HERE(); } }`,
  ],
  [
    'Azure',
    `import { app } from '@azure/functions'; app.timer('night', { schedule: '0 0 3 * * *', handler: async () => { HERE(); } });`,
  ],
  [
    'Firebase',
    `import { onSchedule } from 'firebase-functions/v2/scheduler'; export const night = onSchedule('every day 03:00', async () => { HERE(); });`,
  ],
  [
    'Lambda',
    `import type { ScheduledHandler } from 'aws-lambda'; export const run: ScheduledHandler = async () => { HERE(); };`,
  ],
];

const NO_CALENDAR: readonly Row[] = [
  ['an interval', `setInterval(() => { HERE(); }, 86_400_000);`],
  [
    'an interval of Nest',
    `import { Injectable } from '@nestjs/common'; import { Interval } from '@nestjs/schedule'; @Injectable() export class Night { @Interval(1000) run() { HERE(); } }`,
  ],
  ['a queue', `import { Worker } from 'bullmq'; new Worker('x', async (job) => { HERE(); });`],
  ['a task at intervals', `import { AsyncTask } from 'toad-scheduler'; new AsyncTask('x', async () => { HERE(); });`],
  ['a request', `${EXPRESS} app.get('/', (req, res) => { HERE(); });`],
  [
    'a request and a scheduled job',
    `${EXPRESS} import cron from 'node-cron'; const vacuum = () => { HERE(); }; cron.schedule('@daily', vacuum); app.post('/vacuum', (req, res) => { vacuum(); });`,
  ],
];

describe('started by the calendar', () => {
  const isCalendar = (code: string): boolean => inspect(code, (file) => executionScopeOf(file, callOf(file, 'HERE')).calendar);
  it.each(cases(CALENDAR))('$title', ({ code }) => {
    expect(scopeOf(code).kind).toBe('request');
    expect(isCalendar(code)).toBe(true);
  });
  it.each(cases(NO_CALENDAR))('not: $title', ({ code }) => {
    expect(scopeOf(code).kind).toBe('request');
    expect(isCalendar(code)).toBe(false);
  });
});
