import type { SQSHandler } from 'aws-lambda';
import { Pool } from 'pg';
import { Agent, fetch } from 'undici';

interface OrderEvent {
  order: number;
  kind: 'delivered' | 'returned' | 'shipped';
}

/** Notes what carriers tell about orders, and passes it on to the warehouse. */
export const handler: SQSHandler = async ({ Records }) => {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
  const batchItemFailures: { itemIdentifier: string }[] = [];
  try {
    for (const { messageId, body } of Records) {
      const { order, kind } = JSON.parse(body) as OrderEvent;
      await pool.query('INSERT INTO order_events (message_id, order_id, kind) VALUES ($1, $2, $3)', [messageId, order, kind]);
      const response = await fetch(`${process.env.WAREHOUSE_URL}/events`, {
        method: 'POST',
        body: JSON.stringify({ order, kind }),
        dispatcher: new Agent({ connect: { timeout: 2_000 } }),
      });
      const { accepted } = (await response.json()) as { accepted: boolean };
      if (!accepted) batchItemFailures.push({ itemIdentifier: messageId });
    }
  } finally {
    await pool.end();
  }
  return { batchItemFailures };
};
