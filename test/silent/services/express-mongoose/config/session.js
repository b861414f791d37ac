const { RedisStore } = require('connect-redis');
const session = require('express-session');
const { createClient } = require('redis');

const client = createClient({
  url: process.env.REDIS_URL,
  socket: { connectTimeout: 3000 },
  pingInterval: 10000,
});
client.on('error', (err) => console.error('redis', err.message));

exports.middleware = session({
  store: new RedisStore({ client, prefix: 'forum:' }),
  secret: process.env.SESSION_SECRET,
  resave: false,
  saveUninitialized: false,
});
exports.connect = () => client.connect();
exports.disconnect = () => client.quit();
