/** Options in the descriptors: each says where it is given and what its values mean, and the meanings are those of the libraries. */
import { describe, expect, it } from 'vitest';
import type {
  ApiPath,
  LibraryDescriptor,
  Limit,
  OptionFact,
  OptionMeaning,
  Relation,
  Timeout,
  Wait,
} from '../../src/catalog/descriptor.js';
import { libraries } from '../../src/catalog/libraries/index.js';
import {
  effectOf,
  looksLikeMilliseconds,
  milliseconds,
  positionsOf,
  UNUSUAL,
  type UnusualValue,
} from '../../src/catalog/options.js';
import { servers } from '../../src/catalog/servers.js';

type Fact = Limit | Timeout;

function factsOf(library: LibraryDescriptor): readonly Fact[] {
  return [...(library.limits ?? []), ...(library.timeouts ?? [])];
}

function find(name: string): LibraryDescriptor {
  const library = libraries.find((candidate) => candidate.name === name);
  if (!library) throw new Error(`no library ${name}`);
  return library;
}

/** The names under which an option can be written. */
function namesOf({ option, aliases = [] }: OptionFact): readonly string[] {
  return [option, ...aliases];
}

function own(library: LibraryDescriptor): readonly ApiPath[] {
  return library.creators.map(({ api }) => api);
}

/** Every place in which the option can be written, in words that are equal for equal places. */
function placesOf(library: LibraryDescriptor, fact: OptionFact): ReadonlySet<string> {
  const only = `${String(fact.modules)} ${fact.when?.map((test) => JSON.stringify({ ...test, pattern: 'pattern' in test && String(test.pattern) })).join() ?? ''}`;
  return new Set(
    namesOf(fact).flatMap((name) => [
      ...(fact.of ?? own(library)).map((api) => `${api} ${name} ${only}`),
      ...(fact.at ?? []).map(({ api, argument, property = name }) => `${api} ${String(argument)} ${property} ${only}`),
    ]),
  );
}

const each = libraries.map((library) => [library.name, library] as const);
const facts = libraries.flatMap((library) =>
  factsOf(library).map((fact) => [library.name, fact.option, library, fact] as const),
);

describe('limits and times', () => {
  it.each(each)('%s: `of` names creators of the library', (_, library) => {
    const creators = library.creators.map(({ api }) => api);
    const named: readonly ApiPath[] = [
      ...factsOf(library),
      ...(library.waits ?? []),
      ...(library.relations ?? []),
      ...(library.recycling ?? []),
      ...(library.ignored ?? []),
      ...(library.connectionStrings ?? []),
      ...(library.connectionPerRequest ?? []),
      ...(library.keepAlive ?? []),
    ].flatMap(({ of = [] }) => of);
    for (const api of named) expect(creators).toContain(api);
  });

  it.each(facts)('%s: %s is given somewhere', (_, __, library, { of, at = [], assigned = [] }) => {
    const creators = of ?? library.creators.map(({ api }) => api);
    expect(creators.length + at.length + assigned.length).toBeGreaterThan(0);
  });

  it.each(each)('%s: an option means one thing in one place', (_, library) => {
    const places = factsOf(library).flatMap((fact) => [...placesOf(library, fact)]);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });

  it.each(facts)('%s: %s has meanings that fit', (_, __, ___, fact) => {
    for (const value of UNUSUAL) {
      const effect = effectOf(fact, value);
      if (!effect) continue;
      expect(effect.does).not.toBe('');
      expect(effect.does.endsWith('.')).toBe(false);
      expect(effect.value === undefined || effect.means === 'becomes').toBe(true);
      if (effect.means === 'becomes') expect(effect.value).toBeGreaterThan(0);
    }
    for (const position of positionsOf(fact)) expect(Number.isInteger(position)).toBe(true);
    if (fact.default === null) expect(fact.note ?? ('defaultsTo' in fact ? fact.defaultsTo : undefined)).toBeDefined();
  });

  it.each(facts)('%s: %s says what 0 does where it is an own bound', (name, option, _, fact) => {
    const bound = 'bounds' in fact ? fact.bounds === 'connections' : fact.covers.includes('acquire');
    if (!bound || ('unit' in fact && fact.unit === 'signal')) return;
    // Meanings of 0 that nobody has established.
    const unknown = new Set([
      '@vercel/postgres max',
      'neo4j-driver connectionAcquisitionTimeout',
      '@prisma/client transactionOptions.maxWait',
    ]);
    expect(fact.zero !== undefined || unknown.has(`${name} ${option}`)).toBe(true);
  });

  it.each(libraries.flatMap((library) => (library.timeouts ?? []).map((time) => [library.name, time.option, time] as const)))(
    '%s: %s covers something, in a unit',
    (_, __, time) => {
      expect(time.covers.length).toBeGreaterThan(0);
      expect((time.misses ?? []).filter((phase) => time.covers.includes(phase))).toEqual([]);
      if (typeof time.default === 'number') expect(milliseconds(time, time.default)).toBeGreaterThanOrEqual(0);
      if (time.unit === 'signal' || time.unit === 'deadline') expect(time.default).toBe('none');
      // A default that looks like the wrong unit would make every reading of it a false alarm.
      if (typeof time.default === 'number') expect(looksLikeMilliseconds(time, time.default)).toBe(false);
    },
  );

  it('a default of another limit is there', () => {
    for (const library of libraries) {
      for (const { defaultsTo } of library.limits ?? []) {
        if (defaultsTo !== undefined) expect(library.limits?.map(({ option }) => option)).toContain(defaultsTo);
      }
    }
  });
});

describe('waits, relations and recycling', () => {
  it.each(each)('%s names options that it has', (_, library) => {
    const known = new Set(factsOf(library).flatMap(namesOf));
    const times = new Set((library.timeouts ?? []).flatMap(namesOf));
    for (const { endedBy, instead, default: given } of library.waits ?? []) {
      for (const option of endedBy) expect(times).toContain(option);
      // Where nothing ends it, there has to be a word on what to do.
      if (endedBy.length === 0 && given === 'none') expect(instead).toBeDefined();
    }
    for (const { kind, left, right, otherwise } of library.relations ?? []) {
      expect(known).toContain(left);
      if (kind !== 'needs') expect(known).toContain(right);
      expect(otherwise).not.toBe('');
    }
    for (const { boundedBy, keeps } of library.recycling ?? []) {
      for (const option of boundedBy) expect(times).toContain(option);
      if (typeof keeps === 'string') expect(known).toContain(keeps);
    }
  });

  it.each(each)('%s ends its waits in the calls that wait', (_, library) => {
    for (const { calls = [], endedBy } of library.waits ?? []) {
      const taken = new Set(
        (library.timeouts ?? [])
          .filter((time) => namesOf(time).some((name) => endedBy.includes(name)))
          .flatMap(({ at = [] }) => at.map(({ api }) => api)),
      );
      // A call that takes no timeout has one on its client, or on a method of what it gives back.
      for (const api of calls) {
        expect(
          [...taken].some((place) => place === api || place.startsWith(`${api}()`)),
          api,
        ).toBe(true);
      }
    }
  });

  it.each(each)('%s: a default that ends a wait is that of an option', (_, library) => {
    for (const { default: given, endedBy, nominal } of library.waits ?? []) {
      if (given === 'none' || nominal) continue;
      const defaults = (library.timeouts ?? [])
        .filter(({ option }) => endedBy.includes(option))
        .map((time) => (typeof time.default === 'number' ? milliseconds(time, time.default) : null));
      expect(defaults.some((time) => time === given || time === null)).toBe(true);
    }
  });
});

describe('options and parameters that are not read', () => {
  it.each(each)('%s: none of them is read in the same place', (_, library) => {
    const known = new Set(factsOf(library).flatMap(namesOf));
    const read = new Set(
      factsOf(library).flatMap((fact) =>
        (fact.of ?? own(library)).flatMap((api) => namesOf(fact).map((name) => `${api} ${name}`)),
      ),
    );
    for (const { option, of, calls, when, because, instead } of library.ignored ?? []) {
      expect(instead).not.toBe(option);
      // One that is ineffective is read, and one of a call or a dialect is read in others.
      if (because === 'ineffective' || calls !== undefined || when !== undefined) continue;
      for (const api of of ?? own(library)) expect(read).not.toContain(`${api} ${option}`);
    }
    for (const { parameters, ignored } of library.connectionStrings ?? []) {
      const names = new Set(parameters.map(({ name }) => name));
      expect(ignored.filter(({ name }) => names.has(name))).toEqual([]);
      for (const { option } of parameters) if (option !== undefined) expect(known).toContain(option);
    }
  });
});

describe('servers', () => {
  it('are too small for a pool from their own bound on', () => {
    for (const { connections, oversized } of Object.values(servers)) {
      if (connections !== null && oversized !== undefined) expect(oversized).toBe(connections);
    }
  });

  it('stand behind the pools of their drivers', () => {
    const families = (name: string): readonly string[] =>
      (find(name).limits ?? []).flatMap(({ servers: known = [] }) => known.map(({ family }) => family));
    expect(families('pg')).toEqual(['postgresql']);
    expect(families('mysql2')).toEqual(['mysql']);
    expect(families('mongodb')).toEqual(['mongodb']);
    expect(families('knex')).toEqual(['postgresql', 'mysql', 'sql-server']);
  });
});

describe('phrases', () => {
  const limit: Limit = { option: 'max', bounds: 'connections', default: 10, zero: 'unlimited', null: 'default' };
  const idle: Timeout = { option: 'idle', covers: ['idle'], unit: 's', default: 60, zero: 'unlimited' };

  it.each([
    [limit, 'zero', 'lifts the limit on connections'],
    [limit, 'null', 'means the default, 10'],
    [limit, 'undefined', 'means the default, 10'],
    [idle, 'zero', 'keeps it for ever'],
    [idle, 'undefined', 'means the default, 60 s'],
    [{ ...idle, covers: ['connect'] }, 'zero', 'waits for ever'],
    [{ ...idle, zero: { means: 'becomes', value: 30 } }, 'zero', 'is taken for 30 s'],
    [{ ...limit, zero: { means: 'fails', does: 'makes no pool' } }, 'zero', 'makes no pool'],
  ] as const satisfies readonly (readonly [Fact, UnusualValue, string])[])('%o %s', (fact, value, does) => {
    expect(effectOf(fact, value)?.does).toBe(does);
  });

  it('says nothing about a value whose meaning is unknown', () => {
    expect(effectOf(limit, 'negative')).toBeNull();
  });

  it.each([
    ['idle', 3_600, false],
    ['idle', 30_000, true],
    ['connect', 60, false],
    ['connect', 5_000, true],
    ['lifetime', 86_400, false],
    ['lifetime', 1_800_000, true],
  ] as const)('a time of %s of %i s looks like milliseconds: %s', (phase, value, expected) => {
    expect(looksLikeMilliseconds({ unit: 's', covers: [phase] }, value)).toBe(expected);
    expect(looksLikeMilliseconds({ unit: 'ms', covers: [phase] }, value)).toBe(false);
  });
});

// What issue reports and reviews look up: the facts of the libraries, row by row.
describe('facts', () => {
  const bounds = (name: string, option: string, nth = 0): Fact => {
    const fact = factsOf(find(name)).filter((candidate) => candidate.option === option)[nth];
    if (!fact) throw new Error(`${name} has no option ${option}`);
    return fact;
  };

  it.each([
    ['pg', 'max', 10, 'default'],
    ['pg', 'connectionTimeoutMillis', 'none', 'unlimited'],
    ['pg', 'idleTimeoutMillis', 10_000, 'unlimited'],
    ['pg', 'query_timeout', 'none', 'unlimited'],
    ['pg-promise', 'max', 10, 'default'],
    ['postgres', 'max', 10, 'blocks'],
    ['postgres', 'connect_timeout', 30, 'unlimited'],
    ['postgres', 'idle_timeout', 'none', 'unlimited'],
    ['slonik', 'maximumPoolSize', 10, 'throws'],
    ['mysql', 'connectionLimit', 10, 'unlimited'],
    ['mysql2', 'connectionLimit', 10, 'unlimited'],
    ['mysql2', 'queueLimit', 'unlimited', 'unlimited'],
    ['mysql2', 'connectTimeout', 10_000, 'unlimited'],
    ['mariadb', 'connectionLimit', 10, 'fails'],
    ['mariadb', 'acquireTimeout', 10_000, 'immediate'],
    ['mongodb', 'maxPoolSize', 100, 'unlimited'],
    ['mongodb', 'waitQueueTimeoutMS', 'none', 'unlimited'],
    ['mongoose', 'maxPoolSize', 100, 'unlimited'],
    ['redis', 'maximum', 100, 'becomes'],
    ['redis', 'acquireTimeout', 3_000, 'unlimited'],
    ['ioredis', 'commandTimeout', 'none', 'immediate'],
    ['knex', 'pool.max', 10, 'fails'],
    ['knex', 'pool.min', 2, 'none'],
    ['knex', 'acquireConnectionTimeout', 60_000, 'throws'],
    ['sequelize', 'pool.max', 5, 'throws'],
    ['sequelize', 'pool.idle', 10_000, 'becomes'],
    ['tarn', 'max', null, 'throws'],
    ['typeorm', 'poolSize', 10, 'default'],
    ['mssql', 'pool.max', 10, 'throws'],
    ['oracledb', 'poolMax', 4, 'throws'],
    ['oracledb', 'queueTimeout', 60_000, 'unlimited'],
    ['generic-pool', 'max', 1, 'becomes'],
    ['generic-pool', 'acquireTimeoutMillis', 'none', 'unlimited'],
    ['lightning-pool', 'max', 10, 'becomes'],
    ['memcached', 'poolSize', 10, 'becomes'],
    ['@clickhouse/client', 'max_open_connections', 10, 'unlimited'],
    ['neo4j-driver', 'maxConnectionPoolSize', 100, 'unlimited'],
    ['node:http', 'maxSockets', 'unlimited', 'unlimited'],
    ['node:http', 'maxTotalSockets', 'unlimited', 'throws'],
    ['node:http', 'maxFreeSockets', 256, 'default'],
    ['undici', 'connections', 'unlimited', 'unlimited'],
    ['undici', 'pipelining', 1, 'none'],
    ['undici', 'headersTimeout', 300_000, 'unlimited'],
    ['undici', 'keepAliveTimeout', 4_000, 'throws'],
    ['axios', 'timeout', 'none', 'unlimited'],
    ['got', 'timeout.request', 'none', 'immediate'],
    ['ky', 'timeout', 10_000, 'immediate'],
    ['openai', 'timeout', 600_000, 'immediate'],
    ['@grpc/grpc-js', 'deadline', 'none', 'immediate'],
    ['needle', 'open_timeout', 10_000, 'unlimited'],
    ['AWS SDK v3', 'requestHandler.httpsAgent.maxSockets', 50, 'unlimited'],
    ['@elastic/elasticsearch', 'requestTimeout', 'none', 'unlimited'],
    ['@opensearch-project/opensearch', 'requestTimeout', 30_000, 'unlimited'],
    ['nodemailer', 'maxConnections', 5, 'default'],
    ['piscina', 'maxThreads', null, 'throws'],
    ['workerpool', 'maxQueueSize', 'unlimited', 'unlimited'],
    ['mqtt', 'keepalive', 60, 'unlimited'],
    ['nats', 'timeout', 20_000, 'default'],
  ] satisfies readonly (readonly [string, string, Fact['default'], OptionMeaning])[])(
    '%s %s: %s by default, and 0: %s',
    (name, option, given, zero) => {
      const fact = bounds(name, option);
      expect(fact.default).toBe(given);
      expect(effectOf(fact, 'zero')?.means).toBe(zero);
    },
  );

  it.each([
    ['pg', 'max', 'negative', 'blocks'],
    ['pg', 'max', 'text', 'literal'],
    ['postgres', 'max', 'text', 'becomes'],
    ['postgres', 'max', 'undefined', 'becomes'],
    ['postgres', 'max', 'infinity', 'throws'],
    ['mysql2', 'connectionLimit', 'empty', 'unlimited'],
    ['mysql2', 'connectionLimit', 'nan', 'default'],
    ['mongodb', 'maxPoolSize', 'nan', 'blocks'],
    ['mongodb', 'maxPoolSize', 'negative', 'throws'],
    ['sequelize', 'pool.max', 'text', 'throws'],
    ['ioredis', 'maxRetriesPerRequest', 'null', 'unlimited'],
    ['node:http', 'maxSockets', 'negative', 'blocks'],
    ['axios', 'timeout', 'negative', 'throws'],
    ['ky', 'timeout', 'false', 'unlimited'],
    ['generic-pool', 'max', 'infinity', 'becomes'],
    ['undici', 'headersTimeout', 'infinity', 'default'],
  ] satisfies readonly (readonly [string, string, UnusualValue, OptionMeaning])[])(
    '%s %s: %s means %s',
    (name, option, value, means) => {
      expect(effectOf(bounds(name, option), value)?.means).toBe(means);
    },
  );

  it.each([
    ['postgres', 'idle_timeout'],
    ['postgres', 'max_lifetime'],
    ['pg', 'maxLifetimeSeconds'],
    ['mariadb', 'idleTimeout'],
    ['oracledb', 'poolTimeout'],
    ['memjs', 'timeout'],
    ['mqtt', 'keepalive'],
    ['cacheable-lookup', 'maxTtl'],
  ])('%s %s is in seconds', (name, option) => {
    const fact = bounds(name, option);
    expect('unit' in fact && fact.unit).toBe('s');
  });

  it.each([
    ['pg', 'acquire', 'none', ['connectionTimeoutMillis']],
    ['postgres', 'acquire', 'none', []],
    ['mysql2', 'acquire', 'none', []],
    ['mysql2', 'connect', 10_000, ['connectTimeout']],
    ['mariadb', 'acquire', 10_000, ['acquireTimeout']],
    ['mongodb', 'connect', 30_000, ['serverSelectionTimeoutMS', 'connectTimeoutMS']],
    ['mongodb', 'acquire', 'none', ['waitQueueTimeoutMS']],
    ['redis', 'query', 'none', ['socket.socketTimeout']],
    ['knex', 'acquire', 60_000, ['acquireConnectionTimeout', 'pool.acquireTimeoutMillis']],
    ['fetch', 'request', 300_000, ['signal']],
    ['axios', 'request', 'none', ['timeout', 'signal']],
    ['ky', 'request', 10_000, ['timeout', 'signal']],
  ] satisfies readonly (readonly [string, Wait['for'], Wait['default'], readonly string[]])[])(
    '%s waits (%s): %s',
    (name, kind, given, endedBy) => {
      const wait = find(name).waits?.find((candidate) => candidate.for === kind);
      expect(wait).toMatchObject({ default: given, endedBy });
    },
  );

  it.each([
    ['knex', 'pool.min', 'pool.max', 'at-most'],
    ['mysql2', 'maxIdle', 'connectionLimit', 'below'],
    ['generic-pool', 'idleTimeoutMillis', 'evictionRunIntervalMillis', 'needs'],
    ['generic-pool', 'min', 'max', 'at-most'],
    ['sequelize', 'pool.min', 'pool.max', 'at-most'],
    ['neo4j-driver', 'connectionTimeout', 'connectionAcquisitionTimeout', 'at-most'],
    ['pg', 'connectionTimeoutMillis', 'statement_timeout', 'at-most'],
  ] satisfies readonly (readonly [string, string, string, Relation['kind']])[])(
    '%s: %s and %s (%s)',
    (name, left, right, kind) => {
      expect(find(name).relations).toContainEqual(expect.objectContaining({ kind, left, right }));
    },
  );

  it.each([
    ['pg', 'connectionLimit', 'max'],
    ['knex', 'max', 'pool.max'],
    ['sequelize', 'max', 'pool.max'],
    ['mysql2', 'acquireTimeout', undefined],
    ['typeorm', 'extra.connectionLimit', 'extra.max'],
    ['fetch', 'timeout', 'signal'],
    ['fetch', 'agent', 'dispatcher'],
    ['AWS SDK v3', 'maxRetries', 'maxAttempts'],
    ['openai', 'httpAgent', 'fetchOptions.dispatcher'],
  ])('%s does not read %s: %s', (name, option, instead) => {
    const entry = find(name).ignored?.find((candidate) => candidate.option === option);
    expect(entry).toBeDefined();
    expect(entry?.instead).toBe(instead);
  });

  it.each([
    ['pg', 'max', 'max'],
    ['postgres', 'max', 'max'],
    ['@prisma/client', 'connection_limit', 'max'],
    ['mysql2', 'connection_limit', 'connectionLimit'],
    ['sequelize', 'max', 'pool.max'],
  ])('%s: ?%s= is not read', (name, parameter, instead) => {
    const ignored = find(name).connectionStrings?.flatMap((string) => string.ignored);
    expect(ignored).toContainEqual(expect.objectContaining({ name: parameter, instead }));
  });
});
