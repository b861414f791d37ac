import { once } from 'node:events';
import type { AddressInfo, Server as SocketServer, Socket } from 'node:net';
import { createServer, type Connection } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import { TOUCH, type Database } from './database.js';
import { invoke, property } from './members.js';

interface Session {
  readonly socket: Socket;
  /** Changes of its open transaction; none is open where it is undefined. */
  pending?: number | undefined;
}

const WHO_AM_I = 'SELECT CONNECTION_ID() AS id';

/** Its one column, as the protocol describes it. */
const COLUMN = {
  catalog: 'def',
  schema: '',
  table: '',
  orgTable: '',
  name: 'id',
  orgName: 'id',
  characterSet: 63,
  columnLength: 11,
  columnType: 3,
  flags: 0,
  decimals: 0,
};

/**
 * A server that speaks the protocol of MySQL, by the server side of mysql2, and knows the statements of the tests alone. What a pool
 * does with its connections is the same on any server.
 */
export async function startMysqlStandIn(): Promise<Database> {
  const sessions = new Map<number, Session>();
  let changes = 0;
  let nextId = 1;
  const answer = (connection: Connection, id: number, session: Session, statement: string) => {
    if (statement === WHO_AM_I) {
      connection.writeTextResult([{ id }], [COLUMN]);
      return;
    }
    if (/^(?:BEGIN|START TRANSACTION)/iu.test(statement)) session.pending = 0;
    else if (statement === TOUCH && session.pending !== undefined) session.pending++;
    else if (/^(?:COMMIT|ROLLBACK)/iu.test(statement)) {
      if (/^COMMIT/iu.test(statement)) changes += session.pending ?? 0;
      session.pending = undefined;
    }
    connection.writeOk();
  };
  const server = createServer((connection: Connection) => {
    const id = nextId++;
    const session: Session = { socket: property(connection, 'stream') as Socket };
    sessions.set(id, session);
    session.socket.setNoDelay(true);
    session.socket.on('close', () => sessions.delete(id));
    // A client that hangs up is no error here.
    connection.on('error', () => undefined);
    connection.on('query', (statement: string) => {
      answer(connection, id, session, statement);
      nextExchange(connection);
    });
    connection.on('stmt_prepare', () => {
      connection.writeError({ message: 'It prepares nothing.', code: 1295 });
      nextExchange(connection);
    });
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: 'stand-in',
      connectionId: id,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0xffffff,
      authCallback: (_: unknown, accept: () => void) => {
        accept();
        nextExchange(connection);
      },
    });
  });
  invoke(server, 'listen', 0, '127.0.0.1');
  const sockets = property(server, '_server') as SocketServer;
  await once(sockets, 'listening');
  const { port } = sockets.address() as AddressInfo;
  const admin = await createConnection({ host: '127.0.0.1', port, user: 'root' });
  return {
    title: 'the stand-in server of mysql2',
    port,
    whoAmI: WHO_AM_I,
    refuses: ['execute'],
    roundTrip: () => admin.query('SELECT 1'),
    isOpen: (session) => Promise.resolve(sessions.has(session)),
    kill: (session) => Promise.resolve(sessions.get(session)?.socket.destroy()),
    row: () => Promise.resolve([...sessions.values()].some(({ pending = 0 }) => pending > 0) ? 'locked' : changes),
    stop: async () => {
      admin.destroy();
      for (const { socket } of sessions.values()) socket.destroy();
      const closed = once(sockets, 'close');
      sockets.close();
      await closed;
    },
  };
}

// The packets of each exchange are numbered anew, which the server side of mysql2 leaves to its user.
function nextExchange(connection: Connection): void {
  connection.sequenceId = 0;
}
