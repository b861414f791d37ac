import { createClient, createClientPool } from 'redis';

const url = process.env.REDIS_URL ?? 'redis://localhost:6379';
const socket = { connectTimeout: 3_000, socketTimeout: 30_000 };

export const publisher = createClient({ url, socket, pingInterval: 10_000 });
// A subscribed connection takes no other commands.
export const subscriber = publisher.duplicate();

for (const client of [publisher, subscriber])
  client.on('error', (error) => console.error('redis', error.message));

/** For commands that block or watch: each has a connection of its own while it runs. */
export const isolated = createClientPool({ url, socket }, { minimum: 1, maximum: 10, acquireTimeout: 3_000 });
isolated.on('error', (error) => console.error('redis pool', error.message));

export const connectAll = () => Promise.all([publisher.connect(), subscriber.connect(), isolated.connect()]);

export async function closeAll(): Promise<void> {
  await Promise.allSettled([publisher.close(), subscriber.close(), isolated.close()]);
}

/** Takes a seat, if there is one: optimistic, so on a connection of its own. */
export const takeSeat = (room: string): Promise<boolean> =>
  isolated.execute(async (client) => {
    await client.watch(`seats:${room}`);
    const seats = Number(await client.get(`seats:${room}`));
    if (seats <= 0) {
      await client.unwatch();
      return false;
    }
    await client.multi().decr(`seats:${room}`).exec();
    return true;
  });
