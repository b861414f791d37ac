/** What the servers behind the pools bear: the numbers against which a pool is too large, and how long they keep an idle connection. */
import type { ServerFamily } from './descriptor.js';

/** One family of servers, as it is installed. */
export interface ServerFacts {
  /** Name shown to users. */
  readonly name: string;
  /** Version on which the numbers were read. */
  readonly version: string;
  /** Connections it accepts, of all clients together; null where only the machine bounds them. */
  readonly connections: number | null;
  /** Those of them that ordinary users do not get. */
  readonly reserved?: number;
  /** From how many connections on one pool is too large for sure; left out where there is no such number. */
  readonly oversized?: number;
  /** One connection serves any number of requests, so that no pool of idle ones grows old. */
  readonly multiplexes?: true;
  /** Seconds after which it closes an idle connection. */
  readonly closesIdleAfter?: number;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

export const servers: Readonly<Record<ServerFamily, ServerFacts>> = {
  postgresql: {
    name: 'PostgreSQL',
    version: '15.18',
    connections: 100,
    reserved: 3,
    oversized: 100,
    note: 'max_connections, superuser_reserved_connections; each connection is a process of the server',
  },
  mysql: {
    name: 'MySQL',
    version: 'MariaDB 10.11.19',
    connections: 151,
    oversized: 151,
    closesIdleAfter: 28_800,
    note: 'max_connections and wait_timeout are the same in MySQL and MariaDB',
  },
  mongodb: {
    name: 'MongoDB',
    version: 'documentation',
    connections: null,
    oversized: 500,
    evidence: 'docs',
    note: 'bounded by the file descriptors of the machine; 500 for one process is a judgement',
  },
  'sql-server': {
    name: 'SQL Server',
    version: 'documentation',
    connections: 32_767,
    evidence: 'docs',
  },
  redis: {
    name: 'Redis',
    version: '7.0.15',
    connections: 10_000,
    multiplexes: true,
    note: 'maxclients; one connection serves any number of requests',
  },
};

/** The kinds of servers, in the order of the list. */
export const serverFamilies = Object.keys(servers) as readonly ServerFamily[];
