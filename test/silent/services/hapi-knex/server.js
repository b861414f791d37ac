import Hapi from '@hapi/hapi';
import memjs from 'memjs';
import * as isbn from './lib/isbn.js';
import { database } from './plugins/database.js';
import { mail } from './plugins/mail.js';
import { loans } from './routes/loans.js';

const cache = memjs.Client.create(process.env.MEMCACHED, { timeout: 0.5, conntimeout: 1, expires: 600 });
const server = Hapi.server({ port: process.env.PORT ?? 3000 });

server.auth.scheme('session', () => ({
  async authenticate(request, h) {
    const { value } = await cache.get(`session:${request.state.sid}`);
    return value
      ? h.authenticated({ credentials: JSON.parse(value) })
      : h.unauthenticated(new Error('no session'));
  },
}));
server.auth.strategy('default', 'session');
server.auth.default('default');

await server.register([{ plugin: database, options: { asyncStackTraces: false } }, mail]);
server.route(loans);
server.ext('onPostStop', () => {
  cache.close();
  isbn.close();
  return server.app.statistics?.destroy();
});
await server.start();

const stop = async () => {
  await server.stop({ timeout: 10_000 });
};
process.once('SIGTERM', stop).once('SIGINT', stop);
