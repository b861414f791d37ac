/** A broker of AMQP that opens connections and can do nothing else. */
import type { Socket } from 'node:net';
import { withSocketServer, type SocketServer } from './socket-server.js';

export interface AmqpBroker extends SocketServer {
  readonly url: string;
  /** Closes all connections from the side of the broker. */
  readonly hangUp: () => void;
}

const [CONNECTION, CHANNEL] = [10, 20];
const PROTOCOL_HEADER = 8;

/** A frame with a method. */
function frame(channel: number, kind: number, method: number, ...fields: readonly Buffer[]): Buffer {
  const body = Buffer.concat([numbers(kind, method), ...fields]);
  return Buffer.concat([Buffer.from([1]), numbers(channel, 0, body.length), body, Buffer.from([0xce])]);
}

/** Numbers of two bytes each. */
function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, 2 * index);
  return bytes;
}

const text = (value: string): Buffer => Buffer.concat([numbers(0, value.length), Buffer.from(value)]);

/** Runs something with such a broker. */
export function withAmqpBroker<T>(use: (broker: AmqpBroker) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  return withSocketServer(
    (socket) => {
      sockets.add(socket);
      let data = Buffer.alloc(0);
      let isGreeted = false;
      const answer = (channel: number, kind: number, method: number): void => {
        // start-ok: tune; open: open-ok; close: close-ok.
        if (kind === CONNECTION && method === 11) socket.write(frame(0, CONNECTION, 30, numbers(0, 2, 0, 0)));
        if (kind === CONNECTION && method === 40) socket.write(frame(0, CONNECTION, 41, Buffer.from([0])));
        if (kind === CONNECTION && method === 50) socket.write(frame(0, CONNECTION, 51));
        if (kind === CHANNEL && method === 10) socket.write(frame(channel, CHANNEL, 11, text('')));
        if (kind === CHANNEL && method === 40) socket.write(frame(channel, CHANNEL, 41));
      };
      socket.on('data', (more) => {
        data = Buffer.concat([data, more]);
        if (!isGreeted) {
          if (data.length < PROTOCOL_HEADER) return;
          isGreeted = true;
          data = data.subarray(PROTOCOL_HEADER);
          socket.write(frame(0, CONNECTION, 10, Buffer.from([0, 9]), text(''), text('PLAIN'), text('en_US')));
        }
        while (data.length >= 8 && data.length >= 8 + data.readUInt32BE(3)) {
          const size = data.readUInt32BE(3);
          if (data.readUInt8() === 1) answer(data.readUInt16BE(1), data.readUInt16BE(7), data.readUInt16BE(9));
          data = data.subarray(8 + size);
        }
      });
    },
    (server) =>
      use({
        ...server,
        url: `amqp://127.0.0.1:${String(server.port)}`,
        hangUp: () => {
          for (const socket of sockets) socket.destroy();
        },
      }),
  );
}
