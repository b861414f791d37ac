import { expect } from 'vitest';
import { azureSdk } from '../../../../src/catalog/libraries/azure-sdk.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { withHttpServer } from '../support/http-server.js';
import { until, type State } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** How a call to a server that never answers fares at some milliseconds from its start. */
async function silence(connectionPolicy: Given, times: readonly number[]): Promise<readonly State[]> {
  const { CosmosClient } = await import('@azure/cosmos');
  let requests = 0;
  return withHttpServer(
    () => requests++,
    ({ url }) =>
      withHandClock(async ({ states }) => {
        const client = new CosmosClient({ endpoint: url, key: 'a2V5', connectionPolicy });
        try {
          const called = client.getDatabaseAccount();
          await until('a request', () => requests > 0);
          return await states(called, times);
        } finally {
          client.dispose();
        }
      }),
  );
}

export default {
  library: 'Azure SDK',
  packages: ['@azure/cosmos'],
  checks: [
    run(
      ['connectionPolicy.requestTimeout: default', 'wait for request'],
      'the client of Cosmos gives up a request after a minute',
      async () => {
        expect(await silence({}, [59_000, 61_000])).toEqual(['pending', 'rejected']);
        expect(await silence({ requestTimeout: 5_000 }, [4_000, 6_000])).toEqual(['pending', 'rejected']);
        expect(catalogSays(azureSdk, 'connectionPolicy.requestTimeout')).toEqual({ default: 60_000, unit: 'ms' });
        expect(azureSdk.waits).toMatchObject([
          { for: 'request', default: 60_000, endedBy: ['connectionPolicy.requestTimeout'] },
        ]);
      },
    ),
  ],
} satisfies LibraryChecks;
