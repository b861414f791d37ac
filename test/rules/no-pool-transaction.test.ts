/** What is reported and what is not (`cases/no-pool-transaction.txt`), and the sentences. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sessionStatementIn } from '../../src/lifetime/session-statements.js';
import { lint } from '../support/lint.js';
import { readMarkedCases } from '../support/marked-cases.js';

const RULE = 'no-pool-transaction';
const CASES = readMarkedCases(path.join(import.meta.dirname, `cases/${RULE}.txt`));

describe(RULE, () => {
  it.each(CASES.map((item) => [item.title, item] as const))('%s', (_, { code, filename, reports }) => {
    const messages = lint(code, { filename, rules: [RULE] });
    expect(messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`)).toEqual(reports);
  });

  it('has many cases, half of them without a report', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(100);
    expect(CASES.filter(({ reports }) => reports.length === 0).length).toBeGreaterThanOrEqual(50);
  });
});

const send = (statement: string): string =>
  `import { Pool } from 'pg';\nconst pool = new Pool();\nexport const f = () => pool.query(${JSON.stringify(statement)});\n`;

describe('the sentences', () => {
  it.each([
    [
      'begin work',
      '`BEGIN WORK` through `pool.query()` begins a transaction on one connection of the pool; each later statement may run on another one, outside of it. Take one connection out for the whole transaction.',
    ],
    [
      'rollback to savepoint a',
      '`ROLLBACK` through `pool.query()` may run on another connection of the pool than the transaction it is meant for. Send it on the connection that the transaction runs on.',
    ],
    [
      'set search_path to tenant',
      '`SET search_path` through `pool.query()` holds for one connection of the pool; the statements it is meant for may run on another one, and whoever gets this one next finds it changed. Take one connection out for all of them.',
    ],
  ])('%s', (statement, message) => {
    expect(lint(send(statement), { rules: [RULE] }).map((found) => found.message)).toEqual([message]);
  });
});

describe('what a statement says to the session', () => {
  it.each([
    ['BEGIN', 'begin BEGIN'],
    ['begin;', 'begin BEGIN'],
    ['BEGIN TRAN', 'begin BEGIN TRAN'],
    ['begin transaction isolation level serializable, read only', 'begin BEGIN TRANSACTION'],
    ['BEGIN IMMEDIATE', 'begin BEGIN'],
    ['START   TRANSACTION\nREAD ONLY', 'begin START TRANSACTION'],
    ['/* a; b */ -- c\n BEGIN', 'begin BEGIN'],
    ['BEGIN; INSERT INTO a VALUES (1)', 'begin BEGIN'],
    ['COMMIT AND CHAIN', 'inside COMMIT'],
    ['ROLLBACK WORK', 'inside ROLLBACK'],
    ['END TRANSACTION', 'inside END'],
    ['ABORT', 'inside ABORT'],
    ['RELEASE SAVEPOINT a', 'inside RELEASE SAVEPOINT'],
    ['SAVE TRANSACTION a', 'inside SAVE TRANSACTION'],
    ['SET CONSTRAINTS ALL DEFERRED', 'inside SET CONSTRAINTS'],
    ['DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT 1', 'inside DECLARE'],
    ['SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY', 'setting SET SESSION'],
    ['set statement_timeout = 0', 'setting SET statement_timeout'],
    ['SET NAMES utf8mb4', 'setting SET NAMES'],
    ["SET TIME ZONE 'UTC'", 'setting SET TIME ZONE'],
    ["SET @@session.time_zone = '+00:00'", 'setting SET @@session.time_zone'],
    ['SET @a := 1', 'setting SET @a'],
    ['CREATE TEMPORARY TABLE a AS SELECT 1', 'setting CREATE TEMPORARY'],
    ['LOCK TABLES a READ', 'lock LOCK TABLES'],
    ['SELECT pg_try_advisory_lock($1)', 'lock pg_try_advisory_lock'],
    ["SELECT RELEASE_LOCK('a')", 'unlock RELEASE_LOCK'],
  ])('%s', (text, expected) => {
    const found = sessionStatementIn(text);
    expect(found && `${found.kind} ${found.words}`).toBe(expected);
  });

  it.each([
    'SELECT 1',
    'BEGIN; SELECT 1; COMMIT',
    'BEGIN TRY SELECT 1 END TRY',
    'BEGIN ATOMIC SELECT 1',
    'BEGIN INSERT INTO a VALUES (1) END',
    "COMMIT PREPARED 'a'",
    "ROLLBACK PREPARED 'a'",
    "PREPARE TRANSACTION 'a'",
    'DECLARE @a int',
    'SET GLOBAL a = 1',
    'SET PERSIST_ONLY a = 1',
    'SET @@GLOBAL.a = 1',
    'SET NOCOUNT ON SELECT 1',
    'UPDATE a SET b = 1',
    'USE INDEX (a) FOR b',
    'CREATE TABLE temporary (a int)',
    'SELECT pg_advisory_xact_lock(1)',
    'BEGINNING',
    '',
    '-- BEGIN',
  ])('nothing: %s', (text) => {
    expect(sessionStatementIn(text)).toBeNull();
  });
});
