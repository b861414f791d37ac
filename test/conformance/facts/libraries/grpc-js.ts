import { expect } from 'vitest';
import { grpcJs } from '../../../../src/catalog/libraries/grpc-js.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { openMute, type State } from '../support/site.js';

/** How a call to a server that never says a word fares at some milliseconds from its start. */
async function silence(options: () => object, times: readonly number[]): Promise<readonly State[]> {
  const { Client, credentials, Metadata } = await import('@grpc/grpc-js');
  const mute = await openMute();
  const client = new Client(`127.0.0.1:${String(mute.port)}`, credentials.createInsecure());
  try {
    return await withHandClock(async ({ states }) => {
      const called = new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          '/test.Service/Method',
          (value: string) => Buffer.from(value),
          String,
          'request',
          new Metadata(),
          options(),
          (error, value) => {
            if (error) reject(error);
            else resolve(value);
          },
        );
      });
      return states(called, times);
    });
  } finally {
    client.close();
    await mute.stop();
  }
}

export default {
  library: '@grpc/grpc-js',
  packages: ['@grpc/grpc-js'],
  checks: [
    run(
      ['default', 'null', 'undefined', 'infinity'].map((aspect) => `deadline: ${aspect}`).concat('wait for request'),
      'waits without end for an answer by default, and with null, undefined and Infinity',
      async () => {
        for (const options of [{}, ...[null, undefined, Infinity].map((deadline) => ({ deadline }))]) {
          expect(await silence(() => options, [HOUR])).toEqual(['pending']);
        }
        const soon = () => ({ deadline: Date.now() + 5_000 });
        expect(await silence(soon, [4_000, 6_000])).toEqual(['pending', 'rejected']);
        expect(catalogSays(grpcJs, 'deadline')).toMatchObject({
          default: 'none',
          null: 'unlimited',
          undefined: 'unlimited',
          infinity: 'unlimited',
          unit: 'deadline',
        });
        expect(grpcJs.waits).toMatchObject([{ for: 'request', default: 'none', endedBy: ['deadline'] }]);
      },
    ),
    run(['deadline: zero'], 'fails at once with 0, and with a number of milliseconds from now', async () => {
      for (const deadline of [0, 300]) expect(await silence(() => ({ deadline }), [1])).toEqual(['rejected']);
      expect(catalogSays(grpcJs, 'deadline').zero).toBe('immediate');
    }),
  ],
} satisfies LibraryChecks;
