/**
 * The vocabulary in which everything known about a client library is written down.
 *
 * One {@link LibraryDescriptor} per library, one file per descriptor. No other layer names a library: rules read these
 * fields and turn them into sentences. Every fact names the version it was checked on (`version` of the descriptor,
 * unless the fact carries its own).
 */

/**
 * How a value is reached from a module, written as JavaScript would write it with the module in front left out:
 * `Pool`, `MongoClient.connect`, `createClient().duplicate`, `new Kafka().producer`, `default` (the default export, which for a
 * CommonJS module is the module itself), `default()()`.
 *
 * `default` in front of a member may be left out (`pg.Pool` and `pg.default.Pool` are both `Pool`). Braces list
 * alternatives, a star stands for one name or the rest of one: `{chromium,firefox}.launch`, `*Client`.
 */
export type ApiPath = string;

/** How a creator is invoked: with `new`, as a plain call, or either way. */
export type Invocation = 'new' | 'call' | 'either';

/**
 * What the creator gives back.
 *
 * - `pool`: opens several connections and hands them out; made to be shared.
 * - `connection`: one connection that is not safe to share between concurrent requests (transactions, session state) or
 *   cannot be used again after it was closed. Never hoisted as it is.
 * - `multiplexed`: one connection that many requests may share at the same time (Redis, HTTP/2, AMQP, NATS).
 * - `agent`: HTTP agent or dispatcher.
 * - `wrapper`: owns no socket itself but takes over what is passed to it (see {@link OwnershipTransfer}).
 * - `consumer`: a long-running worker or subscriber with connections of its own.
 * - `handle`: file handle of an embedded database.
 * - `process`: a child process such as a browser. `threads`: worker threads.
 */
export type ClientKind =
  'pool' | 'connection' | 'multiplexed' | 'agent' | 'wrapper' | 'consumer' | 'handle' | 'process' | 'threads';

/**
 * When the first socket is opened.
 *
 * - `eager`: by the constructor or factory call itself.
 * - `lazy`: by the first operation.
 * - `on-connect`: by an explicit connect method that has to be called ({@link Creator.connect}).
 */
export type ConnectTime = 'eager' | 'lazy' | 'on-connect';

/** The method that opens a client which does not open itself. */
export interface ConnectMethod {
  readonly method: string;
  /** Must be called before the client can be used. */
  readonly required: boolean;
  /** May be called again on a connected client without an error (so that it may stay in a request handler). */
  readonly repeatable: boolean;
  /** Resolves to the client itself, so that `const c = await new X().connect()` binds the client. */
  readonly returnsClient: boolean;
}

/** One way to end a client. */
export interface CloseMethod {
  readonly method: string;
  /** Returns a promise (or takes a callback) that settles when everything is closed. */
  readonly async: boolean;
  /** `graceful` waits for work in progress, `forced` cuts it. */
  readonly mode: 'graceful' | 'forced';
  /** What else has to be known: second calls, hanging, deprecated since when. */
  readonly note?: string;
}

/** Which of the explicit resource management symbols the created object has. */
export interface DisposeSupport {
  /** Has `Symbol.dispose`. */
  readonly sync: boolean;
  /** Has `Symbol.asyncDispose`. */
  readonly async: boolean;
  readonly note?: string;
}

/** What an 'error' event without a listener does. */
export interface ErrorEvent {
  readonly event: string;
  /** True where an idle connection's error without a listener ends the process. */
  readonly crashesProcess: boolean;
  /** Where the listener has to be attached if not on the created object: `$client` for drizzle. */
  readonly on?: string;
  readonly note?: string;
}

/**
 * A condition on the arguments of a creating call. `argument` counts from 0. Properties may be nested with dots
 * (`fetchOptions.dispatcher`).
 */
export type ArgumentCondition =
  | { readonly test: 'has-property'; readonly argument: number; readonly property: string }
  | { readonly test: 'lacks-property'; readonly argument: number; readonly property: string }
  | {
      readonly test: 'property-is';
      readonly argument: number;
      readonly property: string;
      readonly values: readonly (string | number | boolean | null)[];
    }
  | { readonly test: 'property-matches'; readonly argument: number; readonly property: string; readonly pattern: RegExp }
  /** The argument is text: a string, a template, an environment variable. */
  | { readonly test: 'is-text'; readonly argument: number }
  | { readonly test: 'matches'; readonly argument: number; readonly pattern: RegExp }
  | { readonly test: 'missing'; readonly argument: number }
  /** The argument was made by this API of the same library, e.g. `credentials.createInsecure()`. */
  | { readonly test: 'made-by'; readonly argument: number; readonly api: ApiPath };

/** The pool of the same library that should stand where a one-shot connection is made. */
export interface PoolAlternative {
  /** Module to import it from; the creator's own module if left out. */
  readonly module?: string;
  readonly api: ApiPath;
  readonly invoke: 'new' | 'call';
  /**
   * Whether the pool answers the same query methods with the same results, so that `connection.query(…)` may become
   * `pool.query(…)` unchanged. Where it does not, no edit is offered.
   */
  readonly sameMethods: readonly string[];
  /** Options of the connection that mean the same to the pool. `true`: all of them. */
  readonly sameOptions: boolean;
}

/** An expression that makes a client. */
export interface Creator {
  readonly api: ApiPath;
  /** Modules of the library that export it; all of them if left out. */
  readonly modules?: readonly string[];
  readonly invoke: Invocation;
  readonly makes: ClientKind;
  /** What it holds while alive. Only `sockets` make a creation per request worth a report. */
  readonly holds: 'sockets' | 'file' | 'process' | 'threads' | 'nothing';
  readonly connects: ConnectTime;
  /** The call returns a promise of the client. */
  readonly returnsPromise?: boolean;
  readonly connect?: ConnectMethod;
  /** The constructor throws when its configuration is undefined (so creating it earlier could break a build or a start). */
  readonly throwsWithoutConfig?: boolean;
  /** A second call gives the first client back: creating it per request costs nothing and is not reported. */
  readonly idempotent?: boolean;
  /** Creating one per request is the normal use (raw sockets, a browser context): not reported. */
  readonly perRequestIsNormal?: boolean;
  /** The class has type parameters which the arguments fill in, so that a bare `X` is not the type of the instance. */
  readonly generic?: boolean;
  /**
   * Methods (and, with `on:` in front, events listened to) that claim the connection for one purpose, such as subscriptions: such a
   * connection cannot be shared, and one per long-lived consumer is right.
   */
  readonly dedicatedUses?: readonly string[];
  readonly close: readonly CloseMethod[];
  readonly dispose?: DisposeSupport;
  readonly errorEvent?: ErrorEvent;
  /** Proved cheap by its arguments: then it is not a socket-owning creation at all. */
  readonly cheapWhen?: readonly ArgumentCondition[];
  /** Only a socket-owning creation when one of these holds; anything else is silent. */
  readonly ownsWhen?: readonly ArgumentCondition[];
  /** Runtimes in which creating it per request is what the library asks for. */
  readonly requestBoundOn?: readonly ('serverless' | 'edge')[];
  readonly poolAlternative?: PoolAlternative;
  /** What one creation costs, to complete "each …": "opens up to 10 connections of its own". */
  readonly cost: string;
  /** Semver range of the library versions that have it. */
  readonly versions?: string;
  readonly note?: string;
}

/** An expression that looks like a creator but owns no socket of its own. */
export interface CheapCreator {
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** Why it is cheap, and what would make it dear. */
  readonly why: string;
}

/** Passing a client to this API hands over the closing of it. */
export interface OwnershipTransfer {
  /** The API that receives the client. */
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** Position of the client: an argument and, inside an object, a property path. */
  readonly argument: number;
  readonly property?: string;
  /** False where the receiver looks like an owner but never closes the client. */
  readonly takesOver: boolean;
  /** Property that must be true for the transfer to happen: `disposeExternalPool`. */
  readonly onlyWith?: string;
  readonly note?: string;
}

/** A method that takes a connection out of a pool and the ways to give it back. */
export interface Checkout {
  /** API on the pool: `new Pool().connect`. */
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  readonly returnsPromise: boolean;
  /** Position of a node-style callback argument that receives the connection, if there is one. */
  readonly callback?: { readonly argument: number; readonly parameter: number; readonly release?: number };
  /** Methods on the connection (or, with `pool.`, on the pool taking the connection) that give the slot back. */
  readonly release: readonly string[];
  readonly note?: string;
}

/** What a special value of an option means. */
export type OptionMeaning = 'unlimited' | 'default' | 'none' | 'immediate' | 'blocks' | 'throws' | 'ignored' | 'literal';

/** A bound on the number of connections, waiters or uses. */
export interface Limit {
  /** Option name, with dots for nesting. */
  readonly option: string;
  /** Creators it belongs to; all if left out. */
  readonly of?: readonly ApiPath[];
  readonly bounds: 'connections' | 'per-host' | 'idle' | 'queue' | 'uses' | 'min';
  readonly default: number | 'unlimited' | null;
  readonly zero?: OptionMeaning;
  readonly negative?: OptionMeaning;
  readonly nullish?: OptionMeaning;
  readonly nan?: OptionMeaning;
  readonly infinity?: OptionMeaning;
  readonly text?: OptionMeaning;
  readonly aliases?: readonly string[];
  readonly note?: string;
}

/** A timeout or a lifetime. */
export interface Timeout {
  readonly option: string;
  readonly of?: readonly ApiPath[];
  readonly covers: 'connect' | 'acquire' | 'request' | 'headers' | 'body' | 'query' | 'idle' | 'lifetime' | 'socket';
  readonly unit: 'ms' | 's' | 'duration' | 'signal';
  /** In `unit`; `none` waits for ever. */
  readonly default: number | 'none' | null;
  readonly zero?: OptionMeaning;
  readonly negative?: OptionMeaning;
  readonly nullish?: OptionMeaning;
  readonly infinity?: OptionMeaning;
  readonly perCall?: boolean;
  readonly note?: string;
}

/** What a call that answers with a response leaves open while nobody reads it. */
export interface ResponseSemantics {
  /** The requesting API. */
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** Property of the result that holds the body; empty if the result is the body. */
  readonly body: string;
  /** Methods that read the body to the end or free the socket. */
  readonly consumers: readonly string[];
  /** What an unread body does. */
  readonly unread: 'holds-socket' | 'holds-socket-when-large' | 'frees-itself';
  readonly note?: string;
}

/** How a library treats keep-alive. */
export interface KeepAlive {
  readonly option: string;
  readonly of?: readonly ApiPath[];
  readonly default: boolean;
  readonly note?: string;
}

/** Everything known about one client library. */
export interface LibraryDescriptor {
  /** Name shown to users. */
  readonly name: string;
  /** Versions on which the facts were checked. */
  readonly version: string;
  /** Import specifiers; a star stands for the rest of a name (`@aws-sdk/client-*`). `node:` need not be repeated. */
  readonly modules: readonly string[];
  readonly creators: readonly Creator[];
  readonly cheap: readonly CheapCreator[];
  readonly transfers?: readonly OwnershipTransfer[];
  readonly checkouts?: readonly Checkout[];
  readonly limits?: readonly Limit[];
  readonly timeouts?: readonly Timeout[];
  readonly responses?: readonly ResponseSemantics[];
  readonly keepAlive?: readonly KeepAlive[];
  /** Does an open, idle client keep the process alive? */
  readonly holdsProcess: 'always' | 'once-used' | 'until-idle-timeout' | 'no' | 'unknown';
  /** What it does on edge runtimes and other places where the usual advice is wrong. */
  readonly edge?: string;
  readonly notes: readonly string[];
}
