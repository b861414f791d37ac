import pg from 'pg';
import { Agent, request } from 'undici';
import { config } from '../config.js';

interface OpenOrder {
  id: number;
  total_cents: number;
}

/** Runs tasks, a few at a time. */
class Pool {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.free -= 1;
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}

/** Marks orders as paid for which the payment has arrived. */
export function startReconciliation(): NodeJS.Timeout {
  return setInterval(() => {
    reconcile().catch((error: unknown) => {
      console.error('Reconciliation failed', error);
    });
  }, config.reconcileEveryMs);
}

async function reconcile(): Promise<void> {
  const db = new pg.Pool({ connectionString: config.databaseUrl, max: 2 });
  const { rows } = await db.query<OpenOrder>("SELECT id, total_cents FROM orders WHERE status = 'open' ORDER BY id");
  const pool = new Pool(4);
  await Promise.all(
    rows.map((order) =>
      pool.run(async () => {
        if ((await paidAmount(order.id)) < order.total_cents) return;
        await db.query("UPDATE orders SET status = 'paid' WHERE id = $1", [order.id]);
      }),
    ),
  );
  await db.end();
}

async function paidAmount(orderId: number): Promise<number> {
  const agent = new Agent({ connections: 4 });
  const { body } = await request(`${config.paymentsUrl}/payments/${orderId}`, { dispatcher: agent });
  const { cents } = (await body.json()) as { cents: number };
  return cents;
}
