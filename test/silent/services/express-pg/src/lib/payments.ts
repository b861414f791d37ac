import { Agent, request } from 'undici';
import { config } from '../config.js';

const dispatcher = new Agent({
  connections: 32,
  connectTimeout: 2_000,
  headersTimeout: 5_000,
  bodyTimeout: 5_000,
  keepAliveTimeout: 10_000,
});

export class PaymentError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'PaymentError';
  }
}

export async function charge(orderId: number, amount: number): Promise<{ id: string }> {
  const { statusCode, body } = await request(new URL('/v1/charges', config.PAYMENTS_URL), {
    dispatcher,
    method: 'POST',
    headers: {
      authorization: `Bearer ${config.PAYMENTS_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': String(orderId),
    },
    body: JSON.stringify({ amount, reference: orderId }),
    signal: AbortSignal.timeout(8_000),
  });
  if (statusCode >= 400) throw new PaymentError(statusCode, await body.text());
  return (await body.json()) as { id: string };
}

export async function isAvailable(): Promise<boolean> {
  try {
    const { statusCode, body } = await request(new URL('/healthz', config.PAYMENTS_URL), {
      dispatcher,
      headersTimeout: 1_000,
      signal: AbortSignal.timeout(2_000),
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}

export const closePayments = (): Promise<void> => dispatcher.close();
