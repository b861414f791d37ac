/** Which expressions make a client: snippet → what is made, or nothing. */
import { describe, expect, it } from 'vitest';
import { creationSitesOf } from '../../src/resolve/creations.js';
import type { PoolSettings } from '../../src/settings.js';
import { inspect } from '../support/inspect.js';

/** `library:kind` of each site, in source order. */
function sites(code: string, options: { readonly filename?: string; readonly settings?: PoolSettings } = {}): string[] {
  return inspect(
    code,
    (file) => creationSitesOf(file).map(({ library, creator }) => `${library.name}:${creator.makes}`),
    options,
  );
}

const POOL = ['pg:pool'];

const OURS: readonly (readonly [title: string, code: string, expected?: readonly string[]])[] = [
  ['named import', `import { Pool } from 'pg'; new Pool();`],
  ['renamed import', `import { Pool as Connections } from 'pg'; new Connections();`],
  ['default import', `import pg from 'pg'; new pg.Pool();`],
  ['namespace import', `import * as pg from 'pg'; new pg.Pool();`],
  ['namespace import, default member', `import * as pg from 'pg'; new pg.default.Pool();`],
  ['default as named', `import { default as pg } from 'pg'; new pg.Pool();`],
  ['default and named', `import pg, { Pool } from 'pg'; new Pool(); new pg.Pool();`, ['pg:pool', 'pg:pool']],
  ['destructured default', `import pg from 'pg'; const { Pool } = pg; new Pool();`],
  ['destructured and renamed default', `import pg from 'pg'; const { Pool: P } = pg; new P();`],
  ['destructured native', `import pg from 'pg'; const { native: { Pool } } = pg; new Pool();`],
  ['import equals', `import pg = require('pg'); new pg.Pool();`],
  ['require', `const pg = require('pg'); new pg.Pool();`],
  ['destructured require', `const { Pool } = require('pg'); new Pool();`],
  ['renamed destructured require', `const { Pool: P } = require('pg'); new P();`],
  ['member of require', `const Pool = require('pg').Pool; new Pool();`],
  ['require on the spot', `new (require('pg').Pool)();`],
  ['require in a function', `function f() { const { Pool } = require('pg'); return new Pool(); }`],
  ['require of an interop default', `const pg = require('pg').default; new pg.Pool();`],
  ['require in CommonJS', `const { Pool } = require('pg'); new Pool();`, POOL],
  [
    'createRequire',
    `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const pg = require('pg'); new pg.Pool();`,
  ],
  [
    'createRequire of a namespace',
    `import * as module from 'module'; const load = module.createRequire(__filename); new (load('pg').Pool)();`,
  ],
  ['dynamic import', `const pg = await import('pg'); new pg.Pool();`],
  ['destructured dynamic import', `const { Pool } = await import('pg'); new Pool();`],
  ['default of a dynamic import', `const { default: pg } = await import('pg'); new pg.Pool();`],
  ['dynamic import on the spot', `new (await import('pg')).Pool();`],
  ['dynamic import in a function', `async function f() { const { Pool } = await import('pg'); return new Pool(); }`],
  ['dynamic import, then', `import('pg').then((pg) => new pg.Pool());`],
  ['dynamic import, then destructured', `const pool = await import('pg').then(({ Pool }) => new Pool());`],
  [
    'dynamic import, then the default destructured',
    `let p; const get = () => (p ??= import('pg').then(({ default: { Pool } }) => { const pool = new Pool(); return pool; }));`,
  ],
  ['dynamic import, then by name', `function open(pg) { return new pg.default.Pool(); } import('pg').then(open);`],
  [
    'dynamic import, then the module, then the constructor',
    `import('pg').then((module) => module.default).then(async function (pg) { return new pg.Pool(); });`,
  ],
  ['constructor out of a dynamic import', `const Pool = await import('pg').then((pg) => pg.Pool); new Pool();`],
  [
    'what a promise gives',
    `import { Kafka } from 'kafkajs'; const open = async () => new Kafka({ brokers: [] }); open().then((kafka) => kafka.producer());`,
    ['kafkajs:multiplexed'],
  ],
  ['npm specifier', `import { Pool } from 'npm:pg'; new Pool();`],
  ['npm specifier with a range', `import pg from "npm:pg@^8.16.0"; new pg.Pool();`],
  ['npm specifier with a tag', `import * as pg from 'npm:pg@latest'; new pg.Pool();`],
  ['npm specifier with a slash', `const { default: pg } = await import('npm:/pg@8'); new pg.Pool();`],
  ['npm specifier with a path', `import mysql from 'npm:mysql2@^3/promise'; mysql.createPool({});`, ['mysql2:pool']],
  [
    'npm specifier of a scope',
    `import { Client } from 'npm:@elastic/elasticsearch@9.1.0'; new Client({ node: 'http://x' });`,
    ['@elastic/elasticsearch:pool'],
  ],
  [
    'npm specifier with a version and a path',
    `import { drizzle } from 'npm:drizzle-orm@0.44.5/node-postgres'; drizzle('postgres://localhost');`,
    ['drizzle-orm:pool'],
  ],
  [
    'npm specifier as a type',
    `import type { Pool } from 'npm:pg@8'; import pg from 'npm:pg@8'; let pool: Pool; pool = new pg.Pool();`,
  ],
  ['alias', `import { Pool } from 'pg'; const P = Pool; new P();`],
  ['alias of an alias', `import { Pool } from 'pg'; const P = Pool; const Q = P; new Q();`],
  ['alias with one source in each branch', `import pg from 'pg'; const P = process.env.NATIVE ? pg.Pool : pg.Pool; new P();`],
  ['cast constructor', `import { Pool } from 'pg'; new (Pool as any)();`],
  ['non-null', `import pg from 'pg'; new pg.native!.Pool();`],
  ['satisfies', `import { Pool } from 'pg'; const P = Pool satisfies unknown; new P();`],
  ['type arguments', `import { Pool } from 'pg'; new Pool<never>();`],
  ['computed member', `import pg from 'pg'; new pg['Pool']();`],
  ['optional chain', `import mysql from 'mysql2'; mysql?.createPool({});`, ['mysql2:pool']],
  ['subclass', `import { Pool } from 'pg'; class Db extends Pool {} new Db();`],
  ['subclass of a subclass', `import { Pool } from 'pg'; class A extends Pool {} class B extends A {} new B();`],
  ['subclass expression', `import { Pool } from 'pg'; const Db = class extends Pool {}; new Db();`],
  ['subclass through the module', `import pg from 'pg'; class Db extends pg.Pool {} new Db();`],
  ['subpath', `import { createPool } from 'mysql2/promise'; createPool({});`, ['mysql2:pool']],
  ['node: prefix', `import { Agent } from 'node:https'; new Agent();`, ['node:http:agent']],
  ['no node: prefix', `import https from 'https'; new https.Agent();`, ['node:http:agent']],
  ['factory', `import { createPool } from 'mysql2'; createPool({});`, ['mysql2:pool']],
  ['factory of the module', `import mysql from 'mysql2/promise'; await mysql.createConnection({});`, ['mysql2:connection']],
  ['default class', `import Redis from 'ioredis'; new Redis();`, ['ioredis:multiplexed']],
  ['required class', `const Redis = require('ioredis'); new Redis();`, ['ioredis:multiplexed']],
  ['namespace as class', `import * as Redis from 'ioredis'; new Redis();`, ['ioredis:multiplexed']],
  ['named class', `import { Redis } from 'ioredis'; new Redis();`, ['ioredis:multiplexed']],
  ['static member of the class', `import Redis from 'ioredis'; new Redis.Cluster([]);`, ['ioredis:pool']],
  ['default function', `import postgres from 'postgres'; postgres();`, ['postgres:pool']],
  ['required function', `const sql = require('postgres')('postgres://localhost');`, ['postgres:pool']],
  ['X.create', `import { MongoClient } from 'mongodb'; await MongoClient.connect('mongodb://localhost');`, ['mongodb:pool']],
  [
    'factory of a factory',
    `import pgPromise from 'pg-promise'; const pgp = pgPromise(); const db = pgp('postgres://localhost');`,
    ['pg-promise:pool'],
  ],
  [
    'method of an instance',
    `import { Kafka } from 'kafkajs'; const kafka = new Kafka({ brokers: [] }); kafka.producer();`,
    ['kafkajs:multiplexed'],
  ],
  ['chain', `import { Kafka } from 'kafkajs'; new Kafka({ brokers: [] }).producer();`, ['kafkajs:multiplexed']],
  [
    'field',
    `import { Kafka } from 'kafkajs'; class Bus { kafka = new Kafka({ brokers: [] }); start() { return this.kafka.producer(); } }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'private field',
    `import { Kafka } from 'kafkajs'; class Bus { #kafka = new Kafka({ brokers: [] }); start() { return this.#kafka.producer(); } }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'field set by the constructor',
    `import { Kafka } from 'kafkajs'; class Bus { constructor() { this.kafka = new Kafka({ brokers: [] }); } start() { return this.kafka.producer(); } }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'constructor parameter',
    `import { Kafka } from 'kafkajs'; class Bus { constructor(private readonly kafka: Kafka) {} start() { return this.kafka.producer(); } }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'annotated field',
    `import type { Kafka } from 'kafkajs'; class Bus { private kafka!: Kafka; start() { return this.kafka.producer(); } }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'annotated parameter',
    `import type { Kafka } from 'kafkajs'; export function start(kafka: Kafka) { return kafka.producer(); }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'annotated union',
    `import type { Kafka } from 'kafkajs'; export function start(kafka: Kafka | undefined) { return kafka?.producer(); }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'annotated namespace type',
    `import type * as k from 'kafkajs'; export function start(kafka: k.Kafka) { return kafka.producer(); }`,
    ['kafkajs:multiplexed'],
  ],
  [
    'annotated import type',
    `import 'kafkajs'; export function start(kafka: import('kafkajs').Kafka) { return kafka.producer(); }`,
    [],
  ],
  [
    'annotated variable',
    `import type { Kafka } from 'kafkajs'; declare const kafka: Kafka; kafka.producer();`,
    ['kafkajs:multiplexed'],
  ],
  [
    'object property',
    `import { Kafka } from 'kafkajs'; const bus = { kafka: new Kafka({ brokers: [] }) }; bus.kafka.producer();`,
    ['kafkajs:multiplexed'],
  ],
  [
    'result of a function',
    `import { Kafka } from 'kafkajs'; function make() { return new Kafka({ brokers: [] }); } make().producer();`,
    ['kafkajs:multiplexed'],
  ],
  [
    'result of an async arrow',
    `import { Kafka } from 'kafkajs'; const make = async () => new Kafka({ brokers: [] }); (await make()).producer();`,
    ['kafkajs:multiplexed'],
  ],
  [
    'let with one value',
    `import { Kafka } from 'kafkajs'; let kafka; kafka = new Kafka({ brokers: [] }); kafka.producer();`,
    ['kafkajs:multiplexed'],
  ],
  ['aws client', `import { S3Client } from '@aws-sdk/client-s3'; new S3Client({});`, ['AWS SDK v3:pool']],
  ['aws client of any service', `import { SQSClient } from '@aws-sdk/client-sqs'; new SQSClient({});`, ['AWS SDK v3:pool']],
  [
    'generated prisma client',
    `import { PrismaClient } from '../generated/prisma/client.js'; new PrismaClient();`,
    ['@prisma/client:pool'],
  ],
  [
    'drizzle with a text',
    `import { drizzle } from 'drizzle-orm/node-postgres'; drizzle(process.env.DATABASE_URL!);`,
    ['drizzle-orm:pool'],
  ],
  [
    'drizzle with a connection',
    `import { drizzle } from 'drizzle-orm/node-postgres'; drizzle({ connection: { host: 'a' } });`,
    ['drizzle-orm:pool'],
  ],
  [
    'drizzle with a constant text',
    `import { drizzle } from 'drizzle-orm/node-postgres'; const url = 'postgres://localhost'; drizzle(url);`,
    ['drizzle-orm:pool'],
  ],
  [
    'nodemailer with a pool',
    `import nodemailer from 'nodemailer'; nodemailer.createTransport({ pool: true });`,
    ['nodemailer:pool'],
  ],
  [
    'grpc with credentials of its own',
    `import { Client, credentials } from '@grpc/grpc-js'; new Client('a', credentials.createSsl());`,
    ['@grpc/grpc-js:multiplexed'],
  ],
];

const NOT_OURS: readonly (readonly [title: string, code: string])[] = [
  ['own class', `class Pool {} new Pool();`],
  ['own class beside the import of another name', `import { Client } from 'pg'; class Pool {} new Pool();`],
  ['shadowed by a parameter', `import { Pool } from 'pg'; export function f(Pool: any) { return new Pool(); }`],
  ['shadowed by a local', `import { Pool } from 'pg'; export function f() { class Pool {} return new Pool(); }`],
  ['second parameter of then', `import('pg').then(log, (pg) => new pg.Pool());`],
  ['result of then', `const x = await import('pg').then(() => ({ Pool: class {} })); new x.Pool();`],
  ['package of another registry', `import { Pool } from 'jsr:@db/pg@1'; new Pool();`],
  ['package of another registry with our name', `import { Pool } from 'jsr:pg'; new Pool();`],
  ['npm specifier of another package', `import { Pool } from 'npm:@other/pg@8'; new Pool();`],
  ['npm specifier of a path we do not know', `import { Pool } from 'npm:pg@8/other'; new Pool();`],
  ['class of another package', `import { Client } from 'discord.js'; new Client();`],
  ['pool of worker threads', `import { Pool } from 'tinypool-like'; new Pool();`],
  ['factory of another package', `import { createClient } from '@supabase/supabase-js'; createClient('a', 'b');`],
  ['unlisted subpath', `import Pool from 'pg/lib/pool'; new Pool();`],
  ['a file of that name', `import { Pool } from './pg'; new Pool();`],
  ['unresolved name', `new Pool();`],
  ['own require', `function require(name: string) { return {} as any; } new (require('pg').Pool)();`],
  ['computed specifier', `const pg = require(process.env.DRIVER); new pg.Pool();`],
  ['another member', `import pg from 'pg'; new pg.Query('select 1');`],
  ['unknown member of an unknown value', `export function f(x: any) { return new x.Pool(); }`],
  [
    'two different sources',
    `import { Pool } from 'pg'; import { Agent } from 'undici'; const C = Math.random() > 0.5 ? Pool : Agent; new C();`,
  ],
  ['reassigned', `import { Pool } from 'pg'; let P: any = Pool; P = class {}; new P();`],
  ['called instead of constructed', `import { Agent } from 'undici'; (Agent as any)();`],
  ['type only', `import type { Pool } from 'pg'; export type Db = Pool;`],
  ['type of a value', `import { Pool } from 'pg'; const pool = {} as Pool; export type P = ReturnType<typeof pool>;`],
  ['axios instance without an agent', `import axios from 'axios'; axios.create({ baseURL: 'http://localhost' });`],
  [
    'drizzle over a pool',
    `import { drizzle } from 'drizzle-orm/node-postgres'; import { db } from './db'; drizzle(db); drizzle({ client: db });`,
  ],
  ['sdk over fetch', `import OpenAI from 'openai'; new OpenAI();`],
  ['nodemailer without a pool', `import nodemailer from 'nodemailer'; nodemailer.createTransport({ host: 'a' });`],
  [
    'nodemailer with unknown options',
    `import nodemailer from 'nodemailer'; import { options } from './mail'; nodemailer.createTransport(options);`,
  ],
  ['insecure grpc', `import { Client, credentials } from '@grpc/grpc-js'; new Client('a', credentials.createInsecure());`],
  ['knex as a query builder', `import knex from 'knex'; knex({ client: 'pg' });`],
  ['a command', `import { GetObjectCommand } from '@aws-sdk/client-s3'; new GetObjectCommand({ Bucket: 'a', Key: 'b' });`],
  [
    'self-referring type',
    `import type { Kafka } from 'kafkajs'; type A = B; type B = A; export function f(a: A) { return (a as any).producer(); }`,
  ],
  ['self-referring value', `import { Pool } from 'pg'; const a: any = b; var b: any = a; new a.Pool();`],
  ['re-export', `export { Pool } from 'pg';`],
];

describe('creation sites', () => {
  it.each(OURS.map(([title, code, expected]) => [title, code, expected ?? POOL] as const))('%s', (_, code, expected) => {
    expect(sites(code).filter((site) => !site.endsWith(':wrapper'))).toEqual(expected);
  });

  it.each(NOT_OURS)('nothing: %s', (_, code) => {
    expect(sites(code).filter((site) => !site.endsWith(':wrapper'))).toEqual([]);
  });

  it("knows the user's own wrappers", () => {
    const settings: PoolSettings = {
      libraries: [{ name: 'our db', modules: ['@acme/db', '*/lib/db.js'], creators: [{ api: 'connect', close: ['stop'] }] }],
    };
    expect(sites(`import { connect } from '@acme/db'; connect();`, { settings })).toEqual(['our db:pool']);
    expect(sites(`import { connect } from '../lib/db.js'; connect();`, { settings })).toEqual(['our db:pool']);
    expect(sites(`import { connect } from '../lib/other.js'; connect();`, { settings })).toEqual([]);
  });
});
