import path from 'node:path';
import { credentials, loadPackageDefinition, type ClientReadableStream } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const definition = loadPackageDefinition(loadSync(path.join(__dirname, '../proto/pricing.proto'))) as any;

let client: any;

// Made at the first call, so that the tests of other modules need no certificate.
function getClient() {
  if (!client) client = new definition.pricing.Pricing(process.env.PRICING, credentials.createSsl());
  return client;
}

const inMs = (ms: number) => ({ deadline: new Date(Date.now() + ms) });

export const price = (sku: string) =>
  new Promise<number>((resolve, reject) => {
    getClient().getPrice({ sku }, inMs(800), (error: Error | null, reply: any) =>
      error ? reject(error) : resolve(reply.cents),
    );
  });

export async function* changes(since: Date): AsyncGenerator<{ sku: string; cents: number }> {
  const call: ClientReadableStream<{ sku: string; cents: number }> = getClient().changes(
    { since: since.toISOString() },
    inMs(60_000),
  );
  try {
    yield* call;
  } finally {
    call.cancel();
  }
}

export const closePricing = (): void => client?.close();
