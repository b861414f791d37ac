/** The descriptors themselves: every path can be read, every entry says how it ends, nothing is named twice. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePath, matchesModule, plainModule } from '../../src/catalog/api-path.js';
import { costText } from '../../src/catalog/cost.js';
import type {
  ApiPath,
  ArgumentCondition,
  LibraryDescriptor,
  Limit,
  MemberPath,
  Subject,
  Timeout,
} from '../../src/catalog/descriptor.js';
import type { FrameworkDescriptor } from '../../src/catalog/framework.js';
import { frameworks } from '../../src/catalog/frameworks/index.js';
import { libraries } from '../../src/catalog/libraries/index.js';

const CATALOG = path.resolve(import.meta.dirname, '../../src/catalog');

const MEMBER_PATH = /^(?:text:[A-Z][A-Z ]*|\*|(?:[$\w]+(?:\(\))?\.)*(?:on:)?[$\w]+)$/u;

/** Entries of a descriptor that name an API, all kinds together. */
function entries(library: LibraryDescriptor): readonly { readonly api: ApiPath; readonly modules?: readonly string[] }[] {
  return [
    ...library.creators,
    ...library.cheap,
    ...(library.transfers ?? []),
    ...(library.checkouts ?? []),
    ...(library.managed ?? []),
    ...(library.shortcuts ?? []),
    ...(library.responses ?? []),
  ];
}

/** Limits and times together. */
function optionFacts(library: LibraryDescriptor): readonly (Limit | Timeout)[] {
  return [...(library.limits ?? []), ...(library.timeouts ?? [])];
}

/** Facts about options that name creators and calls. */
function subjects(library: LibraryDescriptor): readonly Subject[] {
  return [
    ...(library.waits ?? []),
    ...(library.relations ?? []),
    ...(library.recycling ?? []),
    ...(library.ignored ?? []),
    ...(library.connectionStrings ?? []),
    ...(library.connectionPerRequest ?? []),
  ];
}

function conditions(library: LibraryDescriptor): readonly ArgumentCondition[] {
  return [
    ...library.creators.flatMap(({ cheapWhen = [], ownsWhen = [] }) => [...cheapWhen, ...ownsWhen]),
    ...(library.checkouts ?? []).flatMap(({ when = [], unless = [] }) => [...when, ...unless]),
    ...(library.responses ?? []).flatMap(({ when = [], unless = [], rejection }) => [
      ...when,
      ...unless,
      ...(rejection?.unless ?? []),
    ]),
    ...optionFacts(library).flatMap(({ when = [] }) => when),
    ...(library.limits ?? []).flatMap(({ servers = [] }) => servers.flatMap(({ when = [] }) => when)),
    ...(library.waits ?? []).flatMap(({ unless = [] }) => unless),
    ...[...(library.ignored ?? []), ...(library.connectionStrings ?? []), ...(library.connectionPerRequest ?? [])].flatMap(
      ({ when = [] }) => when,
    ),
  ];
}

function libraryPaths(library: LibraryDescriptor): readonly ApiPath[] {
  return [
    ...entries(library).map(({ api }) => api),
    ...library.creators.flatMap(({ poolAlternative }) => (poolAlternative ? [poolAlternative.api] : [])),
    ...library.creators.flatMap(({ closedBy = [] }) => closedBy),
    ...(library.transactions ?? []).flatMap(({ of = [] }) => of),
    ...(library.globalPool ?? []),
    ...(library.implicit ?? []),
    ...(library.alsoTaken ?? []),
    ...[...optionFacts(library), ...subjects(library), ...(library.keepAlive ?? [])].flatMap(({ of = [] }) => of),
    ...subjects(library).flatMap(({ calls = [] }) => calls),
    ...optionFacts(library).flatMap(({ at = [], assigned = [] }) => [...at.map(({ api }) => api), ...assigned]),
    ...conditions(library).flatMap((condition) => (condition.test === 'made-by' ? [condition.api] : [])),
  ];
}

function frameworkPaths(framework: FrameworkDescriptor): readonly ApiPath[] {
  return [
    ...Object.values(framework.values ?? {}).flat(),
    ...(framework.registrations ?? []).map(({ callee }) => callee),
    ...(framework.decorators ?? []).map(({ decorator }) => decorator),
    ...(framework.instantiates ?? []).map(({ decorator }) => decorator),
    ...(framework.injectedRequest ?? []),
    ...(framework.types ?? []).map(({ type }) => type),
  ];
}

function memberPaths(library: LibraryDescriptor): readonly MemberPath[] {
  return [
    ...(library.checkouts ?? []).flatMap(({ release, takenBy = [], exhaustedBy = [] }) => [
      ...release.map((member) => member.replace(/^pool\./u, '')),
      ...takenBy,
      ...exhaustedBy,
    ]),
    ...(library.transactions ?? []).flatMap(({ begin, commit, rollback, alsoEnds = [] }) => [
      ...begin,
      ...commit,
      ...rollback,
      ...alsoEnds,
    ]),
    ...(library.responses ?? []).flatMap(({ consumers, inspects, reader, ends }) => [
      ...consumers,
      ...inspects,
      ...(reader === undefined ? [] : [reader]),
      ...(ends?.request ?? []),
      ...(ends?.client ?? []),
    ]),
  ];
}

// Files that several descriptors are made with.
const SHARED = new Set(['http-methods.ts', 'index.ts', 'signatures.ts']);

describe('all descriptors', () => {
  it('are listed: one file each', () => {
    for (const [folder, descriptors] of [
      ['libraries', libraries],
      ['frameworks', frameworks],
    ] as const) {
      const files = readdirSync(path.join(CATALOG, folder)).filter((name) => !SHARED.has(name));
      expect(descriptors.length).toBeGreaterThanOrEqual(files.length);
      expect(new Set<unknown>(descriptors).size).toBe(descriptors.length);
    }
  });

  it('have names of their own', () => {
    for (const descriptors of [libraries, frameworks]) {
      const names = descriptors.map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it.each(libraries.map((library) => [library.name, library] as const))('%s names a version and modules', (_, library) => {
    expect(library.version).not.toBe('');
    expect(library.modules.length).toBeGreaterThan(0);
    expect(library.modules.filter((module) => module === '' || module.startsWith('node:'))).toEqual([]);
    expect(new Set(library.modules).size).toBe(library.modules.length);
  });

  it.each(libraries.map((library) => [library.name, library] as const))('%s has paths that can be read', (_, library) => {
    for (const api of libraryPaths(library)) {
      const patterns = compilePath(api);
      expect(patterns.length, api).toBeGreaterThan(0);
      expect(
        patterns.filter(({ value }) => value !== null),
        `${api} starts at a framework value`,
      ).toEqual([]);
    }
    for (const member of memberPaths(library)) expect(member).toMatch(MEMBER_PATH);
  });

  it.each(frameworks.map((framework) => [framework.name, framework] as const))(
    '%s has paths that can be read',
    (_, framework) => {
      expect(framework.version).not.toBe('');
      for (const api of frameworkPaths(framework)) expect(compilePath(api).length, api).toBeGreaterThan(0);
    },
  );

  it.each(libraries.map((library) => [library.name, library] as const))(
    '%s: entries name modules of the library',
    (_, library) => {
      const own = library.modules.map(plainModule);
      const named = [
        ...entries(library).flatMap(({ modules = [] }) => modules),
        ...[...optionFacts(library), ...subjects(library)].flatMap(({ modules = [] }) => modules),
        ...optionFacts(library).flatMap(({ at = [] }) => at.flatMap(({ modules = [] }) => modules)),
        ...conditions(library).flatMap((condition) => (condition.test === 'made-by' ? (condition.modules ?? []) : [])),
      ];
      for (const module of named) {
        expect(
          own.some((pattern) => matchesModule(pattern, plainModule(module)) || pattern === module),
          module,
        ).toBe(true);
      }
    },
  );
});

describe('creators', () => {
  const creators = libraries.flatMap((library) =>
    library.creators.map((creator) => [library.name, creator.api, library, creator] as const),
  );

  it.each(creators)('%s %s', (_, __, library, creator) => {
    expect(creator.cost).not.toBe('');
    if (creator.cost.includes('{max}')) expect(costText(library, creator)).toMatch(/\b\d+ [a-z]+s\b/u);
    if (creator.connects === 'on-connect') expect(creator.connect).toBeDefined();
    // A connection that nobody can close would be a leak by design.
    if (creator.makes === 'connection') expect(creator.close.length).toBeGreaterThan(0);
    for (const { method } of creator.close) expect(method).toMatch(MEMBER_PATH);
    for (const method of creator.poolAlternative?.sameMethods ?? []) expect(method).toMatch(/^\w+$/u);
  });

  it('have a pool alternative that the library can make', () => {
    for (const library of libraries) {
      for (const { poolAlternative } of library.creators) {
        if (!poolAlternative) continue;
        const steps = compilePath(poolAlternative.api)[0]?.steps ?? [];
        expect(steps.length).toBeGreaterThan(0);
        expect(library.creators.some(({ makes, api }) => makes === 'pool' && api.includes(poolAlternative.api))).toBe(true);
      }
    }
  });
});

describe('checkouts', () => {
  const checkouts = libraries.flatMap((library) =>
    (library.checkouts ?? []).map((checkout) => [library.name, checkout.api, checkout] as const),
  );

  it.each(checkouts)('%s %s', (_, __, checkout) => {
    expect(checkout.release.length).toBeGreaterThan(0);
    for (const end of checkout.destroys ?? []) expect(checkout.release).toContain(end);
    for (const end of [...(checkout.transaction?.commit ?? []), ...(checkout.transaction?.rollback ?? [])])
      expect(checkout.release).toContain(end);
    if (checkout.transaction) {
      expect(checkout.takes).toBe('transaction');
      expect(checkout.transaction.commit.length).toBeGreaterThan(0);
      expect(checkout.transaction.rollback.length).toBeGreaterThan(0);
    }
    if (checkout.callback) expect(checkout.callback.parameter).toBeGreaterThan(0);
    // Without a promise, a callback or a property there is only the call's own result, which has to be usable at once.
    if (checkout.held === 'receiver') expect(checkout.result).toBeUndefined();
    if (checkout.dispose) expect(checkout.dispose.sync || checkout.dispose.async).toBe(true);
  });

  it('are known for every library that hands something out', () => {
    const names = libraries.filter(({ checkouts: known = [] }) => known.length > 0).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        '@libsql/client',
        '@mikro-orm/core',
        '@neondatabase/serverless',
        '@vercel/postgres',
        'duckdb',
        'generic-pool',
        'knex',
        'kysely',
        'lightning-pool',
        'mariadb',
        'mongodb',
        'mongoose',
        'mssql',
        'mysql',
        'mysql2',
        'neo4j-driver',
        'objection',
        'oracledb',
        'pg',
        'pg-promise',
        'postgres',
        'sequelize',
        'tarn',
        'typeorm',
      ]),
    );
  });
});

describe('transactions, managed checkouts and shortcuts', () => {
  it.each(libraries.filter(({ transactions }) => transactions).map((library) => [library.name, library] as const))(
    '%s: a transaction can be committed and rolled back',
    (_, library) => {
      for (const transaction of library.transactions ?? []) {
        expect(transaction.begin.length).toBeGreaterThan(0);
        expect(transaction.commit.length).toBeGreaterThan(0);
        expect(transaction.rollback.length).toBeGreaterThan(0);
      }
    },
  );

  it.each(libraries.filter(({ managed }) => managed).map((library) => [library.name, library] as const))(
    '%s: a managed checkout has a callback',
    (_, library) => {
      for (const { callback } of library.managed ?? []) expect(callback.length).toBeGreaterThan(0);
    },
  );

  it('a checkout with a managed form has an entry for that form too', () => {
    for (const library of libraries) {
      for (const { api, managedBy } of library.checkouts ?? []) {
        if (managedBy) expect(library.managed?.map((form) => form.api)).toContain(api);
      }
    }
  });
});

describe('responses', () => {
  const responses = libraries.flatMap((library) =>
    (library.responses ?? []).map((response) => [library.name, response.api, response] as const),
  );

  it.each(responses)('%s %s', (_, __, response) => {
    expect(response.delivery.length).toBeGreaterThan(0);
    expect(response.consumers.length).toBeGreaterThan(0);
    const read = new Set(response.consumers);
    expect(response.inspects.filter((member) => read.has(member))).toEqual([]);
    expect(response.discard.template).toContain('{body}');
    expect(response.discard.template.startsWith('await ')).toBe(response.discard.awaits);
    if (response.nullable) expect(response.discard.template).toContain('{body}?.');
    // The discard has to be something the same entry takes for consumption: else the fix would not silence the report.
    const member = response.discard.template
      .replace(/^await /u, '')
      .replace(/\{body\}\??\./u, '')
      .replace(/\(\)$/u, '');
    expect(read).toContain(response.body === '' ? member : `${response.body}.${member}`);
    if (response.unread === 'holds-socket-when-large') expect(response.empty).toBe('frees-itself');
    if (response.freeBelow !== undefined) expect(response.unread).toBe('holds-socket-when-large');
  });
});
