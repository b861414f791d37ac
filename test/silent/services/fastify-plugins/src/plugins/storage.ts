import { Agent } from 'node:https';
import { S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyInstance {
    s3: S3Client;
  }
}

export default fp(async (app) => {
  const s3 = new S3Client({
    region: process.env.AWS_REGION,
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      httpsAgent: new Agent({ keepAlive: true, maxSockets: 64, timeout: 60_000 }),
      connectionTimeout: 1_000,
      requestTimeout: 5_000,
      throwOnRequestTimeout: true,
      socketTimeout: 10_000,
    }),
  });
  app.decorate('s3', s3).addHook('onClose', async () => s3.destroy());
});
