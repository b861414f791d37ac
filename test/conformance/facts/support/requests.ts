/** Requests of HTTP libraries that take an agent of node:http or a signal. */
import { Agent } from 'node:http';
import net from 'node:net';
import { neverFound, stateOf, until, withSite, type Site, type State } from './site.js';

/** An agent whose connections are being made for ever. */
export class EndlessAgent extends Agent {
  // @ts-expect-error Node calls it so, the types know of no such method.
  createConnection(): net.Socket {
    return net.connect({ host: 'nowhere.invalid', port: 80, lookup: neverFound });
  }
}

/** Milliseconds for which even a busy machine does not stand still: a time that a test must not reach by chance. */
export const AMPLE = 250;

/** Milliseconds behind them. */
export const BEYOND = 500;

/** Where a request was when its signal was aborted. */
export interface Aborted {
  /** Waiting for a socket of the agent. */
  readonly queued: State;
  readonly connecting: State;
  readonly underWay: State;
  readonly inBody: State;
}

/** What becomes of requests that are pending when their signal is aborted. */
export async function aborted(
  request: (url: string, signal: AbortSignal, agent: Agent | undefined) => PromiseLike<unknown>,
): Promise<Aborted> {
  const agent = new Agent({ maxSockets: 1, keepAlive: true });
  const endless = new EndlessAgent();
  const controller = new AbortController();
  const { signal } = controller;
  const states: State[] = [];
  await withSite(async (site) => {
    try {
      const holder = new AbortController();
      const held = request(site.url('silent'), holder.signal, agent);
      held.then(undefined, () => undefined);
      await until('the first request to arrive', () => site.requests() === 1);
      const requests = [
        request(site.url(), signal, agent),
        request(site.url(), signal, endless),
        request(site.url('silent'), signal, undefined),
        request(site.url('stalls'), signal, undefined),
      ];
      const before = await Promise.all(requests.map((pending) => stateOf(pending, 60)));
      if (before.some((state) => state !== 'pending')) throw new Error(`Not all were pending: ${before.join(', ')}`);
      controller.abort();
      states.push(...(await Promise.all(requests.map((pending) => stateOf(pending, AMPLE)))));
      holder.abort();
    } finally {
      agent.destroy();
      endless.destroy();
    }
  });
  const [queued = 'pending', connecting = 'pending', underWay = 'pending', inBody = 'pending'] = states;
  return { queued, connecting, underWay, inBody };
}

/** What becomes of requests that go through the global fetch, with the dispatcher they are given, when their signal is aborted. */
export async function abortedFetch(
  request: (url: string, options: { readonly signal: AbortSignal; readonly dispatcher?: object }) => PromiseLike<unknown>,
): Promise<Aborted> {
  const { Agent: Dispatcher } = await import('undici');
  const busy = new Dispatcher({ connections: 1 });
  const hanging = new Dispatcher({ connect: { lookup: neverFound } });
  const controller = new AbortController();
  const { signal } = controller;
  const states: State[] = [];
  await withSite(async (site) => {
    try {
      const holder = new AbortController();
      const held = request(site.url('silent'), { signal: holder.signal, dispatcher: busy });
      held.then(undefined, () => undefined);
      await until('the first request to arrive', () => site.requests() === 1);
      const requests = [
        request(site.url(), { signal, dispatcher: busy }),
        request('http://nowhere.invalid/', { signal, dispatcher: hanging }),
        request(site.url('silent'), { signal }),
        request(site.url('stalls'), { signal }),
      ];
      const before = await Promise.all(requests.map((waiting) => stateOf(waiting, 60)));
      if (before.some((state) => state !== 'pending')) throw new Error(`Not all were pending: ${before.join(', ')}`);
      controller.abort();
      states.push(...(await Promise.all(requests.map((waiting) => stateOf(waiting, AMPLE)))));
      holder.abort();
    } finally {
      await Promise.all([busy.destroy(), hanging.destroy()]);
    }
  });
  const [queued = 'pending', connecting = 'pending', underWay = 'pending', inBody = 'pending'] = states;
  return { queued, connecting, underWay, inBody };
}

/** The connections that three requests open which are made one after the other. */
export async function oneByOne(site: Site, request: (url: string) => PromiseLike<unknown>): Promise<number> {
  const before = site.opened();
  for (let count = 0; count < 3; count++) {
    await request(site.url());
    // A socket is free again after the answer has been read.
    await new Promise(setImmediate);
  }
  return site.opened() - before;
}

/** Whether requests are pending after some time; what becomes of them behind it is of no interest. */
export function pending(requests: readonly PromiseLike<unknown>[], milliseconds = 100): Promise<readonly boolean[]> {
  return Promise.all(requests.map(async (request) => (await stateOf(request, milliseconds)) === 'pending'));
}
