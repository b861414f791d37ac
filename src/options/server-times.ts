/** Idle connections that the other side closes first, and addresses that are believed for too long. */
import { milliseconds } from '../catalog/options.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { numberOf } from './amounts.js';
import { givenOptionsOf, type GivenOption } from './given.js';

/** A client that keeps a connection longer than its server. */
export interface OutlivedServer {
  readonly given: GivenOption;
  /** Milliseconds. */
  readonly client: number;
  readonly server: number;
}

/** A time that is given. */
export interface Time {
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
 * Clients of the file that keep an idle connection for longer than the server. A server of the same file says itself how long it keeps one,
 * in a header that clients heed: only the user knows of servers that do not.
 *
 * @param serverMs How long the servers keep one, in milliseconds; null where nothing is known of them.
 */
export function outlivedServersOf(file: SourceFile, serverMs: number | null): readonly OutlivedServer[] {
  if (serverMs === null) return [];
  return timesOf(file).flatMap(({ given, ms }): OutlivedServer[] => {
    const { call, fact } = given;
    if (
      !call ||
      !('covers' in fact) ||
      fact.side === 'server' ||
      fact.measures === 'announced' ||
      !fact.covers.includes('idle')
    )
      return [];
    // The idle connections of a database pool have a server of another kind.
    if (call.creator?.makes !== 'agent' && call.library.keepAlive === undefined && !isForHttp(call.library.waits)) return [];
    return ms >= serverMs ? [{ given, client: ms, server: serverMs }] : [];
  });
}

function isForHttp(waits: readonly { readonly for: string }[] | undefined): boolean {
  return waits?.some((wait) => wait.for === 'request') ?? false;
}

/** Addresses that are believed for longer than this. */
export function longLivedNamesOf(file: SourceFile, mostMs: number): readonly Time[] {
  return timesOf(file).filter(
    ({ given: { fact }, ms }) => 'covers' in fact && fact.covers.includes('dns-cache') && ms > mostMs,
  );
}
