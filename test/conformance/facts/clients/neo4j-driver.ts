import { expect } from 'vitest';
import { neo4jDriver } from '../../../../src/catalog/libraries/neo4j-driver.js';
import { run, type LibraryChecks } from '../check.js';
import { BOLT, withBoltServer, type BoltServer } from '../support/bolt-server.js';
import { creatorOf, expectDispose } from '../support/made-client.js';
import { outcome } from '../support/outcome.js';
import { until, wait } from '../support/site.js';

async function driverTo({ url }: BoltServer) {
  const { default: neo4j } = await import('neo4j-driver');
  return neo4j.driver(url, neo4j.auth.basic('user', 'password'));
}

const GOODBYE = 0x02;
const left = ({ messages }: BoltServer): number => messages.filter(({ kind }) => kind === GOODBYE).length;
const creator = creatorOf(neo4jDriver, 'driver');

export default {
  library: 'neo4j-driver',
  packages: ['neo4j-driver'],
  checks: [
    run(['driver: connects'], 'connects with the first statement', () =>
      withBoltServer(async (server) => {
        const driver = await driverTo(server);
        await wait(60);
        expect(server.opened()).toBe(0);
        await driver.executeQuery('RETURN 1');
        expect(server.opened()).toBeGreaterThan(0);
        await driver.close();
        expect(creator.connects).toBe('lazy');
      }),
    ),
    run(['driver: close'], 'close() leaves the server, and does not wait for statements', () =>
      withBoltServer(
        async (server) => {
          const driver = await driverTo(server);
          const answer = driver.session().run('RETURN 1');
          answer.then(undefined, () => undefined);
          await until('a statement', () => server.messages.some(({ kind }) => kind === BOLT.run));
          const closed = driver.close();
          expect(closed).toBeInstanceOf(Promise);
          expect(await outcome(closed, 1_000)).toBe('fulfilled');
          await until('the end of the connections', () => left(server) === server.opened());
          expect(await outcome(answer)).not.toBe('fulfilled');
          expect(await outcome(driver.executeQuery('RETURN 1'))).toBe('rejected');
          await driver.close();
          expect(creator.close).toMatchObject([{ method: 'close', async: true, mode: 'forced' }]);
        },
        (kind) => kind !== BOLT.run,
      ),
    ),
    run(['driver: dispose'], 'has the asynchronous symbol, which closes it', () =>
      withBoltServer(async (server) => {
        const driver = await driverTo(server);
        await driver.executeQuery('RETURN 1');
        expectDispose(driver, creator, { sync: false, async: true });
        await driver[Symbol.asyncDispose]();
        await until('the end of the connections', () => left(server) === server.opened());
      }),
    ),
  ],
} satisfies LibraryChecks;
