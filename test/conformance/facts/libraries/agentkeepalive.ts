import type { Agent } from 'node:http';
import { expect } from 'vitest';
import { agentkeepalive } from '../../../../src/catalog/libraries/agentkeepalive.js';
import { run, type LibraryChecks } from '../check.js';
import {
  ask,
  keepAliveCheck,
  maxFreeSocketsChecks,
  maxSocketsChecks,
  withAgent,
  type AgentFamily,
  type Given,
} from '../support/agents.js';
import { catalogSays } from '../support/catalog-says.js';
import { AMPLE, BEYOND } from '../support/requests.js';
import { errorOf, stateOf, until, wait, withSite, type Site } from '../support/site.js';

async function make(options: Given = {}): Promise<Agent> {
  const { default: KeepAliveAgent } = await import('agentkeepalive');
  return new KeepAliveAgent(options);
}

const family: AgentFamily = { library: agentkeepalive, make };

/** What is left of the options. */
async function kept(options?: Given): Promise<Given> {
  return ((await make(options)) as unknown as { readonly options: Given }).options;
}

/** The connections of two requests with 60 ms between them. */
async function opened(site: Site, options: Given): Promise<number> {
  return withAgent(await make(options), async (agent) => {
    const before = site.opened();
    await ask(site.url(), { agent }).done;
    await wait(60);
    await ask(site.url(), { agent }).done;
    return site.opened() - before;
  });
}

export default {
  library: 'agentkeepalive',
  packages: ['agentkeepalive'],
  checks: [
    ...maxSocketsChecks(family),
    ...maxFreeSocketsChecks(family),
    run(
      ['timeout: default', 'timeout: text'],
      'a request fails after 8 s of silence, or twice freeSocketTimeout; text is a time too',
      () =>
        withSite(async (site) => {
          expect((await kept())['timeout']).toBe(8_000);
          expect((await kept({ freeSocketTimeout: 5_000 }))['timeout']).toBe(10_000);
          expect((await kept({ timeout: '8s' }))['timeout']).toBe(8_000);
          for (const timeout of [40, '40'])
            await withAgent(await make({ timeout }), async (agent) => {
              const error = await errorOf(ask(site.url('silent'), { agent }).done);
              expect(error.code).toBe('ERR_SOCKET_TIMEOUT');
            });
          // It is the silence that counts.
          await withAgent(await make({ timeout: AMPLE }), async (agent) => {
            expect(await stateOf(ask(site.url('trickles'), { agent }).done, BEYOND)).toBe('pending');
          });
          expect(catalogSays(agentkeepalive, 'timeout')).toMatchObject({ default: 8_000, unit: 'ms', text: 'literal' });
        }),
    ),
    run(
      ['freeSocketTimeout: default', 'freeSocketTimeout: text', 'recycling'],
      'an idle socket is closed after 4 s; text is a time too',
      () =>
        withSite(async (site) => {
          expect((await kept())['freeSocketTimeout']).toBe(4_000);
          expect((await kept({ freeSocketTimeout: '4s' }))['freeSocketTimeout']).toBe(4_000);
          await withAgent(await make(), async (agent) => {
            await ask(site.url(), { agent }).done;
            await new Promise(setImmediate);
            expect(Object.values(agent.freeSockets).flat()[0]?.timeout).toBe(4_000);
            site.hangUp();
            await until('the agent to see that', () => Object.values(agent.freeSockets).flat().length === 0);
            await ask(site.url(), { agent }).done;
            expect(site.opened()).toBe(2);
          });
          for (const freeSocketTimeout of [20, '20']) expect(await opened(site, { freeSocketTimeout })).toBe(2);
          expect(catalogSays(agentkeepalive, 'freeSocketTimeout')).toMatchObject({
            default: 4_000,
            unit: 'ms',
            text: 'literal',
          });
          expect(agentkeepalive.recycling?.[0]).toMatchObject({ idle: 4_000, lifetime: 'none', validates: 'socket' });
        }),
    ),
    run(
      ['socketActiveTTL: default', 'socketActiveTTL: zero', 'socketActiveTTL: null'],
      'a connection in use is kept for ever unless it is positive',
      () =>
        withSite(async (site) => {
          for (const options of [{}, { socketActiveTTL: 0 }, { socketActiveTTL: null }])
            expect(await opened(site, options)).toBe(1);
          expect(await opened(site, { socketActiveTTL: 30 })).toBe(2);
          const off = 'unlimited';
          expect(catalogSays(agentkeepalive, 'socketActiveTTL')).toMatchObject({ default: 'none', zero: off, null: off });
        }),
    ),
    keepAliveCheck(family, true),
  ],
} satisfies LibraryChecks;
