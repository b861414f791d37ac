import path from 'node:path';
import { loadPackageDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { cassandra } from './cassandra';
import { closePricing } from './pricing';
import { implementation } from './service';
import { sequelize } from './sql';

const { inventory } = loadPackageDefinition(
  loadSync(path.join(__dirname, '../proto/inventory.proto')),
) as any;

async function main(): Promise<void> {
  await Promise.all([cassandra.connect(), sequelize.authenticate()]);
  const server = new Server();
  server.addService(inventory.Inventory.service, implementation);
  await new Promise<number>((resolve, reject) => {
    server.bindAsync('0.0.0.0:50051', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });

  const shutdown = () => {
    server.tryShutdown(async () => {
      closePricing();
      await cassandra.shutdown();
      await sequelize.close();
    });
  };
  process.once('SIGTERM', shutdown);
  process.once('SIGINT', shutdown);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
