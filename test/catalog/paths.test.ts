/** From a call to the entry that describes it: the paths that are easy to get wrong, resolved in real code. */
import { describe, expect, it } from 'vitest';
import { unwrapAwait } from '../../src/ast/nodes.js';
import { CALL, matchesModule, matchesPath, NEW, plainModule, type Step } from '../../src/catalog/api-path.js';
import type { ApiPath, ArgumentCondition, LibraryDescriptor } from '../../src/catalog/descriptor.js';
import { conditionHolds } from '../../src/resolve/conditions.js';
import { originsOf } from '../../src/resolve/origin.js';
import { callOf, inspect } from '../support/inspect.js';

interface Entry {
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  readonly when?: readonly ArgumentCondition[];
  readonly unless?: readonly ArgumentCondition[];
}

/** The entries of one kind that describe the call in `HERE(call)`. */
function entriesAt<T extends Entry>(
  code: string,
  kind: (library: LibraryDescriptor) => readonly T[] | undefined,
): readonly T[] {
  return inspect(code, (file) => {
    const [argument] = callOf(file, 'HERE').arguments;
    const call = argument && unwrapAwait(argument);
    if (call?.type !== 'CallExpression') throw new Error('HERE(call) expected');
    const origin = originsOf(file).of(call.callee);
    if (!origin) return [];
    return file.settings.catalog
      .librariesOf(origin.module)
      .flatMap((library) => kind(library) ?? [])
      .filter(({ modules }) => !modules || modules.some((name) => matchesModule(plainModule(name), origin.module)))
      .filter(({ api }) => matchesPath(api, origin.steps))
      .filter(({ when }) => !when || when.some((condition) => conditionHolds(file, call, condition)))
      .filter(({ unless }) => !unless?.some((condition) => conditionHolds(file, call, condition)));
  });
}

// Title, code, and the members that give back.
const CHECKOUTS: readonly (readonly [title: string, code: string, release: readonly string[] | null])[] = [
  ['pg', `import { Pool } from 'pg'; const p = new Pool(); HERE(p.connect());`, ['release']],
  ['pg by its default export', `import pg from 'pg'; const p = new pg.Pool(); HERE(await p.connect());`, ['release']],
  ['pg, native', `import pg from 'pg'; const p = new pg.native.Pool(); HERE(p.connect());`, ['release']],
  ['pg-pool', `import Pool from 'pg-pool'; HERE(new Pool().connect());`, ['release']],
  ['pg, annotated', `import { Pool } from 'pg'; function f(pool: Pool) { HERE(pool.connect()); }`, ['release']],
  ['a connection of its own is none', `import { Client } from 'pg'; const c = new Client(); HERE(c.connect());`, null],
  ['a statement of the pool is none', `import { Pool } from 'pg'; const p = new Pool(); HERE(p.query(''));`, null],
  ['pg, plain query', `import { Pool } from 'pg'; const c = await new Pool().connect(); HERE(c.query('select 1'));`, null],
  [
    'pg-promise',
    `import pgPromise from 'pg-promise'; const pgp = pgPromise(); const db = pgp(''); HERE(db.connect());`,
    ['done'],
  ],
  ['pg-promise, on the spot', `const db = require('pg-promise')()(''); HERE(db.connect());`, ['done']],
  ['postgres.js', `import postgres from 'postgres'; const sql = postgres(); HERE(await sql.reserve());`, ['release']],
  [
    'postgres.js, annotated',
    `import postgres from 'postgres'; function f(sql: postgres.Sql) { HERE(sql.reserve()); }`,
    ['release'],
  ],
  [
    'mysql2, promise',
    `import { createPool } from 'mysql2/promise'; const p = createPool({}); HERE(p.getConnection());`,
    ['release', 'destroy', 'end', 'pool.releaseConnection'],
  ],
  [
    'mysql2, promise of a callback pool',
    `import mysql from 'mysql2'; const p = mysql.createPool({}).promise(); HERE(p.getConnection());`,
    ['release', 'destroy', 'end', 'pool.releaseConnection'],
  ],
  [
    'mysql2, annotated with a type only',
    `import type { Pool } from 'mysql2/promise'; class A { constructor(private pool: Pool) {} f() { HERE(this.pool.getConnection()); } }`,
    ['release', 'destroy', 'end', 'pool.releaseConnection'],
  ],
  [
    'mysql, cluster',
    `const c = require('mysql').createPoolCluster(); HERE(c.of('*').getConnection(() => {}));`,
    ['release', 'destroy', 'end'],
  ],
  [
    'mariadb',
    `import * as mariadb from 'mariadb'; const p = mariadb.createPool({}); HERE(p.getConnection());`,
    ['release', 'end', 'close', 'destroy'],
  ],
  [
    'oracledb, default pool',
    `import oracledb from 'oracledb'; HERE(await oracledb.getConnection('main'));`,
    ['close', 'release'],
  ],
  [
    'oracledb, a connection of its own',
    `import oracledb from 'oracledb'; HERE(await oracledb.getConnection({ user: 'a', connectString: 'b' }));`,
    null,
  ],
  [
    'generic-pool',
    `import { createPool } from 'generic-pool'; const p = createPool({}); HERE(p.acquire());`,
    ['pool.release', 'pool.destroy'],
  ],
  ['tarn', `import { Pool } from 'tarn'; const p = new Pool({}); HERE(p.acquire());`, ['pool.release']],
  ['knex', `import knex from 'knex'; const db = knex({}); HERE(await db.transaction());`, ['commit', 'rollback']],
  ['knex, named', `import { knex } from 'knex'; HERE(await knex({}).transaction());`, ['commit', 'rollback']],
  [
    'knex, annotated',
    `import type { Knex } from 'knex'; async function f(db: Knex) { HERE(await db.transaction()); }`,
    ['commit', 'rollback'],
  ],
  [
    'knex, provider',
    `import knex from 'knex'; const provider = knex({}).transactionProvider(); HERE(await provider());`,
    ['commit', 'rollback'],
  ],
  ['knex, the provider itself', `import knex from 'knex'; HERE(knex({}).transactionProvider());`, null],
  [
    'sequelize',
    `import { Sequelize } from 'sequelize'; const s = new Sequelize(''); HERE(await s.transaction());`,
    ['commit', 'rollback'],
  ],
  ['typeorm', `import { DataSource } from 'typeorm'; const d = new DataSource({}); HERE(d.createQueryRunner());`, ['release']],
  [
    'typeorm, through the manager',
    `import { EntityManager } from 'typeorm'; function f(m: EntityManager) { HERE(m.connection.createQueryRunner()); }`,
    ['release'],
  ],
  [
    'mikro-orm, a fork',
    `import { MikroORM } from '@mikro-orm/postgresql'; const orm = await MikroORM.init({}); const em = orm.em.fork(); HERE(await em.begin());`,
    ['commit', 'rollback'],
  ],
  [
    'mikro-orm, annotated',
    `import { EntityManager } from '@mikro-orm/core'; async function f(em: EntityManager) { HERE(await em.begin()); }`,
    ['commit', 'rollback'],
  ],
  [
    'kysely',
    `import { Kysely } from 'kysely'; const db = new Kysely({}); HERE(await db.startTransaction().execute());`,
    ['commit().execute', 'rollback().execute'],
  ],
  [
    'kysely, with an isolation level',
    `import { Kysely } from 'kysely'; const db = new Kysely({}); HERE(await db.startTransaction().setIsolationLevel('serializable').execute());`,
    ['commit().execute', 'rollback().execute'],
  ],
  ['kysely, managed', `import { Kysely } from 'kysely'; const db = new Kysely({}); HERE(db.transaction().execute(f));`, null],
  [
    'mongodb session',
    `import { MongoClient } from 'mongodb'; const c = await new MongoClient('').connect(); HERE(c.startSession());`,
    ['endSession'],
  ],
  [
    'mongodb cursor',
    `import { MongoClient } from 'mongodb'; const c = new MongoClient(''); HERE(c.db().collection('a').find());`,
    ['close', 'toArray', 'forEach', 'stream'],
  ],
  [
    'mongodb, one document',
    `import { MongoClient } from 'mongodb'; HERE(new MongoClient('').db().collection('a').findOne());`,
    null,
  ],
  ['mongoose', `import mongoose from 'mongoose'; HERE(await mongoose.startSession());`, ['endSession']],
  [
    'mongoose, its connection',
    `import mongoose from 'mongoose'; HERE(await mongoose.connection.startSession());`,
    ['endSession'],
  ],
  [
    'mssql',
    `import sql from 'mssql'; const p = await sql.connect(''); const t = new sql.Transaction(p); HERE(await t.begin());`,
    ['commit', 'rollback'],
  ],
  [
    'objection, a model of the project',
    `import { Model } from 'objection'; class Person extends Model {} HERE(await Person.startTransaction());`,
    ['commit', 'rollback'],
  ],
  ['neo4j', `import neo4j from 'neo4j-driver'; const d = neo4j.driver(''); HERE(d.session());`, ['close']],
  ['neon', `import { Pool } from '@neondatabase/serverless'; HERE(await new Pool().connect());`, ['release']],
  ['vercel-postgres', `import { db } from '@vercel/postgres'; HERE(await db.connect());`, ['release']],
  [
    'duckdb',
    `import { DuckDBInstance } from '@duckdb/node-api'; const i = await DuckDBInstance.create(); HERE(await i.connect());`,
    ['closeSync', 'disconnectSync'],
  ],
  ['node-redis pool', `import { createClientPool } from 'redis'; HERE(createClientPool().execute(f));`, null],
  ['slonik', `import { createPool } from 'slonik'; HERE((await createPool('')).connect(f));`, null],
  ['a class of the project', `class Pool { connect() {} } HERE(new Pool().connect());`, null],
];

// Title, code, and `unread body` of the response; null where there is nothing to read.
const RESPONSES: readonly (readonly [title: string, code: string, expected: string | null])[] = [
  ['fetch', `HERE(await fetch('http://a'));`, 'holds-socket-when-large body'],
  ['fetch, as a property', `HERE(globalThis.fetch('http://a'));`, 'holds-socket-when-large body'],
  ['fetch, HEAD', `HERE(await fetch('http://a', { method: 'HEAD' }));`, null],
  ['fetch of the project', `import { fetch } from './fetch'; HERE(fetch('http://a'));`, null],
  ['undici request', `import { request } from 'undici'; HERE(await request('http://a'));`, 'holds-socket-when-large body'],
  ['undici, default export', `import undici from 'undici'; HERE(undici.request('http://a'));`, 'holds-socket-when-large body'],
  ['undici pool', `import { Pool } from 'undici'; HERE(new Pool('').request({}));`, 'holds-socket-when-large body'],
  ['undici pool, HEAD', `import { Pool } from 'undici'; HERE(new Pool('').request({ method: 'HEAD' }));`, null],
  [
    'undici, dispatcher as a parameter',
    `import type { Dispatcher } from 'undici'; function f(d: Dispatcher) { HERE(d.request({})); }`,
    'holds-socket-when-large body',
  ],
  ['undici stream', `import { stream } from 'undici'; HERE(stream('http://a', {}, f));`, null],
  ['undici pipeline', `import { pipeline } from 'undici'; HERE(pipeline('http://a', {}, f));`, 'holds-socket-when-large '],
  ['http.get', `import http from 'node:http'; HERE(http.get('http://a', f));`, 'holds-socket '],
  ['https.request', `const { request } = require('https'); HERE(request('https://a', f));`, 'holds-socket '],
  ['http2 is described elsewhere', `import http2 from 'node:http2'; HERE(http2.connect('https://a'));`, null],
  ['node-fetch', `import fetch from 'node-fetch'; HERE(await fetch('http://a'));`, 'holds-socket-when-large body'],
  ['axios, read by axios', `import axios from 'axios'; HERE(axios.get('http://a'));`, null],
  ['axios stream', `import axios from 'axios'; HERE(axios.get('http://a', { responseType: 'stream' }));`, 'holds-socket data'],
  [
    'axios stream, post',
    `import axios from 'axios'; HERE(axios.post('http://a', {}, { responseType: 'stream' }));`,
    'holds-socket data',
  ],
  [
    'axios stream, body like options',
    `import axios from 'axios'; HERE(axios.post('http://a', { responseType: 'stream' }));`,
    null,
  ],
  ['axios called, one argument', `import axios from 'axios'; HERE(axios({ responseType: 'stream' }));`, 'holds-socket data'],
  [
    'axios called, address first',
    `import axios from 'axios'; HERE(axios('http://a', { responseType: 'stream' }));`,
    'holds-socket data',
  ],
  [
    'axios instance',
    `import axios from 'axios'; const api = axios.create({}); const o = { responseType: 'stream' } as const; HERE(api.request(o));`,
    'holds-socket data',
  ],
  ['got', `import got from 'got'; HERE(got('http://a'));`, null],
  ['got stream', `import got from 'got'; HERE(got.stream('http://a'));`, 'holds-socket '],
  ['got stream, post', `import { got } from 'got'; HERE(got.stream.post('http://a'));`, 'holds-socket '],
  ['got stream by option', `import got from 'got'; HERE(got('http://a', { isStream: true }));`, 'holds-socket '],
  ['got extended', `import got from 'got'; const api = got.extend({}); HERE(api.stream('http://a'));`, 'holds-socket '],
  ['ky', `import ky from 'ky'; HERE(await ky('http://a'));`, 'holds-socket-when-large body'],
  [
    'ky instance',
    `import ky from 'ky'; const api = ky.create({}); HERE(await api.get('http://a'));`,
    'holds-socket-when-large body',
  ],
  ['ky, HEAD', `import ky from 'ky'; HERE(await ky.head('http://a'));`, null],
  ['ofetch', `import { ofetch } from 'ofetch'; HERE(await ofetch('http://a'));`, null],
  ['ofetch.raw', `import { ofetch } from 'ofetch'; HERE(await ofetch.raw('http://a'));`, null],
  [
    'ofetch stream',
    `import { ofetch } from 'ofetch'; HERE(await ofetch('http://a', { responseType: 'stream' }));`,
    'holds-socket-when-large ',
  ],
  ['wretch', `import wretch from 'wretch'; HERE(await wretch('http://a').get().res());`, 'holds-socket-when-large body'],
  [
    'wretch, chained',
    `import wretch from 'wretch'; HERE(await wretch('http://a').auth('').get().res());`,
    'holds-socket-when-large body',
  ],
  ['wretch, json', `import wretch from 'wretch'; HERE(await wretch('http://a').get().json());`, null],
  ['needle', `import needle from 'needle'; HERE(needle.get('http://a'));`, 'holds-socket-when-large '],
  ['needle, promise', `import needle from 'needle'; HERE(needle('get', 'http://a'));`, null],
  [
    'gaxios stream',
    `import { request } from 'gaxios'; HERE(request({ responseType: 'stream' }));`,
    'holds-socket-when-large data',
  ],
  [
    'S3 GetObject',
    `import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'; const s3 = new S3Client({}); HERE(await s3.send(new GetObjectCommand({})));`,
    'holds-socket Body',
  ],
  [
    'S3 GetObject, command in a constant',
    `import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'; const command = new GetObjectCommand({}); HERE(await new S3Client({}).send(command));`,
    'holds-socket Body',
  ],
  ['S3 getObject', `import { S3 } from '@aws-sdk/client-s3'; HERE(await new S3({}).getObject({}));`, 'holds-socket Body'],
  [
    'S3 PutObject',
    `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'; HERE(await new S3Client({}).send(new PutObjectCommand({})));`,
    null,
  ],
  [
    'EBS',
    `import { EBSClient, GetSnapshotBlockCommand } from '@aws-sdk/client-ebs'; HERE(await new EBSClient({}).send(new GetSnapshotBlockCommand({})));`,
    'holds-socket BlockData',
  ],
  [
    'Azure blob',
    `import { BlobServiceClient } from '@azure/storage-blob'; const s = BlobServiceClient.fromConnectionString(''); HERE(await s.getContainerClient('a').getBlockBlobClient('b').download());`,
    'holds-socket-when-large readableStreamBody',
  ],
  [
    'Google Cloud Storage',
    `import { Storage } from '@google-cloud/storage'; HERE(new Storage().bucket('a').file('b').createReadStream());`,
    'frees-itself ',
  ],
  ['ClickHouse', `import { createClient } from '@clickhouse/client'; HERE(await createClient({}).query({}));`, 'holds-socket '],
  ['ClickHouse command', `import { createClient } from '@clickhouse/client'; HERE(await createClient({}).command({}));`, null],
  [
    'OpenAI, streamed',
    `import OpenAI from 'openai'; HERE(await new OpenAI().chat.completions.create({ stream: true }));`,
    'holds-socket-when-large ',
  ],
  ['OpenAI', `import OpenAI from 'openai'; HERE(await new OpenAI().chat.completions.create({}));`, null],
  [
    'Anthropic, as a response',
    `import Anthropic from '@anthropic-ai/sdk'; HERE(await new Anthropic().messages.create({}).asResponse());`,
    'holds-socket-when-large body',
  ],
];

// Title, code, how often it is described: as managed and as shortcut.
const OTHERS: readonly (readonly [title: string, code: string, managed: number, shortcuts: number])[] = [
  ['pg statement', `import { Pool } from 'pg'; HERE(new Pool().query('BEGIN'));`, 0, 1],
  ['pg statement of a client', `import { Client } from 'pg'; HERE(new Client().query('BEGIN'));`, 0, 0],
  ['pg-promise transaction', `import pgp from 'pg-promise'; HERE(pgp()('').tx('name', f));`, 1, 0],
  ['postgres.js transaction', `import postgres from 'postgres'; HERE(postgres().begin(f));`, 1, 0],
  ['mysql2 statement', `import { createPool } from 'mysql2/promise'; HERE(createPool({}).execute('BEGIN'));`, 0, 1],
  ['mysql2 statement, wrapped', `import { createPool } from 'mysql2'; HERE(createPool({}).promise().query('BEGIN'));`, 0, 1],
  ['knex transaction', `import knex from 'knex'; HERE(knex({}).transaction(f));`, 1, 0],
  ['knex statement', `import knex from 'knex'; const db = knex({}); HERE(db('users'));`, 0, 1],
  ['sequelize model', `import { Model } from 'sequelize'; class User extends Model {} HERE(User.findAll());`, 0, 1],
  ['typeorm transaction', `import { DataSource } from 'typeorm'; HERE(new DataSource({}).transaction(f));`, 1, 0],
  ['typeorm manager', `import { DataSource } from 'typeorm'; HERE(new DataSource({}).manager.save({}));`, 0, 1],
  [
    'typeorm repository',
    `import { DataSource } from 'typeorm'; const r = new DataSource({}).getRepository(User); HERE(r.findOneBy({}));`,
    0,
    1,
  ],
  ['prisma transaction', `import { PrismaClient } from '@prisma/client'; HERE(new PrismaClient().$transaction(f));`, 1, 0],
  ['prisma model', `import { PrismaClient } from '@prisma/client'; HERE(new PrismaClient().user.findMany());`, 0, 1],
  ['drizzle transaction', `import { drizzle } from 'drizzle-orm/node-postgres'; HERE(drizzle('').transaction(f));`, 1, 0],
  ['drizzle query', `import { drizzle } from 'drizzle-orm/node-postgres'; HERE(drizzle('').query.users.findMany());`, 0, 1],
  ['mongodb session', `import { MongoClient } from 'mongodb'; HERE(new MongoClient('').withSession(f));`, 1, 0],
  ['slonik', `import { createPool } from 'slonik'; const pool = await createPool(''); HERE(pool.one(q));`, 0, 1],
];

describe('checkouts', () => {
  it.each(CHECKOUTS)('%s', (_, code, release) => {
    const found = entriesAt(code, ({ checkouts }) => checkouts);
    expect(found.map((checkout) => checkout.release)).toEqual(release === null ? [] : [release]);
  });
});

describe('cursors of pg', () => {
  it.each([
    ['pg-cursor', ['close']],
    ['pg-query-stream', ['destroy', 'pipe', 'resume', 'on:data', 'toArray', 'forEach']],
  ])('%s', (module, release) => {
    const code = `import { Pool } from 'pg'; import Rows from '${module}'; const p = new Pool(); const c = await p.connect(); HERE(c.query(new Rows('')));`;
    expect(entriesAt(code, ({ checkouts }) => checkouts).map((checkout) => checkout.release)).toContainEqual(release);
  });
});

describe('responses', () => {
  it.each(RESPONSES)('%s', (_, code, expected) => {
    const found = entriesAt(code, ({ responses }) => responses);
    expect(found.map(({ unread, body }) => `${unread} ${body}`)).toEqual(expected === null ? [] : [expected]);
  });
});

describe('managed checkouts and shortcuts', () => {
  it.each(OTHERS)('%s', (_, code, managed, shortcuts) => {
    expect(entriesAt(code, (library) => library.managed)).toHaveLength(managed);
    expect(entriesAt(code, (library) => library.shortcuts)).toHaveLength(shortcuts);
  });
});

describe('paths', () => {
  const ROWS: readonly (readonly [api: ApiPath, steps: readonly Step[], matches: boolean])[] = [
    ['default', [], true],
    ['default()', [CALL], true],
    ['{default,create()}.get', ['get'], true],
    ['{default,create()}.get', ['create', CALL, 'get'], true],
    ['{default,create()}.get', ['create', 'get'], false],
    ['{createPool(),new Pool()}.getConnection', ['Pool', NEW, 'getConnection'], true],
    ['{createPool(),new Pool()}.getConnection', ['Pool', CALL, 'getConnection'], false],
    ['{new Pool(),new native.Pool()}.connect', ['native', 'Pool', NEW, 'connect'], true],
    ['new {Agent,Pool}().compose().request', ['Agent', NEW, 'compose', CALL, 'request'], true],
    ['new *().send', ['S3Client', NEW, 'send'], true],
    ['new *().send', ['S3Client', CALL, 'send'], false],
    ['new PrismaClient().*.{findMany,count}', ['PrismaClient', NEW, 'user', 'count'], true],
    ['new PrismaClient().*.{findMany,count}', ['PrismaClient', NEW, 'user', CALL, 'count'], false],
    ['{default(),default().*()}.{get,post}().res', [CALL, 'auth', CALL, 'post', CALL, 'res'], true],
  ];

  it.each(ROWS)('%s %j: %s', (api, steps, matches) => {
    expect(matchesPath(api, steps)).toBe(matches);
  });
});
