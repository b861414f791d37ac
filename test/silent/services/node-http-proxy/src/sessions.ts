import { readFileSync, watch } from 'node:fs';
import http2 from 'node:http2';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

// One session carries a hundred streams; four of them carry what we have.
const sessions = Array.from({ length: 4 }, () => {
  const session = http2.connect('https://stream.internal');
  session.on('error', (error) => console.error(error.message));
  return session;
});

let turn = 0;
const nextSession = () => sessions[turn++ % sessions.length];

// The certificate is renewed under us: the agent that holds the old one goes.
const agentOf = () =>
  new Agent({
    keepAlive: true,
    timeout: 30_000,
    maxSockets: 20,
    cert: readFileSync('/etc/tls/client.crt'),
    key: readFileSync('/etc/tls/client.key'),
  });
let agent = agentOf();

watch('/etc/tls/client.crt', () => {
  const previous = agent;
  agent = agentOf();
  setTimeout(() => previous.destroy(), 60_000).unref();
});

export const tlsAgent = () => agent;

// So is the password of the database, every quarter of an hour.
const limits = {
  max: 4,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 3_000,
  query_timeout: 4_000,
};
const open = (password: string): Pool => {
  const pool = new Pool({ ...limits, password });
  pool.on('error', (error) => console.error(error.message));
  return pool;
};

let password = readFileSync('/run/secrets/db', 'utf8');
let pool = open(password);

const rotation = setInterval(() => {
  const current = readFileSync('/run/secrets/db', 'utf8');
  if (current === password) return;
  password = current;
  const previous = pool;
  pool = open(password);
  setTimeout(() => void previous.end(), 30_000).unref();
}, 900_000);

// Each takes work from the list and blocks while there is none, so each needs a connection for itself.
const workers: Redis[] = [];
for (let n = 0; n < 4; n++) {
  const redis = new Redis(process.env.REDIS_URL!, { connectTimeout: 3_000, maxRetriesPerRequest: null });
  redis.on('error', (error) => console.warn(error.message));
  workers.push(redis);
  void consume(redis);
}

async function consume(redis: Redis): Promise<void> {
  while (redis.status !== 'end') {
    const item = await redis.blpop('purge', 30).catch(() => null);
    if (item) await pool.query('INSERT INTO purges (url) VALUES ($1)', [item[1]]);
  }
}

const server = createServer(async (request, response) => {
  const stream = nextSession().request({ ':path': request.url, ':method': request.method });
  stream.setTimeout(10_000, () => stream.close());
  stream.on('response', (headers) => response.writeHead(Number(headers[':status'])));
  stream.on('error', () => response.destroy());
  stream.pipe(response);
  request.pipe(stream);
});

server.listen(8090);

process.once('SIGTERM', () => {
  clearInterval(rotation);
  for (const redis of workers) redis.disconnect();
  for (const session of sessions) session.close();
  server.close(async () => {
    agent.destroy();
    await pool.end();
  });
});
