import { credentials, loadPackageDefinition, Metadata, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const { shop } = loadPackageDefinition(loadSync('proto/stock.proto')) as any;

const client = new shop.Stock(process.env.STOCK_ADDRESS, credentials.createInsecure(), {
  'grpc.keepalive_time_ms': 30_000,
  'grpc.client_idle_timeout_ms': 300_000,
});

export function copies(isbn: string, requestId: string): Promise<number> {
  const metadata = new Metadata();
  metadata.set('x-request-id', requestId);
  return new Promise((resolve, reject) => {
    client.copies(
      { isbn },
      metadata,
      { deadline: Date.now() + 1_500 },
      (error: ServiceError | null, reply: { copies: number }) => {
        if (error) reject(error);
        else resolve(reply.copies);
      },
    );
  });
}

export const close = (): void => client.close();
