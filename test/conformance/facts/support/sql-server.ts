/** A stand-in for SQL Server: enough of its protocol, TDS 7.4, for a client to log in and for a statement to end or to hang. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server that is part of a test. It answers a statement that holds the word `WAITFOR` only when it is asked to cancel it. */
export interface SqlServer {
  readonly port: number;
  /** Connections that have logged in and are open. */
  readonly sessions: () => number;
  /** Statements that have arrived, those of the log-in included. */
  readonly statements: () => number;
}

export interface Manners {
  /** Does not answer a request to cancel a statement either. */
  readonly deaf?: boolean;
}

const MESSAGE = { batch: 1, call: 3, response: 4, attention: 6, login: 16, prelogin: 18 } as const;
const HEADER = 8;
const LAST = 1;

/** Runs something while the server listens on the loopback interface. */
export async function withSqlServer<T>(use: (server: SqlServer) => Promise<T>, { deaf = false }: Manners = {}): Promise<T> {
  const sockets = new Set<Socket>();
  let sessions = 0;
  let statements = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    let isIn = false;
    // A client that hangs up is no error here.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      if (isIn) sessions--;
    });
    onMessages(socket, (type, body) => {
      switch (type) {
        case MESSAGE.prelogin:
          answer(socket, PRELOGIN);
          break;
        case MESSAGE.login:
          isIn = true;
          sessions++;
          answer(socket, Buffer.concat([loginAcknowledged(), done(0)]));
          break;
        case MESSAGE.batch:
        case MESSAGE.call:
          statements++;
          if (!body.includes(Buffer.from('WAITFOR', 'utf16le'))) answer(socket, done(0));
          break;
        case MESSAGE.attention:
          if (deaf) break;
          // The end of the statement, and then that of the request to cancel it.
          answer(socket, done(0));
          answer(socket, done(CANCELLED));
          break;
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use({
      port: (server.address() as AddressInfo).port,
      sessions: () => sessions,
      statements: () => statements,
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

function onMessages(socket: Socket, take: (type: number, body: Buffer) => void): void {
  let unread = Buffer.alloc(0);
  let bodies: Buffer[] = [];
  socket.on('data', (data: Buffer) => {
    unread = Buffer.concat([unread, data]);
    while (unread.length >= HEADER && unread.length >= unread.readUInt16BE(2)) {
      const packet = unread.subarray(0, unread.readUInt16BE(2));
      unread = unread.subarray(packet.length);
      bodies.push(packet.subarray(HEADER));
      if (packet.readUInt8(1) & LAST) {
        take(packet.readUInt8(0), Buffer.concat(bodies));
        bodies = [];
      }
    }
  });
}

function answer(socket: Socket, body: Buffer): void {
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(MESSAGE.response, 0);
  header.writeUInt8(LAST, 1);
  header.writeUInt16BE(HEADER + body.length, 2);
  header.writeUInt8(1, 6);
  socket.write(Buffer.concat([header, body]));
}

// Two options, their places and the end of the list; then the version, and that there is no encryption.
const PRELOGIN = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 255, 16, 0, 0, 0, 0, 0, 2]);

function loginAcknowledged(): Buffer {
  const name = Buffer.from('stand-in', 'utf16le');
  const body = Buffer.concat([Buffer.from([1, 0x74, 0, 0, 4, name.length / 2]), name, Buffer.from([16, 0, 0, 0])]);
  const head = Buffer.alloc(3);
  head.writeUInt8(0xad, 0);
  head.writeUInt16LE(body.length, 1);
  return Buffer.concat([head, body]);
}

const CANCELLED = 0x20;

function done(status: number): Buffer {
  const token = Buffer.alloc(13);
  token.writeUInt8(0xfd, 0);
  token.writeUInt16LE(status, 1);
  return token;
}
