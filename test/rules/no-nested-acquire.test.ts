/** What is reported and what is not (`cases/no-nested-acquire.txt`), and the sentences. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../support/lint.js';
import { readMarkedCases } from '../support/marked-cases.js';

const RULE = 'no-nested-acquire';
const CASES = readMarkedCases(path.join(import.meta.dirname, `cases/${RULE}.txt`));

describe(RULE, () => {
  it.each(CASES.map((item) => [item.title, item] as const))('%s', (_, { code, filename, reports }) => {
    const messages = lint(code, { filename, rules: [RULE] });
    expect(messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`)).toEqual(reports);
  });

  it('has many cases, half of them without a report', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(120);
    expect(CASES.filter(({ reports }) => reports.length === 0).length).toBeGreaterThanOrEqual(60);
  });
});

const PG = `import { Pool } from 'pg';
const pool = new Pool();
`;
const HELD = `export async function transfer() {
  const client = await pool.connect();
  try {
`;
const RELEASED = `  } finally {
    client.release();
  }
}
`;
const STUCK = 'when each connection is held by a request that waits for its second one, none of them goes on.';
const STUCK_TRANSACTION = STUCK.replace('a request', 'a transaction');

describe('the sentences', () => {
  it.each([
    [
      'a statement while a connection is held',
      `${PG}${HELD}    await pool.query('select 1');\n${RELEASED}`,
      `\`pool.query()\` takes a second connection of the pool while the one from line 4 is held: ${STUCK} Use \`client\`.`,
    ],
    [
      'a second checkout',
      `${PG}${HELD}    const other = await pool.connect();\n    other.release();\n${RELEASED}`,
      `\`pool.connect()\` takes a second connection of the pool while the one from line 4 is held: ${STUCK} Use \`client\` for both.`,
    ],
    [
      'a function that takes one',
      `${PG}async function log() {\n  await pool.query('insert');\n}\n${HELD}    await log();\n${RELEASED}`,
      `\`pool.query()\` takes a second connection of the pool when \`log()\` is called on line 9, while the one from line 7 is held: ${STUCK} Pass \`client\` to \`log()\`.`,
    ],
    [
      'several calls of it',
      `${PG}async function log() {\n  await pool.query('insert');\n}\n${HELD}    await log();\n    await log();\n    await log();\n    await log();\n${RELEASED}`,
      `\`pool.query()\` takes a second connection of the pool when \`log()\` is called on line 9, 10, 11 or others, while the one from line 7 is held: ${STUCK} Pass \`client\` to \`log()\`.`,
    ],
    [
      'a statement beside a transaction',
      `import knex from 'knex';\nconst db = knex({ client: 'pg', connection: 'postgres://db' });\nexport const f = () =>\n  db.transaction(async (trx) => {\n    await trx('a').insert({});\n    await db('b').insert({});\n  });\n`,
      `\`db()\` takes a connection of its own, outside of the transaction from line 4, whose writes it does not see: ${STUCK_TRANSACTION} Use \`trx\`.`,
    ],
    [
      'one in a function that the transaction calls',
      `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nconst log = () => prisma.audit.create({ data: {} });\nexport const f = () =>\n  prisma.$transaction(async (tx) => {\n    await tx.user.create({ data: {} });\n    await log();\n  });\n`,
      `\`prisma.audit.create()\` takes a connection of its own when \`log()\` is called on line 7, outside of the transaction from line 5, whose writes it does not see: ${STUCK_TRANSACTION} Pass \`tx\` to \`log()\`.`,
    ],
    [
      'a transaction that is passed as an option',
      `import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize('postgres://db');\nexport const f = () =>\n  sequelize.transaction(async (t) => {\n    await sequelize.query('select 1');\n  });\n`,
      `\`sequelize.query()\` takes a connection of its own, outside of the transaction from line 4, whose writes it does not see: ${STUCK_TRANSACTION} Pass \`{ transaction: t }\`.`,
    ],
    [
      'a transaction nobody has a name for',
      `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const f = () =>\n  prisma.$transaction(async () => {\n    await prisma.user.create({ data: {} });\n  });\n`,
      `\`prisma.user.create()\` takes a connection of its own, outside of the transaction from line 4, whose writes it does not see: ${STUCK_TRANSACTION}`,
    ],
  ])('%s', (_, code, message) => {
    expect(lint(code, { rules: [RULE] }).map((found) => found.message)).toEqual([message]);
  });

  it.each([
    ['useHeld', `db('b')`, 'Use `trx`.'],
    ['useHeld', `db.raw('b')`, 'Use `trx`.'],
  ])('%s: %s', (messageId, statement, title) => {
    const code = `import knex from 'knex';\nconst db = knex({ client: 'pg', connection: 'postgres://db' });\nexport const f = () => db.transaction(async (trx) => { await ${statement}; });\n`;
    const [message] = lint(code, { rules: [RULE] });
    expect(message?.fix).toBeUndefined();
    expect(message?.suggestions?.map((suggestion) => [suggestion.messageId, suggestion.desc])).toEqual([[messageId, title]]);
  });

  it('passHeld: the option is added', () => {
    const code = `import { Sequelize } from 'sequelize';\nconst sequelize = new Sequelize('postgres://db');\nexport const f = () => sequelize.transaction(async (transaction) => { await sequelize.query('a'); });\n`;
    const [message] = lint(code, { rules: [RULE] });
    expect(message?.suggestions?.map((suggestion) => suggestion.desc)).toEqual(['Pass `{ transaction }`.']);
    expect(message?.suggestions?.[0]?.fix.text).toBe(', { transaction }');
  });
});
