/** Checks on clients of web services that one generator has made, so that they take the same options. */
import { expect } from 'vitest';
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { run, type Check } from '../check.js';
import { catalogSays } from './catalog-says.js';
import { HOUR, withHandClock, type HandClock } from './hand-clock.js';
import { withHttpServer } from './http-server.js';
import { errorOf, until } from './site.js';

/** Options as a program may give them, whatever the types say. */
export type Given = Readonly<Record<string, unknown>>;

/** Makes one call with options of the client and of the call. */
export type Caller = (baseURL: string, ofClient: Given, ofCall?: Given) => Promise<unknown>;

/** The facts that all of these clients have. `load` loads the library. */
export function generatedClientChecks(library: LibraryDescriptor, load: () => Promise<Caller>): readonly Check[] {
  return [
    run(['maxRetries: default'], 'tries three times', async () => {
      const call = await load();
      expect(await attempts(call, {})).toBe(3);
      expect(await attempts(call, { maxRetries: 1 })).toBe(2);
      expect(await attempts(call, {}, { maxRetries: 0 })).toBe(1);
      expect(catalogSays(library, 'maxRetries')).toEqual({ default: 2 });
    }),
    run(['timeout: default', 'wait for request'], 'gives an attempt ten minutes', async () => {
      const call = await load();
      await withSilence(async (url, { states }, asked) => {
        const called = call(url, { maxRetries: 0 });
        await asked();
        expect(await states(called, [599_000, 601_000])).toEqual(['pending', 'rejected']);
      });
      await withSilence(async (url, { states }, asked) => {
        const called = call(url, { maxRetries: 1 });
        await asked();
        expect(await states(called, [900_000, 1_300_000])).toEqual(['pending', 'rejected']);
      });
      expect(catalogSays(library, 'timeout')).toMatchObject({ default: 600_000, unit: 'ms' });
      expect(library.waits).toMatchObject([{ for: 'request', default: 600_000, endedBy: ['timeout', 'signal'] }]);
    }),
    run(['timeout: zero'], 'fails at once with 0', async () => {
      const call = await load();
      await withSilence(async (url, { states }) => {
        expect(await states(call(url, { timeout: 0, maxRetries: 0 }), [1])).toEqual(['rejected']);
        expect(await states(call(url, { maxRetries: 0 }, { timeout: 0 }), [1])).toEqual(['rejected']);
        expect(await states(call(url, { timeout: 50, maxRetries: 0 }), [1])).toEqual(['pending']);
      });
      expect(catalogSays(library, 'timeout').zero).toBe('immediate');
    }),
    run(['signal: default'], 'a signal ends a call, and there is none without it', async () => {
      const call = await load();
      await withHttpServer(
        () => undefined,
        async ({ url }) => {
          const error = await errorOf(call(url, {}, { signal: AbortSignal.timeout(30) }));
          expect(error.constructor.name).toBe('APIUserAbortError');
        },
      );
      await withSilence(async (url, { states }) => {
        expect(await states(call(url, { timeout: 2 * HOUR }), [HOUR])).toEqual(['pending']);
      });
      expect(catalogSays(library, 'signal')).toEqual({ default: 'none', unit: 'signal' });
    }),
  ];
}

/** Runs something with a server that never answers; `asked` waits until a request has arrived there. */
function withSilence<T>(use: (url: string, clock: HandClock, asked: () => Promise<void>) => Promise<T>): Promise<T> {
  let requests = 0;
  return withHttpServer(
    () => requests++,
    ({ url }) => withHandClock((clock) => use(url, clock, () => until('a request', () => requests > 0))),
  );
}

/** How often a call asks a server that is out of order. */
async function attempts(call: Caller, ofClient: Given, ofCall?: Given): Promise<number> {
  let requests = 0;
  await withHttpServer(
    (_request, response) => {
      requests++;
      response.writeHead(500).end();
    },
    ({ url }) =>
      withHandClock(async ({ forward }) => {
        let under = true;
        const ended = (): void => {
          under = false;
        };
        call(url, ofClient, ofCall).then(ended, ended);
        const isUnderWay = (): boolean => under;
        // The pauses between attempts are a few seconds at most.
        while (isUnderWay()) await forward(20_000);
      }),
  );
  return requests;
}
