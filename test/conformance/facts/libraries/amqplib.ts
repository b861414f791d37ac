import { Socket } from 'node:net';
import { expect, vi } from 'vitest';
import { amqplib } from '../../../../src/catalog/libraries/amqplib.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { errorOf, openMute, stateOf } from '../support/site.js';
import { withSocketServer } from '../support/socket-server.js';

/** What a broker proposes; the client answers with numbers of its own. */
interface Terms {
  readonly channelMax: number;
  readonly heartbeat: number;
}

interface Broker {
  readonly port: number;
  /** The answers of clients. */
  readonly agreed: readonly Terms[];
  readonly heartbeats: () => number;
}

const METHOD = 1;
const HEARTBEAT = 8;
const CONNECTION = 10;
const START_OK = 11;
const TUNE_OK = 31;
const OPEN = 40;
const CLOSE = 50;

function frame(method: number, ...fields: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(11);
  const size = 4 + fields.reduce((sum, { length }) => sum + length, 0);
  head.writeUInt8(METHOD);
  head.writeUInt32BE(size, 3);
  head.writeUInt16BE(CONNECTION, 7);
  head.writeUInt16BE(method, 9);
  return Buffer.concat([head, ...fields, Buffer.from([0xce])]);
}

const long = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const short = (value: number): Buffer => long(value).subarray(2);

const text = (value: string): Buffer => Buffer.concat([long(value.length), Buffer.from(value)]);

/** A broker that opens connections and can do nothing else. */
function withBroker<T>(proposed: Terms, use: (broker: Broker) => Promise<T>): Promise<T> {
  const agreed: Terms[] = [];
  let heartbeats = 0;
  return withSocketServer(
    (socket) => {
      let data = Buffer.alloc(0);
      let isGreeted = false;
      socket.on('data', (more) => {
        data = Buffer.concat([data, more]);
        if (!isGreeted && data.length >= 8) {
          isGreeted = true;
          data = data.subarray(8);
          socket.write(frame(10, Buffer.from([0, 9]), long(0), text('PLAIN'), text('en_US')));
        }
        while (data.length >= 8 && data.length >= 8 + data.readUInt32BE(3)) {
          const size = data.readUInt32BE(3);
          const payload = data.subarray(7, 7 + size);
          if (data.readUInt8() === HEARTBEAT) heartbeats++;
          else if (payload.readUInt16BE() === CONNECTION) {
            const method = payload.readUInt16BE(2);
            if (method === START_OK) {
              socket.write(frame(30, short(proposed.channelMax), long(131_072), short(proposed.heartbeat)));
            }
            if (method === TUNE_OK) {
              agreed.push({ channelMax: payload.readUInt16BE(4), heartbeat: payload.readUInt16BE(10) });
            }
            if (method === OPEN) socket.write(frame(41, Buffer.from([0])));
            if (method === CLOSE) socket.write(frame(51));
          }
          data = data.subarray(8 + size);
        }
      });
    },
    ({ port }) => use({ port, agreed, heartbeats: () => heartbeats }),
  );
}

/** What a client agrees with a broker on, with some parameters in its address. */
async function agreed(proposed: Terms, parameters: string): Promise<Terms | undefined> {
  const { connect } = await import('amqplib');
  return withBroker(proposed, async (broker) => {
    const connection = await connect(`amqp://127.0.0.1:${String(broker.port)}/${parameters}`);
    await connection.close();
    return broker.agreed[0];
  });
}

/** How many heartbeats a client has sent at some milliseconds from its connection. */
async function heartbeats(parameters: string, times: readonly number[]): Promise<readonly number[]> {
  const { connect } = await import('amqplib');
  return withBroker({ channelMax: 0, heartbeat: 60 }, (broker) =>
    withHandClock(async ({ look }) => {
      const connection = await connect(`amqp://127.0.0.1:${String(broker.port)}/${parameters}`);
      const seen = await look(times, broker.heartbeats);
      await connection.close();
      return seen;
    }),
  );
}

export default {
  library: 'amqplib',
  packages: ['amqplib'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'wait for connect'],
      'waits without end for a connection by default, and with 0',
      async () => {
        const { connect } = await import('amqplib');
        const mute = await openMute();
        const url = `amqp://127.0.0.1:${String(mute.port)}`;
        const setTimeout = vi.spyOn(Socket.prototype, 'setTimeout');
        try {
          for (const options of [undefined, {}, { timeout: 0 }]) {
            expect(await stateOf(connect(url, options), 80)).toBe('pending');
          }
          expect(mute.opened()).toBe(3);
          expect(setTimeout).not.toHaveBeenCalled();
          expect((await errorOf(connect(url, { timeout: 40 }))).message).toBe('connect ETIMEDOUT');
          expect(setTimeout.mock.calls[0]?.[0]).toBe(40);
        } finally {
          setTimeout.mockRestore();
          await mute.stop();
        }
        expect(catalogSays(amqplib, 'timeout')).toEqual({ default: 'none', zero: 'unlimited', unit: 'ms' });
        expect(amqplib.waits).toMatchObject([{ for: 'connect', default: 'none', endedBy: ['timeout'] }]);
      },
    ),
    run(
      ['parameter heartbeat'],
      'sends heartbeats as often as the broker proposes or the parameter says in seconds, and none with 0',
      async () => {
        const proposed = { channelMax: 0, heartbeat: 60 };
        expect(await agreed(proposed, '')).toMatchObject({ heartbeat: 60 });
        expect(await agreed(proposed, '?heartbeat=10')).toMatchObject({ heartbeat: 10 });
        expect(await agreed(proposed, '?heartbeat=0')).toMatchObject({ heartbeat: 0 });
        const [early, late] = await heartbeats('?heartbeat=10', [4_000, 11_000]);
        expect(early).toBe(0);
        expect(late).toBeGreaterThan(0);
        expect(await heartbeats('?heartbeat=0', [HOUR])).toEqual([0]);
        expect(amqplib.connectionStrings?.[0]?.parameters[0]).toMatchObject({
          name: 'heartbeat',
          unit: 's',
          default: null,
          zero: { means: 'unlimited' },
        });
      },
    ),
    run(['parameter channelMax'], 'has no limit for channels of its own by default, and with 0', async () => {
      const proposed = { channelMax: 0, heartbeat: 0 };
      expect(await agreed(proposed, '')).toMatchObject({ channelMax: 0 });
      expect(await agreed(proposed, '?channelMax=0')).toMatchObject({ channelMax: 0 });
      expect(await agreed(proposed, '?channelMax=5')).toMatchObject({ channelMax: 5 });
      expect(await agreed({ channelMax: 2_047, heartbeat: 0 }, '')).toMatchObject({ channelMax: 2_047 });
      expect(amqplib.connectionStrings?.[0]?.parameters[1]).toMatchObject({
        name: 'channelMax',
        default: 'none',
        zero: 'unlimited',
      });
    }),
  ],
} satisfies LibraryChecks;
