import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Round trips in which a request that can be sent has been sent many times over. */
const MANY = 40;

/** What the origin is asked for. */
export type Wanted =
  | { readonly status: number; readonly bytes?: number }
  | { readonly bytes: number; readonly as?: 'json' | 'form'; readonly chunked?: boolean };

/** A request whose arrival is waited for. */
export interface Probe {
  readonly url: URL;
  readonly arrived: Promise<void>;
}

/** An HTTP server on loopback that counts the sockets of its client. */
export interface Origin {
  readonly url: (wanted: Wanted) => URL;
  readonly probe: () => Probe;
  /** Waits as long as many requests and responses over a socket of its own take, one after the other. */
  readonly roundTrips: () => Promise<void>;
  /** The number of sockets over which the client has sent something. */
  readonly used: () => number;
  /** Waits until the client has closed each of them. */
  readonly unused: () => Promise<void>;
  /** Closes them, from this side. */
  readonly hangUp: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts an origin. */
export async function startOrigin(): Promise<Origin> {
  const used = new Set<Socket>();
  const probes = new Map<string, () => void>();
  const server = createServer((request, response) => {
    if (request.url !== '/control') used.add(request.socket);
    const { pathname } = new URL(request.url ?? '/', 'http://origin');
    probes.get(pathname)?.();
    answer(request, response);
  });
  // Nothing is to close but what a test closes.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const control = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    url: (wanted) => {
      const url = new URL('/', base);
      for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, String(value));
      return url;
    },
    probe: () => {
      const path = `/probe/${String(probes.size)}`;
      return { url: new URL(path, base), arrived: new Promise((resolve) => probes.set(path, resolve)) };
    },
    roundTrips: async () => {
      for (let trip = 0; trip < MANY; trip++) {
        const [response] = (await once(get(`${base}/control`, { agent: control }), 'response')) as [IncomingMessage];
        await once(response.resume(), 'close');
      }
    },
    used: () => used.size,
    unused: async () => {
      await Promise.all([...used].map(closing));
    },
    hangUp: () => {
      for (const socket of used) socket.destroy();
    },
    stop: async () => {
      control.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

// Not `once` of node:events, which rejects where a socket is reset before it closes.
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

function answer({ url, method }: IncomingMessage, response: ServerResponse): void {
  const query = new URL(url ?? '/', 'http://origin').searchParams;
  const form = query.get('as') === 'form';
  const size = Number(query.get('bytes'));
  // JSON text, or a form with one field, of exactly that many bytes.
  const body = size === 0 ? '' : form ? `a=${'x'.repeat(size - 2)}` : `"${'x'.repeat(size - 2)}"`;
  response.statusCode = Number(query.get('status') ?? 200);
  if (response.statusCode !== 204 && response.statusCode !== 304) {
    response.setHeader('content-type', form ? 'application/x-www-form-urlencoded' : 'application/json');
    if (query.get('chunked') === null) response.setHeader('content-length', size);
  }
  response.end(method === 'HEAD' ? undefined : body);
}
