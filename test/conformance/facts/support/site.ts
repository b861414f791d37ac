/** Servers on loopback that answer in the ways in which a limit or a timeout shows. */
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

// Taken before a test puts another clock in its place.
const later = globalThis.setTimeout;

/** Waits by the real clock, whatever the test has made of it. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => later(resolve, milliseconds));
}

/** How far a promise has got. */
export type State = 'fulfilled' | 'pending' | 'rejected';

/** The state of a promise after that time; the default is many times longer than an answer on loopback takes. */
export function stateOf(promise: PromiseLike<unknown>, milliseconds = 100): Promise<State> {
  return Promise.race([
    Promise.resolve(promise).then(
      () => 'fulfilled' as const,
      () => 'rejected' as const,
    ),
    wait(milliseconds).then(() => 'pending' as const),
  ]);
}

/** Milliseconds after which something that is due within a few hundred counts as missing. */
const LATE = 10_000;

/** What a promise rejects with. */
export async function errorOf(promise: PromiseLike<unknown>): Promise<NodeJS.ErrnoException> {
  try {
    await promise;
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  throw new Error('Expected a rejection, but it was fulfilled.');
}

/** Waits until something is so. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + LATE;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain: ${what}.`);
    await wait(5);
  }
}

/** How a server answers. */
export type Manner =
  /** With `ok`. */
  | 'answers'
  /** With `ok` after 60 ms. */
  | 'dawdles'
  /** Never. */
  | 'silent'
  /** With the headers and a part of the body, and then nothing more. */
  | 'stalls'
  /** With one byte each 20 ms, for ever. */
  | 'trickles';

/** A server that is part of a test. */
export interface Site {
  readonly port: number;
  /** An address that is answered in that manner. */
  readonly url: (manner?: Manner) => string;
  /** Connections that were made to it. */
  readonly opened: () => number;
  /** Connections that are open. */
  readonly open: () => number;
  /** Closes all of them from this side. */
  readonly hangUp: () => void;
  /** Requests that have arrived. */
  readonly requests: () => number;
  readonly stop: () => Promise<void>;
}

const DAWDLE = 60;
const TRICKLE = 20;

/**
 * A server of HTTP, which is a proxy to itself too. It closes no connection by itself.
 *
 * @param front Makes a server that hands its connections over to that of HTTP.
 */
export async function openSite(front: (server: HttpServer) => net.Server = (server) => server): Promise<Site> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    // The name stands at the end, so that it is found behind a proxy too, which is asked for the whole address.
    const manner = (request.url ?? '').split('/').at(-1);
    switch (manner) {
      case 'silent':
        break;
      case 'dawdles':
        later(() => response.end('ok'), DAWDLE);
        break;
      case 'stalls':
        response.writeHead(200, { 'content-length': 1000 }).write('ok');
        break;
      case 'trickles': {
        response.writeHead(200);
        const timer = setInterval(() => response.write('.'), TRICKLE);
        response.once('close', () => clearInterval(timer));
        break;
      }
      default:
        response.end('ok');
    }
  });
  server.keepAliveTimeout = 0;
  server.on('connect', (_request, socket: Socket) => {
    socket.write('HTTP/1.1 200 Connected\r\n\r\n');
    // What comes through the tunnel is answered here as well.
    server.emit('connection', socket);
  });
  return started(front(server), (port, counted) => ({
    ...counted,
    port,
    url: (manner = 'answers') => `http://127.0.0.1:${String(port)}/${manner}`,
    requests: () => requests,
  }));
}

/** A server that takes connections and never says a word, so that every handshake hangs. */
export async function openMute(): Promise<Site> {
  return started(net.createServer(), (port, counted) => ({
    ...counted,
    port,
    url: () => `https://127.0.0.1:${String(port)}/`,
    requests: () => 0,
  }));
}

type Counted = Pick<Site, 'hangUp' | 'open' | 'opened' | 'stop'>;

async function started(server: HttpServer | net.Server, site: (port: number, counted: Counted) => Site): Promise<Site> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on('connection', (socket: Socket) => {
    if (sockets.has(socket)) return;
    opened++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  return site((server.address() as AddressInfo).port, {
    opened: () => opened,
    open: () => sockets.size,
    hangUp,
    stop: async () => {
      hangUp();
      server.close();
      await once(server, 'close');
    },
  });
}

/** Runs a test with a server that is stopped behind it. */
export async function withSite(test: (site: Site) => Promise<void>, open: () => Promise<Site> = openSite): Promise<void> {
  const site = await open();
  try {
    await test(site);
  } finally {
    await site.stop();
  }
}

/** A look-up of names that finds nothing and does not end: a connection that is being made for ever. */
export function neverFound(): void {
  // The callback is never called.
}
