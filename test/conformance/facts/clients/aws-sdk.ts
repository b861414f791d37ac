import type { S3, S3Client } from '@aws-sdk/client-s3';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect } from 'vitest';
import { awsSdk } from '../../../../src/catalog/libraries/aws-sdk.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { anyOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';
import { stateOf, until, withSite } from '../support/site.js';

const GENERATED = awsSdk.creators[1]?.api ?? '';

const options = (endpoint: string) => ({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  endpoint,
  forcePathStyle: true,
  maxAttempts: 1,
});

const checksOf = (api: string, name: 'S3' | 'S3Client'): readonly Check[] =>
  lazyClientChecks(
    [
      anyOf<S3 | S3Client>({
        library: awsSdk,
        api,
        name,
        make: async (site) => {
          const made = await import('@aws-sdk/client-s3');
          return new made[name](options(new URL(site.url()).origin));
        },
        call: async (client, _site, manner) => {
          const { HeadObjectCommand } = await import('@aws-sdk/client-s3');
          return client.send(new HeadObjectCommand({ Bucket: 'bucket', Key: manner }));
        },
        end: (client) => client.destroy(),
      }),
    ],
    [DESTROY],
  ).map((check) =>
    check.facts[0] === `${api}: close`
      ? run(check.facts, `${check.title}; that also ends the calls of another client with the same handler`, async () => {
          await check.test?.();
          const { HeadObjectCommand, ...made } = await import('@aws-sdk/client-s3');
          const { NodeHttpHandler: Handler } = await import('@smithy/node-http-handler');
          await withSite(async (site) => {
            const requestHandler = new Handler();
            const [one, other] = [1, 2].map(() => new made[name]({ ...options(new URL(site.url()).origin), requestHandler }));
            const called = one?.send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'silent' })) ?? Promise.resolve();
            called.catch(() => undefined);
            await until('the request', () => site.requests() > 0);
            other?.destroy();
            expect(await stateOf(called, 1_000)).toBe('rejected');
          });
        })
      : check,
  );

const handler = anyOf<NodeHttpHandler>({
  library: awsSdk,
  api: 'NodeHttpHandler',
  make: async () => new (await import('@smithy/node-http-handler')).NodeHttpHandler(),
  call: (made, { port }, manner) => {
    const request = {
      protocol: 'http:',
      hostname: '127.0.0.1',
      port,
      method: 'HEAD',
      path: `/${manner}`,
      headers: {},
      query: {},
    };
    return made.handle(request as unknown as Parameters<typeof made.handle>[0]);
  },
  end: (made) => made.destroy(),
});

export default {
  library: 'AWS SDK v3',
  packages: ['@aws-sdk/client-s3', '@smithy/node-http-handler'],
  checks: [
    ...checksOf('*Client', 'S3Client'),
    ...checksOf(GENERATED, 'S3'),
    ...lazyClientChecks([handler], [DESTROY]),
    processCheck(
      awsSdk,
      'no',
      (_url, port) => `
        import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
        const client = new S3Client({
          region: 'eu-central-1',
          credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
          endpoint: 'http://127.0.0.1:${String(port)}',
          forcePathStyle: true,
        });
        await client.send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'answers' }));`,
    ),
  ],
} satisfies LibraryChecks;
