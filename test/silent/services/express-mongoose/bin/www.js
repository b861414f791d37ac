#!/usr/bin/env node
require('dotenv').config();

const http = require('http');
const express = require('express');
const database = require('../config/database');
const session = require('../config/session');
const posts = require('../controllers/posts');
const routes = require('../routes');

const app = express();
app.use(express.json());
app.use(session.middleware);
app.use(routes);
app.use((err, req, res, next) => {
  console.error(err);
  if (res.headersSent) return next(err);
  res.status(500).end();
});

const server = http.createServer(app);

Promise.all([database.connect(), session.connect()])
  .then(() => server.listen(process.env.PORT || 3000))
  .catch((err) => {
    console.error(err);
    process.exitCode = 1;
  });

['SIGTERM', 'SIGINT'].forEach((signal) =>
  process.once(signal, () => {
    server.close(() =>
      Promise.all([database.disconnect(), session.disconnect(), posts.close()]).catch(console.error),
    );
  }),
);
