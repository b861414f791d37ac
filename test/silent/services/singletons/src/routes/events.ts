import { Router, type Request, type Response } from 'express';
import { MongoClient, type Db } from 'mongodb';
import postgres, { type Sql } from 'postgres';

const mongoOptions = {
  maxPoolSize: 10,
  maxIdleTimeMS: 60_000,
  waitQueueTimeoutMS: 2_000,
  serverSelectionTimeoutMS: 3_000,
  socketTimeoutMS: 10_000,
};

// The promise is kept, so that two first requests share one attempt.
let connecting: Promise<MongoClient> | null = null;

function connect(): Promise<MongoClient> {
  if (connecting) return connecting;
  connecting = MongoClient.connect(process.env.MONGODB_URL!, mongoOptions);
  connecting.catch(() => {
    connecting = null;
  });
  return connecting;
}

async function getDb(): Promise<Db> {
  return (await connect()).db('events');
}

// In a closure.
const createLazySql = (url: string | undefined) => {
  let sql: Sql | undefined;
  return {
    get: () =>
      sql ||
      (sql = postgres(url!, {
        max: 3,
        connect_timeout: 3,
        idle_timeout: 30,
        max_lifetime: 900,
        connection: { statement_timeout: 5_000 },
      })),
    close: async () => sql?.end({ timeout: 3 }),
  };
};

const tickets = createLazySql(process.env.TICKETS_URL);

// As what it will be: the client is made by the first access.
export const archive: Sql = new Proxy((() => {}) as unknown as Sql, {
  get: (_target, property) => Reflect.get(getArchive(), property),
  apply: (_target, _this, args) => Reflect.apply(getArchive() as never, undefined, args),
});

let archiveSql: Sql | undefined;

function getArchive(): Sql {
  return (archiveSql ??= postgres(process.env.ARCHIVE_URL!, {
    max: 2,
    connect_timeout: 3,
    idle_timeout: 30,
    max_lifetime: 900,
    connection: { statement_timeout: 9_000 },
  }));
}

export class EventsController {
  list = async (req: Request, res: Response) => {
    const db = await getDb();
    res.json(
      await db
        .collection('events')
        .find({ city: String(req.query.city) }, { maxTimeMS: 2_000 })
        .limit(50)
        .toArray(),
    );
  };

  async sold(req: Request, res: Response) {
    const sql = tickets.get();
    const [row] = await sql`SELECT count(*)::int AS sold FROM tickets WHERE event = ${req.params.id}`;
    res.json(row);
  }

  async past(_req: Request, res: Response) {
    res.json(await archive`SELECT * FROM events ORDER BY day DESC LIMIT 20`);
  }
}

const controller = new EventsController();

export const events = Router();
events.get('/', controller.list);
events.get('/past', controller.past.bind(controller));
events.get('/:id/sold', (req, res) => controller.sold(req, res));

export const closeEvents = async (): Promise<void> => {
  await Promise.allSettled([
    connecting?.then((client) => client.close()),
    tickets.close(),
    archiveSql?.end({ timeout: 3 }),
  ]);
};
