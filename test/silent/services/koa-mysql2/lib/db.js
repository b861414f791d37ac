'use strict';

const mysql = require('mysql2/promise');

const pool = mysql.createPool({
  host: process.env.MYSQL_HOST,
  user: process.env.MYSQL_USER,
  password: process.env.MYSQL_PASSWORD,
  database: 'guestbook',
  connectionLimit: 10,
  maxIdle: 5,
  idleTimeout: 60_000,
  queueLimit: 200,
  connectTimeout: 5_000,
  enableKeepAlive: true,
});

const TIMEOUT = 5_000;

/** One statement. */
async function query(sql, values) {
  const [rows] = await pool.query({ sql, values, timeout: TIMEOUT });
  return rows;
}

/** Several statements that belong together. */
async function transaction(work) {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const result = await work((sql, values) => connection.execute({ sql, values, timeout: TIMEOUT }));
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}

module.exports = { pool, query, transaction };
