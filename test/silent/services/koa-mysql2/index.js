'use strict';

const { once } = require('node:events');
const bodyParser = require('koa-bodyparser');
const Koa = require('koa');
const avatars = require('./lib/avatars.js');
const { pool } = require('./lib/db.js');
const errors = require('./middleware/errors.js');
const entries = require('./routes/entries.js');
const stats = require('./routes/stats.js');

const app = new Koa();
app.use(errors());
app.use(bodyParser());
app.use(entries.routes()).use(entries.allowedMethods());
app.use(stats.router.routes());

async function main() {
  await pool.query({ sql: 'SELECT 1', timeout: 2_000 });
  const server = app.listen(process.env.PORT || 3000);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  avatars.close();
  await stats.close(app);
  await pool.end();
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

module.exports = app;
