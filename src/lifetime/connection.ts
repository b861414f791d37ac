/** What giving back a connection, session, transaction or cursor means. */
import { matchesModule, matchesPath, plainModule } from '../catalog/api-path.js';
import type { Checkout, CheckoutDispose, Creator, LibraryDescriptor, MemberPath } from '../catalog/descriptor.js';
import { memberName, unwrap, type Node } from '../ast/nodes.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { isSamePool, poolIdentityOf } from './pool-identity.js';
import { matchesMember, type Protocol } from './protocol.js';
import { isDisposal, type Values } from './values.js';

/** The facts of the catalog about one kind of thing that is taken and given back. */
export interface GivingBack {
  readonly release: readonly MemberPath[];
  readonly takes?: Checkout['takes'];
  readonly chains?: readonly string[];
  readonly iterable?: boolean;
  readonly takenBy?: readonly MemberPath[];
  readonly exhaustedBy?: readonly MemberPath[];
  readonly oneCallMayExhaust?: boolean;
  readonly dispose?: Pick<CheckoutDispose, 'async' | 'effect' | 'sync'>;
}

const NEVER = (): boolean => false;

/** How a thing of the library is followed, by the facts about it. */
export function connectionProtocol(file: SourceFile, library: LibraryDescriptor, facts: GivingBack): Protocol {
  const { dispose, takenBy, exhaustedBy = [] } = facts;
  const members = facts.oneCallMayExhaust ? [...facts.release, ...exhaustedBy] : facts.release;
  const returned = facts.release.filter((member) => member.startsWith('pool.')).map((member) => member.slice('pool.'.length));
  const dedicated = library.creators.flatMap((creator) => creator.dedicatedUses ?? []);
  const disposes = Boolean(dispose && (dispose.async || dispose.sync));
  return {
    isEssential: (path) => path.length === 0,
    releases: (path, call) =>
      matchesMember(members, path, call) ||
      (disposes && dispose?.effect !== 'leaks' && path.length === 1 && isDisposal(path[0] ?? '')),
    exhausts: (path) => matchesMember(exhaustedBy, path, null),
    taking: takenBy
      ? {
          byAny: takenBy.includes('*'),
          by: (path) =>
            matchesMember(
              takenBy.filter((name) => name !== '*'),
              path,
              null,
            ),
        }
      : null,
    chains: (path) => path.length === 1 && (facts.chains?.includes(path[0] ?? '') ?? false),
    takesBack: (method) => returned.includes(method),
    frees: NEVER,
    borrows: (callee, position) => isBorrower(file, library, callee, position),
    borrowsAs: (name) => optionsOf(library).includes(name),
    iterable: (path) => (facts.iterable ?? false) && path.length === 0,
    dedicates: (path, call) => matchesMember(dedicated, path, call),
    disposal: !disposes ? 'none' : dispose?.effect === 'leaks' ? 'keeps' : 'gives-back',
    isEmptyWhen: NEVER,
    judges: () => null,
    judgesCase: () => 'open',
    passing: 'lends',
    countsExceptions: true,
    // A session holds no connection once what ran in it has failed.
    countsCleanup: facts.takes !== 'session',
  };
}

/** The facts about a connection that is opened by itself. */
export function closingOf(creator: Creator): GivingBack {
  const { close, dispose } = creator;
  return {
    release: close.map(({ method }) => method),
    ...(dispose ? { dispose: { ...dispose, effect: 'closes' } } : {}),
  };
}

/** `(error, client, done) => …`: calling `done` gives the client back. */
export function withReleaseFunction(protocol: Protocol, values: Values, done: Node): Protocol {
  values.addPattern(done, ['<release>']);
  return {
    ...protocol,
    releases: (path, call) => (path.length === 1 && path[0] === '<release>') || protocol.releases(path, call),
  };
}

/** Closing the pool at once closes what was taken out of it, too; a pool that closes gracefully waits for it. */
export function freedWithPool(file: SourceFile, library: LibraryDescriptor, receiver: Node): Protocol['frees'] {
  const methods = library.creators
    .filter(({ makes }) => makes === 'pool')
    .flatMap(({ close }) => close.filter(({ mode }) => mode === 'forced').map(({ method }) => method));
  if (methods.length === 0) return NEVER;
  return (call) => {
    const callee = unwrap(call.callee);
    if (callee.type !== 'MemberExpression' || !methods.includes(memberName(callee) ?? '')) return false;
    const [pool, closed] = [poolIdentityOf(file, receiver), poolIdentityOf(file, callee.object)];
    return pool !== null && closed !== null && isSamePool(pool, closed);
  };
}

/** How the checkout is followed. */
export function checkoutProtocol(file: SourceFile, library: LibraryDescriptor, checkout: Checkout, receiver: Node): Protocol {
  return {
    ...connectionProtocol(file, library, checkout),
    frees: freedWithPool(file, library, receiver),
  };
}

// The names under which the library is given what it has to run on: `{ transaction }`, `.session(session)`.
function optionsOf({ managed = [], shortcuts = [] }: LibraryDescriptor): readonly string[] {
  return [...managed.map(({ option }) => option), ...shortcuts.flatMap(({ option, chain }) => [option, chain])].filter(
    (name) => name !== undefined,
  );
}

// A function of the library itself (`new sql.Request(transaction)`), or of one that is known to leave what it wraps to its owner.
function isBorrower(file: SourceFile, library: LibraryDescriptor, callee: Node, position: number): boolean {
  const origin = originsOf(file).of(callee);
  if (!origin) return false;
  const transfers = file.settings.catalog
    .librariesOf(origin.module)
    .flatMap((other) => other.transfers ?? [])
    .filter(
      ({ api, argument, modules }) =>
        argument === position &&
        (modules === undefined || modules.some((name) => matchesModule(plainModule(name), origin.module))) &&
        (matchesPath(api, origin.steps) || matchesPath(api, [...origin.steps, 'new'])),
    );
  if (transfers.length > 0) return transfers.every(({ takesOver }) => !takesOver);
  return file.settings.catalog.librariesOf(origin.module).includes(library);
}
