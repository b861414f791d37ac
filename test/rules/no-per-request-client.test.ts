/** What the rule says: the sentence, the place, and the titles of its suggestions. */
import { describe, expect, it } from 'vitest';
import { lint } from '../support/lint.js';

const EXPRESS = `import express from 'express'; const app = express();`;
const TELL = 'Create it once at module scope.';

interface Row {
  readonly title: string;
  readonly code: string;
  readonly message: string;
  /** Title of the suggestion, `fix` for a fix that is safe, null for neither. */
  readonly repair: string | null;
  readonly filename?: string;
}

const ROWS: readonly Row[] = [
  {
    title: 'a pool per request',
    code: `import { Pool } from 'pg'; ${EXPRESS} app.get('/', async (req, res) => { res.json(await new Pool().query('x')); });`,
    message: `\`new Pool()\` runs for every request (\`app.get\` handler): each opens up to 10 connections of its own. ${TELL}`,
    repair: 'fix',
  },
  {
    title: 'a pool with a limit of its own',
    code: `import { Pool } from 'pg'; ${EXPRESS} app.get('/', async (req, res) => { res.json(await new Pool({ max: 3 }).query('x')); });`,
    message: `\`new Pool()\` runs for every request (\`app.get\` handler): each opens up to 3 connections of its own. ${TELL}`,
    repair: 'fix',
  },
  {
    title: 'a pool of one',
    code: `import { Pool } from 'pg'; const options = { max: 1 }; export const handler = async (event) => new Pool(options).query('x');`,
    message: `\`new Pool()\` runs for every invocation (Lambda handler): each opens a connection of its own. ${TELL}`,
    repair: 'fix',
    filename: 'src/file.js',
  },
  {
    title: 'a limit that is nested',
    code: `const knex = require('knex'); setInterval(async function () { const db = knex({ client: 'pg', connection: 'postgres://x', pool: { min: 0, max: 4 } }); await db.raw('x'); }, 1000);`,
    message: `\`knex()\` runs for every tick (\`setInterval\` tick): each opens up to 4 connections of its own. ${TELL}`,
    repair: 'fix',
    filename: 'src/file.js',
  },
  {
    title: 'a limit that is no literal',
    code: `import { createPool } from 'mysql2/promise'; ${EXPRESS} app.get('/', async (req, res) => { res.json(await createPool({ connectionLimit: Number(process.env.MAX) }).query('x')); });`,
    message: `\`createPool()\` runs for every request (\`app.get\` handler): each opens up to 10 connections of its own. ${TELL}`,
    repair: 'fix',
  },
  {
    title: 'a client per job',
    code: `import { Worker } from 'bullmq'; import { Pool } from 'pg'; new Worker('mail', async (job) => { await new Pool({ max: 2 }).query('x'); });`,
    message: `\`new Pool()\` runs for every job (\`new Worker\` processor): each opens up to 2 connections of its own. ${TELL}`,
    repair: 'fix',
  },
  {
    title: 'a timer that is set again',
    code: `import { Pool } from 'pg'; async function poll() { await new Pool({ max: 2 }).query('x'); setTimeout(poll, 1000); } void poll();`,
    message: `\`new Pool()\` runs for every tick (\`setTimeout\` tick): each opens up to 2 connections of its own. ${TELL}`,
    repair: 'Create it once at module scope (the function also runs at start-up).',
  },
  {
    title: 'the default of a parameter',
    code: `import { Pool } from 'pg'; ${EXPRESS} const load = (id: string, db = new Pool({ max: 2 })) => db.query('x', [id]); app.get('/', async (req, res) => { res.json(await load('1')); });`,
    message: `\`new Pool()\` runs for every request (\`app.get\` handler → \`load()\`): each opens up to 2 connections of its own. ${TELL}`,
    repair: 'fix',
  },
  {
    title: 'an agent that keeps nothing alive',
    code: `import http from 'node:http'; ${EXPRESS} app.get('/', (req, res) => { http.get({ host: 'x', agent: new http.Agent() }, (answer) => answer.pipe(res)); });`,
    message: `\`new http.Agent()\` runs for every request (\`app.get\` handler): each keeps sockets of its own that no other request can reuse. ${TELL}`,
    repair: 'Create it once at module scope, with `keepAlive: true`.',
  },
  {
    title: 'an agent of a proxy that keeps nothing alive',
    code: `import { HttpsProxyAgent } from 'https-proxy-agent'; import https from 'node:https'; ${EXPRESS} app.get('/', (req, res) => { https.get({ host: 'x', agent: new HttpsProxyAgent('http://proxy') }, (answer) => answer.pipe(res)); });`,
    message: `\`new HttpsProxyAgent()\` runs for every request (\`app.get\` handler): each opens connections to the proxy that no other request can reuse. ${TELL}`,
    repair: 'Create it once at module scope, with `keepAlive: true`.',
  },
  {
    title: 'an agent that may keep something alive',
    code: `import { options } from './options.js'; import { Agent, get } from 'https'; ${EXPRESS} app.get('/', (req, res) => { get({ host: 'x', agent: new Agent(options) }, (answer) => answer.pipe(res)); });`,
    message: `\`new Agent()\` runs for every request (\`app.get\` handler): each keeps sockets of its own that no other request can reuse. ${TELL}`,
    repair: 'Create it once at module scope (it only saves connections if its options turn keep-alive on).',
  },
  {
    title: 'an agent that must not keep anything alive',
    code: `import { Agent, get } from 'https'; ${EXPRESS} app.get('/', (req, res) => { get({ host: 'x', agent: new Agent({ keepAlive: false }) }, (answer) => answer.pipe(res)); });`,
    message: `\`new Agent()\` runs for every request (\`app.get\` handler): each keeps sockets of its own that no other request can reuse. ${TELL}`,
    repair: null,
  },
  {
    title: 'a connection for queries',
    code: `import { Client } from 'pg'; ${EXPRESS} app.get('/', async (req, res) => { const client = new Client('postgres://x'); await client.connect(); res.json(await client.query('select 1')); await client.end(); });`,
    message:
      '`new Client()` runs for every request (`app.get` handler): each opens a connection of its own, with a handshake and a PostgreSQL backend process. Query a pool that is created once at module scope instead.',
    repair: 'Query a pool that is created once at module scope.',
  },
  {
    title: 'a connection for who knows what',
    code: `import { sql } from './sql.js'; import { Client } from 'pg'; ${EXPRESS} app.get('/', async (req, res) => { const client = new Client({ host: 'x' }); await client.connect(); res.json(await client.query(sql)); await client.end(); });`,
    message:
      '`new Client()` runs for every request (`app.get` handler): each opens a connection of its own, with a handshake and a PostgreSQL backend process. Query a pool that is created once at module scope instead.',
    repair: 'Query a pool that is created once at module scope (make sure that no statement belongs to a transaction).',
  },
  {
    title: 'a connection for a transaction',
    code: `import { Client } from 'pg'; ${EXPRESS} app.post('/', async (req, res) => { const client = new Client(); await client.connect(); await client.query('BEGIN'); await client.query('insert into x'); await client.query('COMMIT'); await client.end(); res.end(); });`,
    message:
      '`new Client()` runs for every request (`app.post` handler): each opens a connection of its own, with a handshake and a PostgreSQL backend process. Check a connection out of a pool that is created once at module scope instead, and give it back in a `finally`.',
    repair: null,
  },
  {
    title: 'a connection for a transaction by methods',
    code: `const mysql = require('mysql2/promise'); const { Worker } = require('bullmq'); new Worker('x', async function (job) { const connection = await mysql.createConnection({ host: 'x' }); await connection.beginTransaction(); await connection.query('insert into x'); await connection.commit(); await connection.end(); });`,
    message:
      '`mysql.createConnection()` runs for every job (`new Worker` processor): each opens a connection of its own, with a handshake. Check a connection out of a pool that is created once at module scope instead, and give it back in a `finally`.',
    repair: null,
    filename: 'src/file.js',
  },
  {
    title: 'a connection with settings of its own',
    code: `import { Client } from 'pg'; const SETTING = "SET statement_timeout = 1000"; ${EXPRESS} app.get('/', async (req, res) => { const client = new Client(); await client.connect(); await client.query(SETTING); res.json(await client.query({ text: 'select 1' })); await client.end(); });`,
    message:
      '`new Client()` runs for every request (`app.get` handler): each opens a connection of its own, with a handshake and a PostgreSQL backend process. Check a connection out of a pool that is created once at module scope instead, and give it back in a `finally`.',
    repair: null,
  },
  {
    title: 'configured from the job',
    code: `import { Worker } from 'bullmq'; import { Pool } from 'pg'; new Worker('mail', async (job) => { const pool = new Pool({ database: job.data.tenant, max: 2 }); await pool.query('x'); });`,
    message:
      '`new Pool()` is configured from the job (`new Worker` processor) and never closed: each opens up to 2 connections of its own, for every job. Keep one per key in a map that outlives the job, or close it.',
    repair: null,
  },
];

describe('no-per-request-client', () => {
  it.each(ROWS)('$title', ({ code, message, repair, filename }) => {
    const messages = lint(code, { rules: ['no-per-request-client'], ...(filename === undefined ? {} : { filename }) });
    expect(messages.map((found) => found.message)).toEqual([message]);
    const [found] = messages;
    const titles = (found?.suggestions ?? []).map(({ desc }) => desc);
    expect(found?.fix ? ['fix', ...titles] : titles).toEqual(repair === null ? [] : [repair]);
  });
});
