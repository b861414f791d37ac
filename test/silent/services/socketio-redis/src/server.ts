import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import express from 'express';
import { Server } from 'socket.io';
import { chat } from './chat.js';
import { closeHistory, listen, pool, saved } from './history.js';
import { closeAll, connectAll, publisher, subscriber } from './redis.js';

await connectAll();
await listen();

const app = express();
app.get('/rooms', async (_req, res) => {
  const { rows } = await pool.query('SELECT id, last FROM rooms ORDER BY last DESC LIMIT 50');
  res.json(rows);
});

const server = createServer(app);
const io = new Server(server, { adapter: createAdapter(publisher, subscriber) });
chat(io);
saved.on('message', (message) => io.emit('saved', message));
server.listen(3000);

const shutdown = (): void => {
  io.close(async () => {
    // The adapter leaves its clients open.
    await closeAll();
    await closeHistory();
  });
};
process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
