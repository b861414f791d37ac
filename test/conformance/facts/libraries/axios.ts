import type { Agent } from 'node:http';
import type { AxiosRequestConfig } from 'axios';
import { expect } from 'vitest';
import { axios as described } from '../../../../src/catalog/libraries/axios.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { runProgram } from '../support/program.js';
import { aborted, AMPLE, BEYOND, oneByOne, pending } from '../support/requests.js';
import { errorOf, withSite, type Site } from '../support/site.js';

/** Makes a request, which is ended behind the test. */
async function withAxios(test: (get: (url: string, config?: object) => Promise<unknown>, site: Site) => Promise<void>) {
  const { default: axios } = await import('axios');
  await withSite((site) => test((url, config) => axios.get(url, { proxy: false, ...config } as AxiosRequestConfig), site));
}

const NEGATIVE = `
  import axios from 'axios';
  process.on('uncaughtException', ({ code }) => { console.log(code); process.exit(); });
  await axios.get('http://127.0.0.1:1/', { timeout: -1 }).catch(() => console.log('rejected'));
`;

export default {
  library: 'axios',
  packages: ['axios'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'timeout: null', 'wait for request'],
      'a silent server is waited for without end, also with 0 and null; a time is that of silence',
      () =>
        withAxios(async (get, site) => {
          const silent = site.url('silent');
          const requests = [get(silent), get(silent, { timeout: 0 }), get(silent, { timeout: null })];
          // A trickle never reaches it.
          const trickle = get(site.url('trickles'), { timeout: AMPLE });
          expect(await pending([...requests, trickle], BEYOND)).toEqual([true, true, true, true]);
          expect((await errorOf(get(silent, { timeout: 40 }))).code).toBe('ECONNABORTED');
          expect((await errorOf(get(site.url('stalls'), { timeout: AMPLE }))).message).toBe('stream has been aborted');
          for (const request of [...requests, trickle]) request.catch(() => undefined);
          expect(catalogSays(described, 'timeout')).toMatchObject({
            default: 'none',
            unit: 'ms',
            zero: 'unlimited',
            null: 'unlimited',
          });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
    run(['timeout: negative'], 'throws outside the promise', async () => {
      expect(await runProgram(NEGATIVE)).toMatchObject({ output: 'ERR_OUT_OF_RANGE\n', errors: '' });
      expect(catalogSays(described, 'timeout').negative).toBe('throws');
    }),
    run(['timeout: infinity'], 'the request is rejected', () =>
      withAxios(async (get, site) => {
        expect((await errorOf(get(site.url(), { timeout: Infinity }))).code).toBe('ERR_BAD_OPTION_VALUE');
        expect(catalogSays(described, 'timeout').infinity).toBe('throws');
      }),
    ),
    run(['signal: default'], 'ends a request wherever it is, also while it waits for a socket', () =>
      withAxios(async (get) => {
        const rejected = 'rejected';
        expect(await aborted((url, signal, httpAgent: Agent | undefined) => get(url, { signal, httpAgent }))).toEqual({
          queued: rejected,
          connecting: rejected,
          underWay: rejected,
          inBody: rejected,
        });
        expect(described.timeouts?.[1]).toMatchObject({
          option: 'signal',
          default: 'none',
          covers: ['acquire', 'connect', 'request'],
        });
      }),
    ),
    run(['per request'], 'httpAgent: false and the header open a connection for every request', () =>
      withAxios(async (get, site) => {
        expect(await oneByOne(site, (url) => get(url))).toBe(1);
        expect(await oneByOne(site, (url) => get(url, { httpAgent: false }))).toBe(3);
        for (const name of ['Connection', 'connection'])
          expect(await oneByOne(site, (url) => get(url, { headers: { [name]: 'close' } }))).toBeGreaterThan(1);
      }),
    ),
  ],
} satisfies LibraryChecks;
