'use strict';

const { Pool } = require('pg');

let pool;

// A function of the callback kind: it must not wait for the connection that stays open.
exports.handler = (event, context, callback) => {
  context.callbackWaitsForEmptyEventLoop = false;
  if (!pool) {
    pool = new Pool({
      connectionString: process.env.DATABASE_URL,
      max: 1,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 60_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 20_000,
    });
    pool.on('error', (error) => console.error(error));
  }
  pool.query('DELETE FROM drafts WHERE changed < now() - $1::interval', [event.age], (error, result) => {
    callback(error, result && { deleted: result.rowCount });
  });
};
