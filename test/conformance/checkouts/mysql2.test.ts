import { createPool, createPoolCluster, type PoolConnection } from 'mysql2';
import {
  createPool as createPromisePool,
  createPoolCluster as createPromisePoolCluster,
  type PoolConnection as PromisePoolConnection,
} from 'mysql2/promise';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import { mysql2 } from '../../../src/catalog/libraries/mysql2.js';
import type { Step } from '../../../src/catalog/api-path.js';
import type { Database } from '../support/database.js';
import { describeCheckout, type CheckoutSubject, type OpenPool } from '../support/describe-checkout.js';
import { entryFor } from '../support/entries.js';
import { describeIdleLoss } from '../support/idle-loss.js';
import { invoke, property } from '../support/members.js';
import { findMysqlServer, startMysqlServer } from '../support/mysql-server.js';
import { startMysqlStandIn } from '../support/mysql-stand-in.js';

const binary = findMysqlServer();
const servers: readonly (readonly [title: string, start: () => Promise<Database>])[] = [
  [
    `the stand-in server of mysql2 itself${binary === undefined ? ', as no MariaDB or MySQL server is on this machine' : ''}`,
    startMysqlStandIn,
  ],
  ...(binary === undefined ? [] : [[binary, () => startMysqlServer(binary)] as const]),
];

type Api = 'mysql2' | 'mysql2/promise';

/** What the two APIs do not share: how a taken connection is used. */
const uses: Readonly<Record<Api, Pick<CheckoutSubject, 'query' | 'perform'>>> = {
  mysql2: {
    query: (connection, text) =>
      new Promise((resolve, reject) => {
        (connection as PoolConnection).query(text, (error, rows) => {
          if (error) reject(error);
          else resolve(property(rows, 0));
        });
      }),
    perform: (connection, method) =>
      new Promise((resolve, reject) => {
        invoke(connection, method, (error: unknown) => {
          if (error instanceof Error) reject(error);
          else resolve(undefined);
        });
      }),
  },
  'mysql2/promise': {
    query: async (connection, text) => property((await (connection as PromisePoolConnection).query(text))[0], 0),
    perform: (connection, method) => Promise.resolve(invoke(connection, method)),
  },
};

interface Form {
  readonly api: Api;
  readonly creator: Step;
  /** From the module to what connections are taken from. */
  readonly steps: readonly Step[];
  readonly shortcuts: readonly string[];
  /** Which API the taken connections have, where it is not that of the module. */
  readonly takes?: Api;
  readonly open: CheckoutSubject['open'];
}

const options = (port: number, connectionLimit: number) => ({
  host: '127.0.0.1',
  port,
  user: 'root',
  database: 'pooled',
  connectionLimit,
});
const closing = (owner: unknown, by: 'promise' | 'callback'): Pick<OpenPool, 'owner' | 'close'> => ({
  owner,
  close: (method) =>
    by === 'promise' ? Promise.resolve(invoke(owner, method)) : new Promise((resolve) => invoke(owner, method, resolve)),
});
const cluster = (port: number, limit: number) => {
  const made = createPoolCluster();
  made.add('ONLY', options(port, limit));
  return made;
};
const promiseCluster = (port: number, limit: number) => {
  const made = createPromisePoolCluster();
  made.add('ONLY', options(port, limit));
  return made;
};

const forms: readonly Form[] = [
  {
    api: 'mysql2',
    creator: 'createPool',
    steps: ['createPool', '()'],
    shortcuts: ['query', 'execute'],
    open: (port, limit) => {
      const pool = createPool(options(port, limit));
      return { pool, ...closing(pool, 'callback') };
    },
  },
  {
    api: 'mysql2',
    creator: 'createPool',
    steps: ['createPool', '()', 'promise', '()'],
    shortcuts: ['query', 'execute'],
    takes: 'mysql2/promise',
    open: (port, limit) => {
      const pool = createPool(options(port, limit));
      return { pool: pool.promise(), ...closing(pool, 'callback') };
    },
  },
  {
    api: 'mysql2',
    creator: 'createPoolCluster',
    steps: ['createPoolCluster', '()'],
    shortcuts: [],
    open: (port, limit) => {
      const pool = cluster(port, limit);
      return { pool, ...closing(pool, 'callback') };
    },
  },
  {
    api: 'mysql2',
    creator: 'createPoolCluster',
    steps: ['createPoolCluster', '()', 'of', '()'],
    shortcuts: [],
    open: (port, limit) => {
      const owner = cluster(port, limit);
      return { pool: owner.of('*'), ...closing(owner, 'callback') };
    },
  },
  {
    api: 'mysql2/promise',
    creator: 'createPool',
    steps: ['createPool', '()'],
    shortcuts: ['query', 'execute'],
    open: (port, limit) => {
      const pool = createPromisePool(options(port, limit));
      return { pool, ...closing(pool, 'promise') };
    },
  },
  {
    api: 'mysql2/promise',
    creator: 'createPoolCluster',
    steps: ['createPoolCluster', '()'],
    shortcuts: [],
    open: (port, limit) => {
      const pool = promiseCluster(port, limit);
      return { pool, ...closing(pool, 'promise') };
    },
  },
  {
    api: 'mysql2/promise',
    creator: 'createPoolCluster',
    steps: ['createPoolCluster', '()', 'of', '()'],
    shortcuts: [],
    open: (port, limit) => {
      const owner = promiseCluster(port, limit);
      return { pool: owner.of('*'), ...closing(owner, 'promise') };
    },
  },
];

describe.each(servers)('mysql2 on %s', (_, start) => {
  let database: Database;

  beforeAll(async () => {
    // end() of a pooled connection says on the console that it is not to be used.
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    database = await start();
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await database.stop();
  });

  for (const { api, creator, steps, shortcuts, takes = api, open } of forms) {
    describeCheckout(
      {
        title: `${api}: ${steps.join('.').replaceAll('.()', '()')}.getConnection`,
        library: mysql2,
        creator: entryFor(mysql2.creators, [creator], api),
        checkout: entryFor(mysql2.checkouts, [...steps, 'getConnection'], api),
        method: 'getConnection',
        shortcuts: Object.fromEntries(shortcuts.map((name) => [name, entryFor(mysql2.shortcuts, [...steps, name], api)])),
        open,
        ...uses[takes],
      },
      () => database,
    );
  }

  describeIdleLoss(mysql2, () => database);
});
