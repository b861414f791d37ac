/** Idle connections that the other side closes first, and addresses that are believed for too long. */
import { milliseconds } from '../catalog/options.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { numberOf } from './amounts.js';
import { givenOptionsOf, type GivenOption } from './given.js';
import { configuredCallsOf } from './subjects.js';

/** A client that keeps a connection longer than its server. */
export interface OutlivedServer {
  readonly given: GivenOption;
  /** Milliseconds. */
  readonly client: number;
  readonly server: number;
}

interface Time {
  readonly given: GivenOption;
  readonly ms: number;
}

const timesOf = perFile((file: SourceFile): readonly Time[] =>
  givenOptionsOf(file).flatMap((given) => {
    const number = 'unit' in given.fact ? numberOf(file, given.value) : null;
    const ms = number === null || !('unit' in given.fact) ? null : milliseconds(given.fact, number);
    return ms === null || ms <= 0 ? [] : [{ given, ms }];
  }),
);

/**
 * Clients of the file that keep an idle connection for longer than the server.
 *
 * @param serverMs How long the servers keep one, in milliseconds; null where only servers of this file are known.
 */
export function outlivedServersOf(file: SourceFile, serverMs: number | null): readonly OutlivedServer[] {
  const times = timesOf(file);
  const own = times.find(({ given: { fact } }) => 'side' in fact && fact.covers.includes('idle'));
  return times.flatMap(({ given, ms }): OutlivedServer[] => {
    const { call, fact } = given;
    if (!call || !('covers' in fact) || fact.side === 'server' || !fact.covers.includes('idle')) return [];
    // The idle connections of a database pool have a server of another kind.
    if (call.creator?.makes !== 'agent' && call.library.keepAlive === undefined && !isForHttp(call.library.waits)) return [];
    const server = serverMs ?? (isLocal(file, given) ? (own?.ms ?? localDefault(file)) : null);
    return server !== null && ms >= server ? [{ given, client: ms, server }] : [];
  });
}

function isForHttp(waits: readonly { readonly for: string }[] | undefined): boolean {
  return waits?.some((wait) => wait.for === 'request') ?? false;
}

// `new Pool('http://localhost:3000')` and a server in the same file: they are meant for each other.
function isLocal(file: SourceFile, { call }: GivenOption): boolean {
  const [address] = call?.node.arguments ?? [];
  return address !== undefined && /^[`'"]https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])/u.test(file.sourceCode.getText(address));
}

// A server of the file that says nothing has the time of the library.
function localDefault(file: SourceFile): number | null {
  for (const call of configuredCallsOf(file)) {
    for (const fact of call.library.timeouts ?? []) {
      const isCreated = fact.at?.some(({ api }) => call.steps.join('.') === api) ?? false;
      if (fact.side === 'server' && fact.covers.includes('idle') && isCreated && typeof fact.default === 'number')
        return fact.default;
    }
  }
  return null;
}

/** Addresses that are believed for longer than this. */
export function longLivedNamesOf(file: SourceFile, mostMs: number): readonly Time[] {
  return timesOf(file).filter(
    ({ given: { fact }, ms }) => 'covers' in fact && fact.covers.includes('dns-cache') && ms > mostMs,
  );
}
