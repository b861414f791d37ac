/** Connections that something opens. */
export interface Connections {
  readonly database: number;
  readonly http: number;
}

/** Connections that each request opens; none where they are shared, `some` where the HTTP client decides. */
export type Opened = Partial<Record<keyof Connections, number | 'some'>>;

/** A request to the sample service, and what it costs. */
export interface Step {
  readonly request: string;
  readonly body?: object;
  readonly status?: number;
  /** How many are sent at the same time, where it matters. */
  readonly concurrency?: number;
  /** Connections that each request opens as the service is written. */
  readonly opens?: Opened;
  /** Connections that each request still opens after `--fix-all`. */
  readonly stays?: Opened;
}

/** Every route of the sample service. Whoever adds a route adds it here. */
export const STEPS: readonly Step[] = [
  { request: 'GET /orders', opens: { database: 1 } },
  { request: 'GET /orders/3', opens: { database: 1 } },
  { request: 'GET /orders/99', status: 404, opens: { database: 1 } },
  { request: 'GET /orders/3/total', opens: { database: 2 } },
  { request: 'GET /orders/stock/lamp' },
  {
    request: 'POST /orders',
    status: 201,
    opens: { http: 2 },
    body: {
      customer: 3,
      lines: [
        { sku: 'lamp', quantity: 2 },
        { sku: 'chair', quantity: 1 },
      ],
    },
  },
  { request: 'GET /customers', opens: { database: 1 } },
  { request: 'GET /customers/2', opens: { database: 1 } },
  { request: 'GET /customers/99', status: 404, opens: { database: 1 } },
  { request: 'GET /customers/1/orders' },
  {
    request: 'POST /customers/2/moves',
    status: 201,
    body: { city: 'London' },
    opens: { database: 1 },
    stays: { database: 1 },
  },
  { request: 'GET /shipping/quotes?grams=250', opens: { http: 1 } },
  { request: 'GET /shipping/contracts/gold/quotes' },
  { request: 'GET /shipping/parcels/A1', opens: { http: 1 } },
  { request: 'GET /shipping/parcels/B2', status: 404, opens: { http: 1 } },
  { request: 'GET /shipping/offices', opens: { http: 1 } },
  { request: 'GET /shipping/labels/A1', opens: { http: 1 } },
  { request: 'GET /reports/turnover' },
  { request: 'GET /reports/best-customers', opens: { database: 1 } },
  { request: 'GET /reports/tenants/acme/turnover', opens: { database: 1 }, stays: { database: 1 } },
  { request: 'GET /reports/tenants/acme/orders' },
  // Right as it is: it asks whether one can connect, and closes what it opened.
  { request: 'POST /reports/tenants/acme/check', opens: { database: 1 }, stays: { database: 1 } },
  { request: 'GET /health', opens: { database: 1 } },
  { request: 'GET /inventory/sofa/listed' },
  { request: 'GET /inventory/lamp/manual' },
  { request: 'GET /inventory/sofa/pictured' },
  { request: 'GET /inventory/lamp/picture' },
  // undici closes a connection after a HEAD request.
  { request: 'GET /inventory/lamp/known', opens: { http: 'some' }, stays: { http: 'some' } },
  { request: 'GET /inventory/lamp/stocked' },
  { request: 'GET /inventory/lamp/price' },
  { request: 'GET /inventory/lamp/recall' },
  { request: 'GET /inventory/desk/recall' },
  { request: 'GET /payments/orders/1' },
  { request: 'GET /payments/orders/1/balance', concurrency: 1 },
  { request: 'GET /payments/largest' },
  { request: 'GET /payments/customers/1' },
  { request: 'POST /payments/orders/2', status: 201, body: { cents: 50 } },
  { request: 'POST /payments/orders/2/refunds', status: 201, body: { cents: 20 } },
  { request: 'POST /payments/customers/1/credits', status: 201, body: { cents: 100 } },
  // Nobody knows on which connections its transactions end, and so what a later request would see.
  { request: 'POST /payments/pairs/1/2', status: 201, body: { cents: 10 } },
];

/** A request that loses a connection of the service as it is written. */
export interface Leak {
  readonly request: string;
  readonly body?: object;
  readonly status?: number;
  /** Are they sent one after the other, and not all at the same time? */
  readonly oneByOne?: boolean;
  /** How many get their answer at most as the service is written. The others fail, or wait until their sender gives up. */
  readonly answered?: number;
  /** Connections to the warehouse that were open at once: at least that many as it is written, at most that many after `--fix-all`. */
  readonly sockets?: { readonly written: number; readonly repaired: number };
  /** A request with nothing wrong in it that fails afterwards as the service is written: there is no connection left for it. */
  readonly starves?: string;
  /** Why it still fails after `--fix-all`. */
  readonly stays?: string;
}

/** How often the request of a leak is sent: more often than any pool has connections. */
export const LEAKING_REQUESTS = 20;

const MAX_PAYMENTS = 3;
const MAX_AGENT = 4;
const LARGEST = 'GET /payments/largest';
const PICTURE = 'GET /inventory/lamp/picture';

/** Every way to lose a connection of the sample service. Each group is for a process of its own. */
export const LEAKS: readonly (readonly Leak[])[] = [
  [
    { request: 'GET /inventory/lamp/listed', oneByOne: true, sockets: { written: LEAKING_REQUESTS, repaired: 2 } },
    // All connections are held by requests that wait for a second one, until they give up.
    { request: 'GET /payments/orders/1/balance', answered: LEAKING_REQUESTS - MAX_PAYMENTS },
    // Its query fails: that is no number.
    { request: 'GET /payments/orders/none', status: 500, starves: LARGEST },
  ],
  [
    { request: 'GET /inventory/desk/manual', status: 415, oneByOne: true, sockets: { written: LEAKING_REQUESTS, repaired: 2 } },
    { request: 'POST /payments/orders/99', status: 404, body: { cents: 50 }, answered: MAX_PAYMENTS, starves: LARGEST },
    { request: 'GET /inventory/lamp/weighed', answered: MAX_AGENT, starves: PICTURE },
  ],
  [
    // The garbage collector may free some as it is written.
    { request: 'GET /inventory/lamp/pictured', oneByOne: true, sockets: { written: 5, repaired: 4 } },
    {
      request: 'POST /payments/orders/1/refunds',
      status: 500,
      body: { cents: 0 },
      starves: LARGEST,
      stays: 'nothing rolls back the transaction that failed, so every connection is still in one',
    },
    { request: 'GET /inventory/sofa/picture', status: 500, answered: MAX_AGENT, starves: PICTURE },
  ],
];

const PATIENCE_MS = 20_000;
// Longer than the service waits for a connection of the database.
const LEAK_PATIENCE_MS = 6_000;

/**
 * Sends a step's request many times, a few at a time.
 *
 * @returns The answers, status and body, sorted.
 */
export async function send(service: string, step: Step, times: number, concurrency: number): Promise<readonly string[]> {
  const [method = '', path = ''] = step.request.split(' ');
  const answers: string[] = [];
  let left = times;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      const response = await fetch(`${service}${path}`, {
        method,
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(step.body && { body: JSON.stringify(step.body), headers: { 'content-type': 'application/json' } }),
      }).catch((error: unknown) => {
        throw new Error(`${step.request}: no answer`, { cause: error });
      });
      answers.push(`${String(response.status)} ${await response.text()}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  return answers.sort();
}

/** What became of the requests of a leak. */
export interface Leaked {
  /** The answers with the right status. */
  readonly answers: readonly string[];
  /** The status of the request that follows them, 0 where there was no answer. */
  readonly next: number;
}

/** Sends a leak's request again and again, and then the one that needs a connection as well. */
export async function sendLeak(service: string, leak: Leak): Promise<Leaked> {
  const ask = async ({ request, body }: Pick<Leak, 'body' | 'request'>) => {
    const [method = '', path = ''] = request.split(' ');
    try {
      const response = await fetch(`${service}${path}`, {
        method,
        signal: AbortSignal.timeout(LEAK_PATIENCE_MS),
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: 0, text: '' };
    }
  };
  const answers: string[] = [];
  const send = async () => {
    const { status, text } = await ask(leak);
    if (status === (leak.status ?? 200)) answers.push(text);
  };
  if (leak.oneByOne) for (let index = 0; index < LEAKING_REQUESTS; index += 1) await send();
  else await Promise.all(Array.from({ length: LEAKING_REQUESTS }, send));
  const { status } = await ask({ request: leak.starves ?? leak.request });
  return { answers, next: status };
}

/**
 * Follows the orders as they are placed, and places one.
 *
 * @returns The first event.
 */
export async function firstEvent(service: string, order: object): Promise<string> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const { body } = await fetch(`${service}/orders/events`, { signal });
  await fetch(`${service}/orders`, {
    method: 'POST',
    body: JSON.stringify(order),
    headers: { 'content-type': 'application/json' },
    signal,
  });
  const events = body as ReadableStream<Uint8Array> | null;
  const chunk = await events?.getReader().read();
  leaving.abort();
  return new TextDecoder().decode(chunk?.value).trim();
}
