'use strict';

const mysql = require('mysql2/promise');
const request = require('supertest');
const app = require('../index.js');

describe('entries', () => {
  let connection;

  beforeEach(async () => {
    connection = await mysql.createConnection(process.env.TEST_DATABASE_URL);
    await connection.query('TRUNCATE entries');
  });

  afterEach(() => connection.end());

  it('starts empty', async () => {
    const response = await request(app.callback()).get('/entries');
    expect(response.body).toEqual([]);
  });
});
