import type { Server, Socket } from 'socket.io';
import { pool } from './history.js';
import { publisher, takeSeat } from './redis.js';

export function chat(io: Server): void {
  io.use(async (socket, next) => {
    const user = await publisher.get(`session:${socket.handshake.auth.token}`);
    if (!user) return next(new Error('unauthorized'));
    socket.data.user = user;
    next();
  });

  io.on('connection', async (socket: Socket) => {
    socket.on('join', async (room: string, reply: (ok: boolean) => void) => {
      const ok = await takeSeat(room);
      if (ok) await socket.join(room);
      reply(ok);
    });

    socket.on('message', async ({ room, text }: { room: string; text: string }) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query('INSERT INTO messages (room, author, text) VALUES ($1, $2, $3)', [
          room,
          socket.data.user,
          text,
        ]);
        await client.query('UPDATE rooms SET last = now() WHERE id = $1', [room]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        socket.emit('failed', text);
        console.error(error);
        return;
      } finally {
        client.release();
      }
      io.to(room).emit('message', { room, text, author: socket.data.user });
    });

    // What happens to this user only: a subscription for as long as the socket.
    const personal = publisher.duplicate();
    personal.on('error', (error) => console.error('personal', error.message));
    socket.once('disconnect', () => personal.destroy());
    await personal.connect();
    await personal.subscribe(`user:${socket.data.user}`, (text) => socket.emit('notice', text));
  });
}
