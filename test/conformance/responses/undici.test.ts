import { Agent, fetch, pipeline, Pool, request } from 'undici';
import { undici } from '../../../src/catalog/libraries/undici.js';
import { describeResponse } from '../support/describe-response.js';
import { entryFor } from '../support/entries.js';
import { invoke } from '../support/members.js';
import type { Client } from '../support/station.js';

function withAgent(call: Client['call'], connections: number): Client {
  const dispatcher = new Agent({ connections });
  return { call, arguments: (url, options) => [url, { dispatcher, ...options }], owner: () => dispatcher };
}

describeResponse({
  title: 'undici request',
  response: entryFor(undici.responses, ['request']),
  options: 1,
  open: (connections) => withAgent(request as Client['call'], connections),
});

describeResponse({
  title: 'undici Pool.request',
  response: entryFor(undici.responses, ['Pool', 'new', 'request']),
  options: 0,
  open: (connections) => {
    // The origin is known with the first request.
    let pool: Pool | undefined;
    return {
      call: (...args) => invoke(pool, 'request', ...args),
      arguments: ({ origin, pathname, search }, options) => {
        pool ??= new Pool(origin, { connections });
        return [{ path: pathname + search, method: 'GET', ...options }];
      },
      owner: () => pool,
    };
  },
});

describeResponse({
  title: 'undici fetch',
  response: entryFor(undici.responses, ['fetch']),
  options: 1,
  open: (connections) => withAgent(fetch as Client['call'], connections),
});

describeResponse({
  title: 'undici pipeline',
  response: entryFor(undici.responses, ['pipeline']),
  options: 1,
  open: (connections) => {
    const responses = new WeakMap<object, Promise<unknown>>();
    const call = (...[url, options]: unknown[]) => {
      const { promise, resolve } = deferred();
      const stream = pipeline(url as URL, options as Parameters<typeof pipeline>[1], ({ body }) => {
        resolve();
        return body;
      });
      responses.set(stream, promise);
      return stream.end();
    };
    return { ...withAgent(call, connections), ready: (stream) => responses.get(stream as object) };
  },
});

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
