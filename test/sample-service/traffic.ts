/** Connections that something opens. */
export interface Connections {
  readonly database: number;
  readonly http: number;
}

/** A request to the sample service, and what it costs. */
export interface Step {
  readonly request: string;
  readonly body?: object;
  readonly status?: number;
  /** Connections that each request opens as the service is written; none where they are shared. */
  readonly opens?: Partial<Connections>;
  /** Connections that each request still opens after `--fix-all`. */
  readonly stays?: Partial<Connections>;
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
];

const PATIENCE_MS = 20_000;

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
