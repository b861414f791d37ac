'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { after } from 'next/server';
import { mongo } from '@/lib/mongo';
import { pool } from '@/lib/db';
import { getRedis } from '@/lib/redis';

export async function addToCart(sku: string, quantity: number) {
  const session = (await cookies()).get('session')?.value;
  if (!session) return { error: 'no session' };
  await getRedis().hincrby(`cart:${session}`, sku, quantity);
  after(async () => {
    const client = await mongo();
    await client.db().collection('events').insertOne({ type: 'cart.add', sku, session, at: new Date() });
  });
  revalidatePath('/orders');
}

export async function placeOrder(form: FormData) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('INSERT INTO orders (email) VALUES ($1) RETURNING id', [
      form.get('email'),
    ]);
    await client.query('INSERT INTO outbox (topic, key) VALUES ($1, $2)', ['order.placed', rows[0].id]);
    await client.query('COMMIT');
    return { id: rows[0].id as number };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
