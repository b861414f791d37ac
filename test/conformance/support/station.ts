/** A client with a bound on its sockets, the origin it talks to, and what can be said of the two. */
import { expect } from 'vitest';
import type { Delivery, ResponseSemantics } from '../../../src/catalog/descriptor.js';
import { within } from '../../support/within.js';
import { follow, invoke } from './members.js';
import { startOrigin, type Origin, type Wanted } from './origin.js';
import { ignoreErrors } from './uses.js';

/** Sockets a client may open. */
export const LIMIT = 2;

export type Options = Readonly<Record<string, unknown>>;

/** A way to call a library. */
export interface Client {
  /** The API itself. */
  readonly call: (...args: unknown[]) => unknown;
  /** Its arguments, with these options where the catalog says that options may stand. */
  readonly arguments: (url: URL, options: Options, position: number) => readonly unknown[];
  /** Waits for the response where the call gives its body back before there is one. */
  readonly ready?: (body: unknown) => Promise<unknown> | undefined;
  /** The agent or dispatcher that owns its sockets. */
  readonly owner: () => unknown;
}

/** What is put to the test. */
export interface Subject {
  readonly title: string;
  readonly response: ResponseSemantics;
  /** The client, with a bound on its sockets. */
  readonly open: (limit: number) => Client;
  /** Position of the options where nothing asks for another. */
  readonly options: number;
  /** The method, where the API has one of its own and takes no other. */
  readonly method?: string;
  /** Members of the catalog that the version installed lacks, each with the reason. */
  readonly lacks?: Readonly<Record<string, string>>;
}

/** What became of a request. */
export interface Answer {
  readonly response: unknown;
  /** What the call itself gave back. */
  readonly request: unknown;
}

export interface Ask {
  readonly options?: Options;
  readonly position?: number;
  readonly delivery?: Delivery;
  /** Nothing but the answer may refer to the response. */
  readonly forgotten?: boolean;
}

export interface Station {
  readonly origin: Origin;
  readonly client: Client;
  readonly ask: (wanted: Wanted, how?: Ask) => Promise<Answer>;
  /** As many responses as there are sockets. */
  readonly askAll: (wanted: Wanted, how?: Ask) => Promise<readonly Answer[]>;
  /** Sends one more request; gives back its arrival at the origin. */
  readonly oneMore: () => Promise<void>;
  /** Frees every socket, whatever was done with its response. */
  readonly freeAll: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts an origin and a client. */
export async function startStation(subject: Subject): Promise<Station> {
  const origin = await startOrigin();
  const client = subject.open(LIMIT);
  const { when = [], delivery, signals = [] } = subject.response;
  const controller = new AbortController();
  const condition = when[0];
  const needed = condition?.test === 'property-is' ? { [condition.property]: condition.values[0] } : {};
  const send = (url: URL, how: Ask = {}): Promise<Answer> => {
    const args = client.arguments(url, { ...needed, ...how.options }, how.position ?? subject.options);
    const way = how.delivery ?? delivery[0];
    if (!way) throw new Error(`${subject.title} delivers nothing.`);
    return deliver(client, args, way);
  };
  const ignore = ({ response }: Answer) => {
    ignoreErrors(response);
    ignoreErrors(follow(response, subject.response.body));
  };
  const ask: Station['ask'] = async (wanted, how = {}) => {
    const position = how.position ?? subject.options;
    const signal = how.forgotten === true ? undefined : signals.find(({ argument }) => argument === position);
    const options = signal ? { [signal.property]: controller.signal, ...how.options } : { ...how.options };
    const answer = await within(10, `the response of ${subject.title}`, send(origin.url(wanted), { ...how, options }));
    ignore(answer);
    return answer;
  };
  return {
    origin,
    client,
    ask,
    askAll: async (wanted, how) => {
      const answers: Answer[] = [];
      for (let count = 0; count < LIMIT; count++) answers.push(await ask(wanted, how));
      return answers;
    },
    oneMore: () => {
      const { url, arrived } = origin.probe();
      // Where it waits it is answered late or never.
      send(url).then(ignore, () => undefined);
      return arrived;
    },
    freeAll: () => {
      controller.abort();
      origin.hangUp();
    },
    stop: async () => {
      // Each of them has this method; that it frees the sockets is a test of its own.
      await invoke(client.owner(), 'destroy');
      await origin.stop();
    },
  };
}

function deliver({ call, ready }: Client, args: readonly unknown[], delivery: Delivery): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const take =
      (parameter: number, request: () => unknown) =>
      (...given: readonly unknown[]) => {
        resolve({ response: given[parameter], request: request() });
      };
    switch (delivery.by) {
      case 'promise':
      case 'return': {
        const request = call(...args);
        ignoreErrors(request);
        Promise.all([request, ready?.(request)]).then(([response]) => {
          resolve({ response, request });
        }, reject);
        break;
      }
      case 'callback': {
        if (delivery.argument !== -1) throw new Error('Callbacks stand last in everything that is tested here.');
        const request: unknown = call(
          ...args,
          take(delivery.parameter, () => request),
        );
        ignoreErrors(request);
        break;
      }
      case 'event': {
        const request = call(...args);
        ignoreErrors(request);
        invoke(
          request,
          'once',
          delivery.event,
          take(delivery.parameter, () => request),
        );
      }
    }
  });
}

/**
 * Fails where a socket is left for one more request.
 *
 * From the outside a request that waits looks like one that is slow. So it is given the time of many others, and then the sockets are
 * freed: a request that waited for one goes out. A slow machine makes this fail to notice, never fail.
 */
export async function expectHeld(station: Station): Promise<void> {
  const arrived = await expectWaiting(station);
  station.freeAll();
  await within(10, 'the request that waited', arrived());
}

/** The first half of {@link expectHeld}; gives back the arrival of the request that waits. */
export async function expectWaiting({ origin, oneMore }: Station): Promise<() => Promise<void>> {
  const arrived = oneMore();
  const outcome = await Promise.race([arrived.then(() => 'a socket is free'), origin.roundTrips().then(() => 'all are held')]);
  expect(outcome).toBe('all are held');
  return () => arrived;
}

/** Fails where no socket is left for one more request. */
export async function expectFree({ oneMore }: Station): Promise<void> {
  await within(10, 'a free socket', oneMore());
}
