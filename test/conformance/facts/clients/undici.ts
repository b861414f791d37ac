import { createServer } from 'node:http2';
import type { Dispatcher } from 'undici';
import { expect } from 'vitest';
import { undici } from '../../../../src/catalog/libraries/undici.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { anyOf, lazyClientChecks, processCheck, withMade, type Any, type Closing } from '../support/creators.js';
import { errorOf, openSite, type Site } from '../support/site.js';
import { openSocks } from '../support/socks.js';

const load = () => import('undici');

/** A server of HTTP/2 without encryption. */
const openH2c = (): Promise<Site> =>
  openSite((server) => createServer((request, response) => void server.emit('request', request, response)));

interface Way {
  readonly name: string;
  readonly make: (origin: string) => Promise<Dispatcher>;
  readonly open?: () => Promise<Site>;
}

const clientOf = (api: string, { make, ...more }: Way): Any =>
  anyOf<Dispatcher>({
    library: undici,
    api,
    ...more,
    make: (site) => make(new URL(site.url()).origin),
    call: async (dispatcher, site, manner) => {
      const { origin, pathname } = new URL(site.url(manner));
      const { body } = await dispatcher.request({ origin, path: pathname, method: 'GET' });
      return body.text();
    },
    end: (dispatcher) => dispatcher.destroy(),
  });

const CLOSINGS: readonly Closing[] = [
  { method: 'close', async: true, mode: 'graceful', later: 'rejected' },
  { method: 'destroy', async: true, mode: 'forced', later: 'rejected' },
];

function checksOf(api: string, ways: readonly [Way, ...Way[]]): readonly Check[] {
  const [first, ...others] = ways;
  const makers = [clientOf(api, first), ...others.map((way) => clientOf(api, way))] as const;
  return lazyClientChecks(makers, CLOSINGS).map((check) =>
    check.facts[0] === `${api}: close`
      ? run(check.facts, `${check.title}; a second close() is rejected`, async () => {
          await check.test?.();
          for (const made of makers) {
            await withMade(made, async (client) => {
              const dispatcher = client as Dispatcher;
              await dispatcher.close();
              expect((await errorOf(dispatcher.close())).code, made.name ?? api).toBe('UND_ERR_DESTROYED');
            });
          }
        })
      : check,
  );
}

const ofOrigin = (name: 'BalancedPool' | 'Client' | 'Pool' | 'RoundRobinPool'): Way => ({
  name,
  make: async (origin) => new (await load())[name](origin),
});

export default {
  library: 'undici',
  packages: ['undici'],
  checks: [
    ...checksOf('{Agent,EnvHttpProxyAgent}', [
      { name: 'Agent', make: async () => new (await load()).Agent() },
      {
        name: 'EnvHttpProxyAgent',
        // No proxy, whatever the environment says.
        make: async () => new (await load()).EnvHttpProxyAgent({ httpProxy: '', httpsProxy: '' }),
      },
    ]),
    ...checksOf('ProxyAgent', [{ name: 'ProxyAgent', make: async (uri) => new (await load()).ProxyAgent({ uri }) }]),
    ...checksOf('Socks5ProxyAgent', [
      {
        name: 'Socks5ProxyAgent',
        make: async (origin) => new (await load()).Socks5ProxyAgent(origin.replace('http:', 'socks5:')),
        open: openSocks,
      },
    ]),
    ...checksOf('Pool', [ofOrigin('Pool')]),
    ...checksOf('BalancedPool', [ofOrigin('BalancedPool')]),
    ...checksOf('RoundRobinPool', [ofOrigin('RoundRobinPool')]),
    ...checksOf('Client', [ofOrigin('Client')]),
    ...checksOf('H2CClient', [
      { name: 'H2CClient', make: async (origin) => new (await load()).H2CClient(origin), open: openH2c },
    ]),
    ...checksOf('RetryAgent', [
      {
        name: 'RetryAgent',
        make: async () => {
          const { Agent, RetryAgent } = await load();
          return new RetryAgent(new Agent());
        },
      },
    ]),
    processCheck(
      undici,
      'no',
      (url) => `
        import { Agent, Pool, request } from 'undici';
        for (const dispatcher of [new Agent({ keepAliveTimeout: 60_000 }), new Pool('${url}'.slice(0, -'/answers'.length))]) {
          const { body } = await request('${url}', { dispatcher });
          await body.text();
        }`,
    ),
  ],
} satisfies LibraryChecks;
