import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An HTTP service that counts its connections. */
export interface Upstream {
  readonly url: string;
  /** Connections accepted so far. */
  readonly accepted: () => number;
  /** The most connections that were open at the same time. */
  readonly peak: () => number;
  /** Resolves when a path was asked for that many times. */
  readonly asked: (path: string, times: number) => Promise<void>;
  readonly close: () => void;
}

// Nothing found is a 404, and null a 204.
type Answer = (path: string, request: IncomingMessage, body: string) => object | string | null | undefined;

async function startUpstream(answer: Answer): Promise<Upstream> {
  let accepted = 0;
  let open = 0;
  let peak = 0;
  const counts = new Map<string, number>();
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    counts.set(pathname, (counts.get(pathname) ?? 0) + 1);
    for (const look of waiting) look();
    text(request).then(
      (body) => {
        const found = answer(pathname, request, body);
        if (found === null) {
          response.writeHead(204).end();
          return;
        }
        response.statusCode = found === undefined ? 404 : 200;
        response.setHeader('content-type', typeof found === 'string' ? 'text/plain' : 'application/json');
        response.end(typeof found === 'string' ? found : JSON.stringify(found ?? { error: 'not found' }));
      },
      () => response.destroy(),
    );
  });
  // Longer than the test: that a connection is not used again must not be for its age.
  server.keepAliveTimeout = 300_000;
  server.on('connection', (socket) => {
    accepted += 1;
    open += 1;
    peak = Math.max(peak, open);
    socket.on('close', () => (open -= 1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    accepted: () => accepted,
    peak: () => peak,
    asked: (path, times) =>
      new Promise((resolve) => {
        const look = () => {
          if ((counts.get(path) ?? 0) < times) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const STOCK: Readonly<Record<string, number>> = { lamp: 12, chair: 0, desk: 3 };
const PRICES: Readonly<Record<string, number>> = { lamp: 1950, chair: 4400, desk: 12000 };
const QUOTES = [
  { carrier: 'Snail', cents: 490 },
  { carrier: 'Pigeon', cents: 350 },
];

// More than the sockets hold, and more than clients take ahead of being asked for it. A manual is small enough to be thrown away
// to its end, so that its connection can be used again; a picture is not.
const MANUAL = '1. Unpack. '.repeat(9_000);
const PICTURE = 'pixel '.repeat(60_000);

const startWarehouse = () =>
  startUpstream((path, { method }, body) => {
    const [, kind = '', sku = ''] = path.split('/');
    if (kind === 'health') return { healthy: true };
    if (kind === 'stock') return sku in STOCK ? { available: STOCK[sku] } : undefined;
    if (kind === 'prices') return sku in PRICES ? { cents: PRICES[sku] } : undefined;
    if (kind === 'manuals') return sku === 'lamp' ? MANUAL : sku === 'desk' ? { pages: [MANUAL] } : undefined;
    if (kind === 'pictures') return sku === 'lamp' ? PICTURE : undefined;
    if (kind === 'weights') return { grams: 1200 };
    if (kind === 'recalls') return sku === 'lamp' ? 'It gets hot.' : null;
    if (kind !== 'events' || method !== 'POST') return undefined;
    return { accepted: (JSON.parse(body) as { kind: string }).kind !== 'returned' };
  });

const startCarrier = () =>
  startUpstream((path, { headers }) => {
    const [, kind = '', code = ''] = path.split('/');
    if (kind === 'quotes') return headers['x-contract'] === 'gold' ? QUOTES.map((quote) => ({ ...quote, cents: 100 })) : QUOTES;
    if (kind === 'parcels') return code === 'A1' ? { code, state: 'on its way' } : undefined;
    if (kind === 'offices') return [{ city: 'Turin' }, { city: 'Graz' }];
    return kind === 'labels' ? `^XA^FD${code}^FS^XZ` : undefined;
  });

// Only the second order is ever paid for.
const startPayments = () => startUpstream((path) => ({ cents: path === '/payments/2' ? 1950 : 0 }));

/** The HTTP services that the sample service talks to. */
export interface Upstreams {
  readonly env: Readonly<Record<string, string>>;
  readonly payments: Upstream;
  readonly warehouse: Upstream;
  /** Connections accepted so far, by all of them. */
  readonly accepted: () => number;
  readonly close: () => void;
}

/** Starts the warehouse, the carrier and the payments, each on a port of its own. */
export async function startUpstreams(): Promise<Upstreams> {
  const [warehouse, carrier, payments] = await Promise.all([startWarehouse(), startCarrier(), startPayments()]);
  const all = [warehouse, carrier, payments];
  return {
    env: { WAREHOUSE_URL: warehouse.url, CARRIER_URL: carrier.url, PAYMENTS_URL: payments.url },
    payments,
    warehouse,
    accepted: () => all.reduce((sum, upstream) => sum + upstream.accepted(), 0),
    close: () => {
      for (const upstream of all) upstream.close();
    },
  };
}
