import { expect } from 'vitest';
import { googleCloud } from '../../../../src/catalog/libraries/google-cloud.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { withHttpServer } from '../support/http-server.js';
import { until, type State } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** How a call to a server that never answers fares at some milliseconds from its start. */
async function silence(options: Given, times: readonly number[]): Promise<readonly State[]> {
  const { Storage } = await import('@google-cloud/storage');
  let requests = 0;
  return withHttpServer(
    () => requests++,
    ({ url }) =>
      withHandClock(async ({ states }) => {
        const storage = new Storage({
          apiEndpoint: url,
          projectId: 'project',
          retryOptions: { autoRetry: false },
          ...options,
        });
        const called = storage.bucket('bucket').getMetadata();
        await until('a request', () => requests > 0);
        return states(called, times);
      }),
  );
}

export default {
  library: 'Google Cloud',
  packages: ['@google-cloud/storage'],
  checks: [
    run(['timeout: default'], 'waits without end for an answer to one try', async () => {
      expect(await silence({}, [HOUR])).toEqual(['pending']);
      // The limit of 600 s on all tries together is looked at between two of them.
      expect(await silence({ retryOptions: {} }, [HOUR])).toEqual(['pending']);
      expect(await silence({ timeout: 5_000 }, [4_000, 6_000])).toEqual(['pending', 'rejected']);
      expect(catalogSays(googleCloud, 'timeout')).toEqual({ default: 'none', unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
