/** Typed `context.settings.pool`. */
import type { CloseMethod, Creator, LibraryDescriptor } from './catalog/descriptor.js';
import { Catalog } from './catalog/catalog.js';

/** The form a hoisted client takes; `auto` decides per site. */
export type HoistForm = 'auto' | 'eager' | 'lazy' | 'global-this';

/** A function of the user's, named as typescript-eslint names APIs. */
export interface ApiName {
  readonly from: 'file' | 'package';
  readonly name: string | readonly string[];
  /** Package or file specifier it is imported from. */
  readonly package?: string;
}

/** A creator as users write it: whatever is left out takes the value of an ordinary lazy pool. */
export type CreatorSettings = Pick<Creator, 'api'> &
  Partial<Omit<Creator, 'close'>> & { readonly close?: readonly (CloseMethod | string)[] };

/** A library as users write it. */
export type LibrarySettings = Pick<LibraryDescriptor, 'name' | 'modules'> &
  Partial<Omit<LibraryDescriptor, 'creators' | 'modules' | 'name'>> & { readonly creators?: readonly CreatorSettings[] };

/** What users may write under `settings.pool`. */
export interface PoolSettings {
  /** Where the code runs. `auto` looks for evidence in the file and its project. */
  readonly runtime?: 'auto' | 'edge' | 'node' | 'serverless';
  /** `all` applies a report's only suggestion as its fix. */
  readonly autofix?: 'all' | 'safe';
  readonly hoist?: HoistForm;
  /** Your own wrappers, in the vocabulary of the catalog. */
  readonly libraries?: readonly LibrarySettings[];
  /** Functions of yours that take over what is passed to them: close it, release it, read it later. */
  readonly owners?: readonly ApiName[];
}

/** Settings with every default filled in. */
export interface ResolvedSettings {
  readonly runtime: 'auto' | 'edge' | 'node' | 'serverless';
  readonly autofix: 'all' | 'safe';
  readonly hoist: HoistForm;
  readonly owners: readonly ApiName[];
  readonly catalog: Catalog;
}

declare module '@typescript-eslint/utils/ts-eslint' {
  interface SharedConfigurationSettings {
    readonly pool?: PoolSettings;
  }
}

const ENUMS = {
  runtime: ['auto', 'node', 'serverless', 'edge'],
  autofix: ['safe', 'all'],
  hoist: ['auto', 'eager', 'lazy', 'global-this'],
} as const;

const defaultCatalog = new Catalog([]);

// Keyed on the user's own object: one configuration is validated once, and the result dies with it.
const resolvedSettings = new WeakMap<object, ResolvedSettings>();

/**
 * Reads `settings.pool`.
 *
 * @throws TypeError that names the property, for a value of the wrong kind or an unknown property.
 */
export function readSettings(settings: Readonly<Record<string, unknown>>): ResolvedSettings {
  const raw = settings['pool'];
  if (raw === undefined) return { runtime: 'auto', autofix: 'safe', hoist: 'auto', owners: [], catalog: defaultCatalog };
  if (!isRecord(raw)) throw new TypeError('settings.pool must be an object');
  const known = resolvedSettings.get(raw);
  if (known) return known;
  for (const name of Object.keys(raw)) {
    if (!(name in ENUMS) && name !== 'libraries' && name !== 'owners')
      throw new TypeError(`settings.pool.${name} is not a setting`);
  }
  const resolved: ResolvedSettings = {
    runtime: oneOf(raw, 'runtime'),
    autofix: oneOf(raw, 'autofix'),
    hoist: oneOf(raw, 'hoist'),
    owners: list(raw['owners'], 'owners').map(readOwner),
    catalog:
      raw['libraries'] === undefined ? defaultCatalog : new Catalog(list(raw['libraries'], 'libraries').map(readLibrary)),
  };
  resolvedSettings.set(raw, resolved);
  return resolved;
}

function oneOf<K extends keyof typeof ENUMS>(raw: Record<string, unknown>, name: K): (typeof ENUMS)[K][number] {
  const value = raw[name];
  const values: readonly string[] = ENUMS[name];
  if (value === undefined) return ENUMS[name][0];
  if (typeof value === 'string' && values.includes(value)) return value as (typeof ENUMS)[K][number];
  throw new TypeError(`settings.pool.${name} must be one of ${values.join(', ')}`);
}

function list(value: unknown, name: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new TypeError(`settings.pool.${name} must be an array`);
}

function readOwner(value: unknown, index: number): ApiName {
  const where = `settings.pool.owners[${String(index)}]`;
  if (!isRecord(value)) throw new TypeError(`${where} must be an object`);
  if (value['from'] !== 'file' && value['from'] !== 'package')
    throw new TypeError(`${where}.from must be one of file, package`);
  const { name } = value;
  if (typeof name !== 'string' && !isStrings(name))
    throw new TypeError(`${where}.name must be a string or an array of strings`);
  if (value['package'] !== undefined && typeof value['package'] !== 'string')
    throw new TypeError(`${where}.package must be a string`);
  return { from: value['from'], name, ...(value['package'] === undefined ? {} : { package: value['package'] }) };
}

function readLibrary(value: unknown, index: number): LibraryDescriptor {
  const where = `settings.pool.libraries[${String(index)}]`;
  if (!isRecord(value)) throw new TypeError(`${where} must be an object`);
  const { name, modules } = value;
  if (typeof name !== 'string') throw new TypeError(`${where}.name must be a string`);
  if (!isStrings(modules) || modules.length === 0)
    throw new TypeError(`${where}.modules must be an array of import specifiers`);
  return {
    version: '',
    cheap: [],
    holdsProcess: 'unknown',
    notes: [],
    ...value,
    name,
    modules,
    creators: list(value['creators'], `libraries[${String(index)}].creators`).map((creator, position) =>
      readCreator(creator, `${where}.creators[${String(position)}]`),
    ),
  };
}

function readCreator(value: unknown, where: string): Creator {
  if (!isRecord(value)) throw new TypeError(`${where} must be an object`);
  if (typeof value['api'] !== 'string') throw new TypeError(`${where}.api must be a string`);
  const close = value['close'] ?? [];
  if (!Array.isArray(close)) throw new TypeError(`${where}.close must be an array`);
  return {
    invoke: 'either',
    makes: 'pool',
    holds: 'sockets',
    connects: 'lazy',
    cost: 'opens connections of its own',
    ...value,
    api: value['api'],
    close: close.map((method: unknown): CloseMethod => {
      if (typeof method === 'string') return { method, async: true, mode: 'graceful' };
      if (isRecord(method) && typeof method['method'] === 'string')
        return { async: true, mode: 'graceful', ...method, method: method['method'] };
      throw new TypeError(`${where}.close must hold method names`);
    }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
