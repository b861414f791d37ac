'use strict';

const { pool } = require('../lib/db.js');

/** `ctx.sql`: a connection for as long as the request, taken at its first use. */
module.exports = () => async (ctx, next) => {
  let connection;
  ctx.sql = async (sql, values) => {
    connection ??= await pool.getConnection();
    const [rows] = await connection.execute({ sql, values, timeout: 5_000 });
    return rows;
  };
  try {
    await next();
  } finally {
    connection?.release();
  }
};
