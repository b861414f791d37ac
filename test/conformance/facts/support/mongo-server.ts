/** A stand-in for a MongoDB server: it speaks just enough of the wire protocol for a client to connect and to send commands. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

type Document = Readonly<Record<string, unknown>>;

export interface MongoServer {
  readonly url: string;
  /** Commands in the order in which they came, with the number of the connection, from 1. */
  readonly commands: readonly { readonly connection: number; readonly document: Document }[];
  /** Connections that are open. The first one of a client is the one on which it watches the server. */
  readonly open: () => number;
  /** Closes all of them from this side. */
  readonly hangUp: () => void;
}

/** Whether the server answers a command; else the client waits. */
export type Answers = (command: Document, connection: number) => boolean;

const OP_QUERY = 2004;
const OP_MSG = 2013;

/** Runs something while such a server listens on the loopback interface. */
export async function withMongoServer<T>(use: (server: MongoServer) => Promise<T>, answers: Answers = () => true): Promise<T> {
  const { BSON } = await import('mongodb');
  const sockets = new Set<Socket>();
  const commands: { connection: number; document: Document }[] = [];
  let count = 0;

  const reply = (request: Buffer, document: Document): Buffer => {
    const body = Buffer.from(BSON.serialize(document));
    const isQuery = request.readInt32LE(12) === OP_QUERY;
    // An OP_REPLY has the flags, a cursor, the first position and the number of documents in front; an OP_MSG the flags and a kind.
    const front = Buffer.alloc(isQuery ? 20 : 5);
    if (isQuery) front.writeInt32LE(1, 16);
    const head = Buffer.alloc(16);
    head.writeInt32LE(16 + front.length + body.length, 0);
    head.writeInt32LE(request.readInt32LE(4), 8);
    head.writeInt32LE(isQuery ? 1 : OP_MSG, 12);
    return Buffer.concat([head, front, body]);
  };
  const documentOf = (request: Buffer): Document => {
    const code = request.readInt32LE(12);
    if (code !== OP_MSG && code !== OP_QUERY) throw new Error(`It does not know the message ${String(code)}`);
    const start = code === OP_MSG ? 21 : request.indexOf(0, 20) + 9;
    return BSON.deserialize(request.subarray(start, start + request.readInt32LE(start)));
  };

  const server = createServer((socket) => {
    const connection = ++count;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
        const request = received.subarray(0, received.readInt32LE(0));
        received = received.subarray(request.length);
        const document = documentOf(request);
        commands.push({ connection, document });
        if (!answers(document, connection)) continue;
        socket.write(reply(request, answerTo(document)));
      }
    });
  });
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `mongodb://127.0.0.1:${String((server.address() as AddressInfo).port)}/test`;
    return await use({ url, commands, open: () => sockets.size, hangUp });
  } finally {
    hangUp();
    server.close();
  }
}

/** Whether a command is the greeting with which a connection begins, and with which the server is watched. */
export function isGreeting(command: Document): boolean {
  return 'hello' in command || 'ismaster' in command || 'isMaster' in command;
}

function answerTo(command: Document): Document {
  if (isGreeting(command)) {
    return {
      ok: 1,
      ismaster: true,
      isWritablePrimary: true,
      helloOk: true,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      logicalSessionTimeoutMinutes: 30,
      minWireVersion: 0,
      maxWireVersion: 25,
      localTime: new Date(),
    };
  }
  if ('find' in command) return { ok: 1, cursor: { id: 0n, ns: 'test.things', firstBatch: [] } };
  return { ok: 1 };
}
