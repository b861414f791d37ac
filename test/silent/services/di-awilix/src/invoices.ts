import type { Got } from 'got';
import type { Pool } from 'pg';
import type { Ledger } from './ledger.js';

export class Invoices {
  readonly #pool: Pool;
  readonly #tax: Got;
  readonly #ledger: Ledger;

  constructor({ pool, tax, ledger }: { pool: Pool; tax: Got; ledger: Ledger }) {
    this.#pool = pool;
    this.#tax = tax;
    this.#ledger = ledger;
  }

  async create(customer: number, net: number): Promise<number> {
    const { rate } = await this.#tax.get('rate', { searchParams: { customer } }).json<{ rate: number }>();
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query(
        'INSERT INTO invoices (customer, amount) VALUES ($1, $2) RETURNING id',
        [customer, net * (1 + rate)],
      );
      await client.query('UPDATE customers SET invoices = invoices + 1 WHERE id = $1', [customer]);
      await client.query('COMMIT');
      return rows[0].id;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  pay(id: number, amount: number): Promise<void> {
    return this.#ledger.book(id, amount);
  }
}
