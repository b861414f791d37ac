import { expect } from 'vitest';
import { cassandraDriver } from '../../../../src/catalog/libraries/cassandra-driver.js';
import { run, source, type LibraryChecks } from '../check.js';
import { creatorOf, expectDispose } from '../support/made-client.js';
import { openMute, until, wait, withSite } from '../support/site.js';

async function clientOf(port: number) {
  const { default: cassandra } = await import('cassandra-driver');
  return new cassandra.Client({
    contactPoints: [`127.0.0.1:${String(port)}`],
    localDataCenter: 'datacenter1',
    socketOptions: { connectTimeout: 200 },
  });
}

const creator = creatorOf(cassandraDriver, 'Client');

export default {
  library: 'cassandra-driver',
  packages: ['cassandra-driver'],
  checks: [
    run(['Client: connects', 'Client: dispose'], 'connects with connect() or the first query', () =>
      withSite(async ({ opened, port }) => {
        const client = await clientOf(port);
        expectDispose(client, creator, { sync: false, async: false });
        await wait(60);
        expect(opened()).toBe(0);
        client.execute('SELECT 1').then(undefined, () => undefined);
        await until('a connection', () => opened() === 1);
        const other = await clientOf(port);
        other.connect().then(undefined, () => undefined);
        await until('another connection', () => opened() === 2);
        expect(creator).toMatchObject({ connects: 'lazy', connect: { method: 'connect', required: false } });
        await Promise.all([client.shutdown(), other.shutdown()]);
      }, openMute),
    ),
    source(
      ['Client: close'],
      'shutdown() takes a callback or gives back a promise, and does not wait for requests under way',
      'cassandra-driver/lib/client.js',
      'return promiseUtils.optionalCallback(this._shutdown(), callback);',
      // The argument says whether to wait for what is pending.
      'await Promise.all(hosts.map(h => h.shutdown(false)));',
    ),
  ],
} satisfies LibraryChecks;
