import { createApp } from './app.js';
import { config } from './config.js';
import { pool } from './lib/db.js';
import { logger } from './lib/logger.js';
import { closePayments } from './lib/payments.js';
import { waitForDatabase } from './lib/wait-for-database.js';
import { closeReplica } from './routes/admin.js';
import { closeSettings } from './routes/settings.js';

await waitForDatabase(config.DATABASE_URL);

const app = createApp();
const server = app.listen(config.PORT, () => logger.info({ port: config.PORT }, 'listening'));

async function shutdown(signal: NodeJS.Signals): Promise<void> {
  logger.info({ signal }, 'shutting down');
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
  await Promise.allSettled([pool.end(), closeReplica(), closeSettings(app), closePayments()]);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    shutdown(signal).catch((error) => {
      logger.error({ error }, 'shutdown failed');
      process.exitCode = 1;
    });
  });
}
