import { DurableObject } from 'cloudflare:workers';
import { createConnection, type Connection } from 'mysql2/promise';

interface Env {
  MYSQL: Hyperdrive;
}

/** The object lives on between the requests, and so may its connection. */
export class Room extends DurableObject<Env> {
  #connection: Promise<Connection> | undefined;

  #connect(): Promise<Connection> {
    const { host, user, password, database, port } = this.env.MYSQL;
    return (this.#connection ??= createConnection({
      host,
      user,
      password,
      database,
      port,
      connectTimeout: 3_000,
      disableEval: true,
    }));
  }

  override async fetch(request: Request): Promise<Response> {
    const connection = await this.#connect();
    const [rows] = await connection.query({
      sql: 'SELECT * FROM messages WHERE room = ? LIMIT 50',
      values: [this.ctx.id.toString()],
      timeout: 3_000,
    });
    return Response.json(rows, { headers: { 'x-method': request.method } });
  }

  async say(text: string): Promise<void> {
    const connection = await this.#connect();
    await connection.execute({
      sql: 'INSERT INTO messages (room, text) VALUES (?, ?)',
      values: [this.ctx.id.toString(), text],
      timeout: 3_000,
    });
  }
}
