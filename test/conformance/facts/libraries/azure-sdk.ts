import { expect } from 'vitest';
import { azureSdk } from '../../../../src/catalog/libraries/azure-sdk.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { withHttpServer } from '../support/http-server.js';
import { until } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** How many requests to a server that never answers are given up at some milliseconds from the first. */
async function givenUp(connectionPolicy: Given, times: readonly number[]): Promise<readonly number[]> {
  const { CosmosClient } = await import('@azure/cosmos');
  let requests = 0;
  let ended = 0;
  return withHttpServer(
    (request) => {
      requests++;
      request.socket.once('close', () => ended++);
    },
    ({ url }) =>
      withHandClock(async ({ look }) => {
        const client = new CosmosClient({ endpoint: url, key: 'a2V5', connectionPolicy });
        try {
          client.getDatabaseAccount().then(undefined, () => undefined);
          await until('a request', () => requests > 0);
          return await look(times, () => ended);
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
        expect(await givenUp({}, [59_000, 61_000])).toEqual([0, 1]);
        expect(await givenUp({ requestTimeout: 5_000 }, [4_000, 6_000])).toEqual([0, 1]);
        expect(catalogSays(azureSdk, 'connectionPolicy.requestTimeout')).toEqual({ default: 60_000, unit: 'ms' });
        expect(azureSdk.waits).toMatchObject([
          { for: 'request', default: 60_000, endedBy: ['connectionPolicy.requestTimeout'] },
        ]);
      },
    ),
  ],
} satisfies LibraryChecks;
