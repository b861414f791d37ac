import neo4j, { type Driver, type ManagedTransaction } from 'neo4j-driver';

/** One driver for the process, made when somebody first asks. */
class Graph implements AsyncDisposable {
  #driver?: Driver;

  private get driver(): Driver {
    this.#driver ??= neo4j.driver(
      process.env.NEO4J_URL!,
      neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD!),
      {
        maxConnectionPoolSize: 50,
        connectionAcquisitionTimeout: 5_000,
        connectionTimeout: 3_000,
        maxConnectionLifetime: 30 * 60_000,
      },
    );
    return this.#driver;
  }

  async read<T>(cypher: string, parameters: Record<string, unknown>): Promise<T[]> {
    const { records } = await this.driver.executeQuery(cypher, parameters, {
      routing: 'READ',
      transactionConfig: { timeout: 5_000 },
    });
    return records.map((record) => record.toObject() as T);
  }

  async write<T>(work: (tx: ManagedTransaction) => Promise<T>): Promise<T> {
    const session = this.driver.session({ defaultAccessMode: neo4j.session.WRITE });
    try {
      return await session.executeWrite(work, { timeout: 5_000 });
    } finally {
      await session.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#driver?.close();
  }
}

export const graph = new Graph();
