import { expect, vi } from 'vitest';
import { mongoose as descriptor } from '../../../../src/catalog/libraries/mongoose.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { withMongoServer } from '../support/mongo-server.js';
import { until } from '../support/site.js';

const load = async () => (await import('mongoose')).default;
const answers = (command: object): boolean => !('neverAnswered' in command);
const connect = creatorOf(descriptor, 'connect');
const createConnection = creatorOf(descriptor, 'createConnection');

export default {
  library: 'mongoose',
  packages: ['mongoose', 'mongodb'],
  checks: [
    run(['connect: connects', 'createConnection: connects'], 'both connect themselves', async () => {
      const mongoose = await load();
      await withMongoServer(async ({ open, url }) => {
        void mongoose.connect(url);
        await until('a connection', () => open() > 0);
        await mongoose.disconnect();
      });
      await withMongoServer(async ({ open, url }) => {
        const connection = mongoose.createConnection(url);
        await until('a connection', () => open() > 0);
        await connection.close();
      });
      expect([connect.connects, createConnection.connects]).toEqual(['eager', 'eager']);
    }),
    run(['connect: close'], 'disconnect() and connection.close() end connections that are in use too', () =>
      withMongoServer(
        ({ open, url }) =>
          expectCloses(
            connect,
            { disconnect: 'by a promise', 'connection.close': 'by a promise' },
            {
              make: async () => (await load()).connect(url),
              open,
              work: async ({ connection }) => connection.db?.command({ neverAnswered: 1 }),
            },
          ),
        answers,
      ),
    ),
    run(['createConnection: close'], 'close() ends connections that are in use too', () =>
      withMongoServer(
        ({ open, url }) =>
          expectCloses(
            createConnection,
            { close: 'by a promise' },
            {
              make: async () => (await load()).createConnection(url).asPromise(),
              open,
              work: async ({ db }) => db?.command({ neverAnswered: 1 }),
            },
          ),
        answers,
      ),
    ),
    run(['connect: dispose', 'createConnection: dispose'], 'have no symbol to dispose of them', async () => {
      const mongoose = await load();
      expectDispose(mongoose, connect, { sync: false, async: false });
      const connection = mongoose.createConnection();
      expectDispose(connection, createConnection, { sync: false, async: false });
      await connection.close();
    }),
    run(['createConnection: error event'], 'survives the loss of its connections without a listener', () =>
      withMongoServer(async ({ hangUp, open, url }) => {
        const mongoose = await load();
        const connection = await mongoose.createConnection(url, { heartbeatFrequencyMS: 500 }).asPromise();
        const emit = vi.spyOn(connection, 'emit');
        try {
          await connection.db?.command({ ping: 1 });
          expect(connection.listenerCount('error')).toBe(0);
          hangUp();
          await until('the end of the connections', () => open() === 0);
          await until('a new connection', () => open() > 0);
          await connection.db?.command({ ping: 1 });
          expect(emit.mock.calls.map(([event]) => event)).not.toContain('error');
          expect(createConnection.errorEvent?.crashesProcess).toBe(false);
        } finally {
          await connection.close();
        }
      }),
    ),
    run(['holds process'], 'holds the process once it was used', () =>
      withMongoServer(async ({ url }) => {
        const program = (use: string) => `
          import mongoose from 'mongoose';
          ${use}
        `;
        expect(await holdsProcess(program('mongoose.createConnection();'))).toBe(false);
        expect(await holdsProcess(program(`await mongoose.connect(${JSON.stringify(url)});`))).toBe(true);
        expect(descriptor.holdsProcess).toBe('once-used');
      }),
    ),
  ],
} satisfies LibraryChecks;
