/** What is reported and what is not (`cases/no-unreleased-connection.txt`), and the sentences. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../support/lint.js';
import { readMarkedCases } from '../support/marked-cases.js';

const RULE = 'no-unreleased-connection';
const CASES = readMarkedCases(path.join(import.meta.dirname, `cases/${RULE}.txt`));

describe(RULE, () => {
  it.each(CASES.map((item) => [item.title, item] as const))('%s', (_, { code, filename, reports }) => {
    const messages = lint(code, { filename, rules: [RULE] });
    expect(messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`)).toEqual(reports);
  });

  it('has many cases with a report and many without', () => {
    const silent = CASES.filter(({ reports }) => reports.length === 0);
    expect(silent.length).toBeGreaterThanOrEqual(120);
    expect(CASES.length - silent.length).toBeGreaterThanOrEqual(60);
  });
});

const PG = `import { Pool } from 'pg';\nconst pool = new Pool();\n`;
const RELEASE = 'Call `release()` in a `finally`.';
const WAITS = 'once all are taken, every further call waits.';
const ONE_LESS = 'each time, the pool has one less.';

/** `f` of a file that has a pool of pg: its body begins on line 4. */
const withPool = (body: string): string => `${PG}export async function f(a) {\n${body}\n}\n`;

describe('the sentences', () => {
  it.each([
    [
      'never',
      withPool('const client = await pool.connect();\nreturn client.query(a);'),
      `\`pool.connect()\` takes a connection that is never given back: ${WAITS} ${RELEASE}`,
    ],
    [
      'never, given back to the pool',
      `import { createPool } from 'generic-pool';\nconst pool = createPool({});\nexport async function f() {\nconst thing = await pool.acquire();\nreturn thing.work();\n}\n`,
      `\`pool.acquire()\` takes a connection that is never given back: ${WAITS} Call \`pool.release(…)\` in a \`finally\`.`,
    ],
    [
      'never, a session',
      `import mongoose from 'mongoose';\nexport async function f() {\nconst session = await mongoose.startSession();\nawait session.withTransaction(() => {});\n}\n`,
      '`mongoose.startSession()` takes a session that is never given back: it stays open until it times out. Call `endSession()` in a `finally`.',
    ],
    [
      'somePaths',
      withPool('const client = await pool.connect();\nif (a) return null;\nclient.release();'),
      `The connection from \`pool.connect()\` is not given back when line 5 returns: ${ONE_LESS} ${RELEASE}`,
    ],
    [
      'somePaths, several of several kinds',
      withPool(
        'const client = await pool.connect();\nif (a === 1) return 1;\nif (a === 2) return 2;\nif (a === 3) return 3;\nif (a === 4) return 4;\nif (a === 5) throw a;\nif (a === 6) client.release();',
      ),
      `The connection from \`pool.connect()\` is not given back when line 5, 6, 7 or others returns, or when line 9 throws, or when the function ends: ${ONE_LESS} ${RELEASE}`,
    ],
    [
      'unlessThrows',
      withPool('const client = await pool.connect();\nawait client.query(a);\nclient.release();'),
      `The connection from \`pool.connect()\` is not given back when line 5 throws: ${ONE_LESS} ${RELEASE}`,
    ],
    [
      'event',
      withPool('const client = await pool.connect();\nconst rows = client.query(a);\nrows.on("end", () => client.release());'),
      'The connection from `pool.connect()` is given back only on the event listened to in line 6, which does not come when the stream fails: listen to `close`, or to `error` as well.',
    ],
    [
      'overwritten',
      withPool('let client = await pool.connect();\nclient = a;\nclient.release();'),
      `The connection from \`pool.connect()\` is lost when line 5 overwrites it before it is given back: ${ONE_LESS} ${RELEASE}`,
    ],
    [
      'neverClosed',
      `import { Client } from 'pg';\nexport async function f() {\nconst client = new Client();\nawait client.connect();\nreturn client.query('x');\n}\n`,
      '`client.connect()` opens a connection that is never closed. Call `end()` in a `finally`.',
    ],
    [
      'notClosed',
      `import mysql from 'mysql2/promise';\nexport async function f(a) {\nconst connection = await mysql.createConnection({});\nif (a) return null;\nawait connection.end();\n}\n`,
      'The connection that `mysql.createConnection()` opens is not closed when line 4 returns. Call `end()` in a `finally`.',
    ],
    [
      'openTransaction, on a connection',
      withPool(
        'const client = await pool.connect();\ntry {\nawait client.query("BEGIN");\nawait client.query(a);\nawait client.query("COMMIT");\n} finally { client.release(); }',
      ),
      'The transaction that `client.query()` begins is neither committed nor rolled back when line 7 throws: the next user of the connection finds itself in it. Roll it back in a `catch`.',
    ],
    [
      'openTransaction, with a connection of its own',
      `import knex from 'knex';\nconst db = knex({});\nexport async function f(a) {\nconst trx = await db.transaction();\nif (a) return;\nawait trx.commit();\n}\n`,
      'The transaction that `db.transaction()` begins is neither committed nor rolled back when line 5 returns: its connection stays taken, and its locks. Roll it back in a `catch`.',
    ],
    [
      'openTransactionAlways',
      `import knex from 'knex';\nconst db = knex({});\nexport async function f(a) {\nconst trx = await db.transaction();\nawait trx('a').insert(a);\n}\n`,
      'The transaction that `db.transaction()` begins is neither committed nor rolled back: its connection stays taken, and its locks.',
    ],
    [
      'disposeKeeps',
      `import { Kysely } from 'kysely';\nconst db = new Kysely({});\nexport async function f() {\nawait using trx = await db.startTransaction().execute();\nawait trx.deleteFrom('a').execute();\n}\n`,
      '`await using` does not give back the transaction from `db.startTransaction().execute()`: its dispose symbol leaves it taken. Commit it, and roll it back in a `catch`.',
    ],
    [
      'disposeCommits',
      `import { DataSource } from 'typeorm';\nconst source = new DataSource({});\nexport async function f() {\nawait using runner = source.createQueryRunner();\nawait runner.startTransaction();\nawait runner.query('x');\nawait runner.commitTransaction();\n}\n`,
      'When line 6 throws, `await using` commits the transaction that `runner.startTransaction()` begins, half done as it is. Roll it back in a `catch`.',
    ],
  ])('%s', (title, code, message) => {
    const found = lint(code, { rules: [RULE] });
    expect(found.map((one) => one.message)).toEqual([message]);
    expect(title).toMatch(new RegExp(`^${found[0]?.messageId ?? ''}\\b`, 'u'));
  });
});

describe('`await using`', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'await-using-'));
    for (const [folder, typescript] of [
      ['new', '^5.2.0'],
      ['newest', '~6.0.3'],
      ['old', '~5.1.6'],
    ] as const) {
      mkdirSync(path.join(root, folder));
      writeFileSync(path.join(root, folder, 'package.json'), JSON.stringify({ devDependencies: { typescript } }));
    }
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  /** The code after the suggestion, or null where there is none. */
  function suggested(code: string, filename = 'new/file.ts'): string | null {
    // `lint` puts a project in front of the name.
    const [message] = lint(code, { rules: [RULE], filename: `..${root}/${filename}` });
    const found = message?.suggestions?.find(({ messageId }) => messageId === 'awaitUsing');
    if (!found) return null;
    const { range, text } = found.fix;
    return code.slice(0, range[0]) + text + code.slice(range[1]);
  }

  const MYSQL = `import mysql from 'mysql2/promise';\nconst pool = mysql.createPool({});\nexport async function f(a) {\n`;
  const LEAK = `${MYSQL}  const connection = await pool.getConnection();\n  const [rows] = await connection.query(a);\n  return rows;\n}\n`;

  it('declares with it what nobody gives back', () => {
    expect(suggested(LEAK)).toBe(LEAK.replace('const connection', 'await using connection'));
    expect(suggested(LEAK, 'newest/file.mts')).not.toBeNull();
  });

  it('takes the release out', () => {
    const code = LEAK.replace('  return rows;', '  connection.release();\n  return rows;');
    const output = suggested(code);
    expect(output).toBe(LEAK.replace('const connection', 'await using connection'));
    expect(lint(output ?? '', { rules: [RULE] })).toEqual([]);
  });

  it('waits for what is returned', () => {
    const code = `${MYSQL}  const connection = await pool.getConnection();\n  return connection.query(a);\n}\n`;
    expect(suggested(code)).toBe(
      code.replace('const connection', 'await using connection').replace('return connection', 'return await connection'),
    );
  });

  it.each([
    ['the project has an older TypeScript', LEAK, 'old/file.ts'],
    ['the file is JavaScript', LEAK, 'new/file.js'],
    [
      'the library has no dispose symbol',
      withPool('  const client = await pool.connect();\n  await client.query(a);'),
      'new/file.ts',
    ],
    [
      'disposing commits',
      `import { DataSource } from 'typeorm';\nconst source = new DataSource({});\nexport async function f(a) {\n  const runner = source.createQueryRunner();\n  await runner.query(a);\n}\n`,
      'new/file.ts',
    ],
    [
      'a `finally` would stay behind empty',
      `${MYSQL}  const connection = await pool.getConnection();\n  await a();\n  try {\n    await connection.query(a);\n  } finally {\n    connection.release();\n  }\n}\n`,
      'new/file.ts',
    ],
    ['the variable gets another value', LEAK.replace('const connection', 'let connection'), 'new/file.ts'],
  ])('is not suggested where %s', (_, code, filename) => {
    expect(lint(code, { rules: [RULE], filename: `..${root}/${filename}` })).toHaveLength(1);
    expect(suggested(code, filename)).toBeNull();
  });
});
