/** Clients that wait for work, each made in its library's plainest way. */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { createConnection, createPool } from 'mysql2';
import { createConnection as createPromiseConnection, createPool as createPromisePool } from 'mysql2/promise';
import { Client, Pool } from 'pg';
import type { Step } from '../../../src/catalog/api-path.js';
import { follow, property } from './members.js';

interface IdleClient {
  /** Where it stands in the catalog. */
  readonly module: string;
  readonly steps: readonly Step[];
  readonly connect: (port: number) => Promise<Idle>;
}

interface Idle {
  readonly client: Pick<EventEmitter, 'on'>;
  readonly session: number;
  readonly socket: Socket;
}

const postgres = (port: number) => ({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'pooled' });
const mysql = (port: number) => ({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });

export const IDLE_CLIENTS: Readonly<Record<string, IdleClient>> = {
  'Pool of pg': {
    module: 'pg',
    steps: ['Pool'],
    connect: async (port) => {
      const client = new Pool(postgres(port));
      const taken = await client.connect();
      const session = Number(property(taken, 'processID'));
      taken.release();
      return { client, session, socket: follow(taken, 'connection.stream') as Socket };
    },
  },
  'Client of pg': {
    module: 'pg',
    steps: ['Client'],
    connect: async (port) => {
      const client = new Client(postgres(port));
      await client.connect();
      return { client, session: Number(property(client, 'processID')), socket: follow(client, 'connection.stream') as Socket };
    },
  },
  'createPool of mysql2': {
    module: 'mysql2',
    steps: ['createPool'],
    connect: (port) =>
      new Promise((resolve, reject) => {
        const client = createPool(mysql(port));
        client.getConnection((error, taken) => {
          if (error) {
            reject(error);
            return;
          }
          taken.release();
          resolve({ client, session: taken.threadId, socket: property(taken, 'stream') as Socket });
        });
      }),
  },
  'createConnection of mysql2': {
    module: 'mysql2',
    steps: ['createConnection'],
    connect: (port) =>
      new Promise((resolve) => {
        const client = createConnection(mysql(port));
        client.once('connect', () => {
          resolve({ client, session: client.threadId, socket: property(client, 'stream') as Socket });
        });
      }),
  },
  'createPool of mysql2/promise': {
    module: 'mysql2/promise',
    steps: ['createPool'],
    connect: async (port) => {
      const client = createPromisePool(mysql(port));
      const taken = await client.getConnection();
      taken.release();
      return { client, session: taken.threadId, socket: follow(taken, 'connection.stream') as Socket };
    },
  },
  'createConnection of mysql2/promise': {
    module: 'mysql2/promise',
    steps: ['createConnection'],
    connect: async (port) => {
      const client = await createPromiseConnection(mysql(port));
      return { client, session: client.threadId, socket: follow(client, 'connection.stream') as Socket };
    },
  },
};
