'use strict';

const { createHash } = require('node:crypto');
const Router = require('@koa/router');
const avatars = require('../lib/avatars.js');
const { pool, query, transaction } = require('../lib/db.js');
const connection = require('../middleware/connection.js');

const router = new Router({ prefix: '/entries' });

router.get('/', async (ctx) => {
  ctx.body = await query('SELECT id, author, text FROM entries ORDER BY id DESC LIMIT ?', [
    Math.min(Number(ctx.query.limit ?? 20), 100),
  ]);
});

router.post('/', async (ctx) => {
  const { author, email, text } = ctx.request.body;
  const avatar = await avatars.find(createHash('md5').update(email).digest('hex'));
  const id = await transaction(async (execute) => {
    const [{ insertId }] = await execute('INSERT INTO entries (author, text, avatar) VALUES (?, ?, ?)', [
      author,
      text,
      avatar,
    ]);
    await execute('UPDATE counters SET entries = entries + 1', []);
    return insertId;
  });
  ctx.status = 201;
  ctx.body = { id };
});

router.get('/export', (ctx) => {
  ctx.type = 'text/csv';
  return new Promise((resolve, reject) => {
    pool.pool.getConnection((error, raw) => {
      if (error) return reject(error);
      const rows = raw.query({ sql: 'SELECT id, author FROM entries', timeout: 60_000 }).stream();
      rows.once('error', (reason) => {
        raw.destroy();
        reject(reason);
      });
      rows.once('end', () => {
        raw.release();
        ctx.res.end();
        resolve();
      });
      rows.on('data', (row) => ctx.res.write(`${row.id},${row.author}\n`));
    });
  });
});

router.get('/:hash/avatar', (ctx) => avatars.pipe(ctx.params.hash, ctx));

router.patch('/:id', connection(), async (ctx) => {
  const [entry] = await ctx.sql('SELECT id FROM entries WHERE id = ?', [ctx.params.id]);
  if (!entry) ctx.throw(404, 'no such entry');
  await ctx.sql('UPDATE entries SET text = ? WHERE id = ?', [ctx.request.body.text, entry.id]);
  ctx.status = 204;
});

module.exports = router;
