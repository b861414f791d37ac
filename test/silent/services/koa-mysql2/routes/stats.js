'use strict';

const Router = require('@koa/router');
const mysql = require('mysql2/promise');

const router = new Router({ prefix: '/stats' });

const options = {
  connectionLimit: 2,
  maxIdle: 1,
  idleTimeout: 30_000,
  connectTimeout: 2_000,
  enableKeepAlive: true,
};

// On the module, where the tests can put another.
function stats() {
  exports.pool = exports.pool || mysql.createPool({ ...options, uri: process.env.STATS_URL });
  return exports.pool;
}

router.get('/', async (ctx) => {
  const [rows] = await stats().query({ sql: 'SELECT day, entries FROM stats LIMIT 30', timeout: 2_000 });
  ctx.body = rows;
});

// On the application.
router.get('/visitors', async (ctx) => {
  if (!ctx.app.visitors) ctx.app.visitors = mysql.createPool({ ...options, uri: process.env.VISITORS_URL });
  const [rows] = await ctx.app.visitors.query({
    sql: 'SELECT count(*) AS visitors FROM visits',
    timeout: 2_000,
  });
  ctx.body = rows[0];
});

exports.router = router;
exports.pool = undefined;
exports.close = (app) => Promise.all([exports.pool?.end(), app.visitors?.end()]);
