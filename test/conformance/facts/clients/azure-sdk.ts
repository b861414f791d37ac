import { expect } from 'vitest';
import { azureSdk } from '../../../../src/catalog/libraries/azure-sdk.js';
import { run, unverified, type LibraryChecks } from '../check.js';
import { closersOf, closeSaid, creatorOf, disposalOf } from '../support/creators.js';
import { until, wait, withSite } from '../support/site.js';

async function cosmos(endpoint: string) {
  const { CosmosClient } = await import('@azure/cosmos');
  return new CosmosClient({ endpoint, key: 'a2V5' });
}

const creator = creatorOf(azureSdk, 'CosmosClient');

export default {
  library: 'Azure SDK',
  packages: ['@azure/cosmos'],
  checks: [
    unverified(
      ['ServiceBusClient: connects', 'ServiceBusClient: close', 'ServiceBusClient: dispose'],
      'not installed: @azure/service-bus, which has no local server to connect to either',
    ),
    run(['CosmosClient: connects'], 'opens a connection with the first call', () =>
      withSite(async (site) => {
        const client = await cosmos(site.url());
        try {
          await wait(60);
          expect(site.opened()).toBe(0);
          client.getDatabaseAccount().then(undefined, () => undefined);
          await until('a connection', () => site.opened() > 0);
        } finally {
          client.dispose();
        }
        expect(creator.connects).toBe('lazy');
      }),
    ),
    run(['CosmosClient: close'], 'dispose() stops the refresher of its endpoints and frees no socket', () =>
      withSite(async (site) => {
        const client = await cosmos(site.url());
        const { endpointRefresher } = client as unknown as { readonly endpointRefresher: { readonly _destroyed: boolean } };
        await client.getDatabaseAccount().then(undefined, () => undefined);
        const connections = site.open();
        expect(connections).toBeGreaterThan(0);
        expect(endpointRefresher._destroyed).toBe(false);
        expect(closersOf(client)).toEqual(['dispose']);
        const given: unknown = client.dispose();
        expect(given).toBeUndefined();
        expect(endpointRefresher._destroyed).toBe(true);
        await wait(60);
        expect(site.open()).toBe(connections);
        expect(closeSaid(creator)).toEqual([{ method: 'dispose', async: false, mode: 'forced' }]);
      }),
    ),
    run(['CosmosClient: dispose'], 'cannot be disposed of by a declaration', async () => {
      const client = await cosmos('http://127.0.0.1:1');
      client.dispose();
      expect(disposalOf(client)).toEqual({ sync: false, async: false });
      expect(creator.dispose).toEqual({ sync: false, async: false });
    }),
  ],
} satisfies LibraryChecks;
