import pgPromise, { type IDatabase } from 'pg-promise';

const pgp = pgPromise({ capSQL: true });

export class Ledger {
  private readonly db: IDatabase<object>;

  constructor({ config }: { config: { databaseUrl: string } }) {
    this.db = pgp({
      connectionString: config.databaseUrl,
      max: 4,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: 5_000,
      query_timeout: 6_000,
    });
  }

  book(invoice: number, amount: number): Promise<void> {
    return this.db.tx(async (t) => {
      await t.none('INSERT INTO ledger (invoice, amount) VALUES ($1, $2)', [invoice, amount]);
      await t.none('UPDATE balance SET amount = amount + $1', [amount]);
    });
  }

  async close(): Promise<void> {
    await this.db.$pool.end();
  }
}
