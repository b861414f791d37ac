import { cache } from 'react';
import OpenAI from 'openai';
import { pool } from '@/lib/db';
import { placeOrder } from '../actions';

interface Order {
  id: number;
  email: string;
}

// One query per render, however many components ask.
const latestOrders = cache(async (): Promise<Order[]> => {
  const { rows } = await pool.query<Order>('SELECT id, email FROM orders ORDER BY id DESC LIMIT 20');
  return rows;
});

async function Summary() {
  // No sockets of its own: it goes through the global fetch.
  const openai = new OpenAI({ timeout: 10_000, maxRetries: 1 });
  const orders = await latestOrders();
  const { choices } = await openai.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: `Sum up in one sentence: ${orders.length} orders.` }],
  });
  return <p>{choices[0].message.content}</p>;
}

export default async function OrdersPage() {
  const orders = await latestOrders();
  return (
    <main>
      <Summary />
      <ul>
        {orders.map((order) => (
          <li key={order.id}>{order.email}</li>
        ))}
      </ul>
      <form action={placeOrder}>
        <input name="email" type="email" required />
        <button>Order</button>
      </form>
    </main>
  );
}

export async function generateMetadata() {
  return { title: `${(await latestOrders()).length} orders` };
}
