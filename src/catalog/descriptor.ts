/**
 * The vocabulary in which everything known about a client library is written down.
 *
 * One {@link LibraryDescriptor} per library, one file per descriptor. No other layer names a library: rules read these
 * fields and turn them into sentences. Every fact names the version it was checked on (`version` of the descriptor,
 * unless the fact carries its own).
 */

import type {
  Limit,
  Timeout,
  Wait,
  KeepAlive,
  ConnectionPerRequest,
  Recycling,
  IgnoredOption,
  ConnectionString,
  Relation,
} from './option-facts.js';

export type * from './option-facts.js';

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
  /** The argument was made by this API of the same library, e.g. `credentials.createInsecure()`; of these modules, if they are given. */
  | {
      readonly test: 'made-by';
      readonly argument: number;
      readonly api: ApiPath;
      readonly modules?: readonly string[];
    };

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
  /** The pool's option for what the connection takes as text: `connectionString`. Where it is left out, no edit is offered for text. */
  readonly textOption?: string;
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
  /** Calls of the library that close it without going through the client itself: `disconnect` of mongoose, `deleteApp` of firebase-admin. */
  readonly closedBy?: readonly ApiPath[];
  readonly dispose?: DisposeSupport;
  readonly errorEvent?: ErrorEvent;
  /** Proved cheap by its arguments: then it is not a socket-owning creation at all. */
  readonly cheapWhen?: readonly ArgumentCondition[];
  /** Only a socket-owning creation when one of these holds; anything else is silent. */
  readonly ownsWhen?: readonly ArgumentCondition[];
  /** Runtimes in which creating it per request is what the library asks for. */
  readonly requestBoundOn?: readonly ('serverless' | 'edge')[];
  readonly poolAlternative?: PoolAlternative;
  /**
   * What one creation costs, to complete "each …": "opens up to {max} connections of its own". `{max}` stands for the bound on the
   * connections ({@link LibraryDescriptor.limits}).
   */
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

/**
 * Passing a client to this API hands over the closing of it, or looks as if it did. Either way what the API makes works on the
 * connections of that client.
 */
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

/**
 * A path from a value to one of its members, written as JavaScript would write it with the value in front left out: `release`,
 * `commit().execute`, `body.cancel`. With `on:` before the last name it is an event listened to, by `on`, `once` or the like (`on:data`,
 * `body.on:data`); with `text:` in front any method called with a text that begins so, in any case (`text:ROLLBACK`).
 */
export type MemberPath = string;

/** A node-style callback that receives what the call took out. */
export interface CheckoutCallback {
  /** Position of the callback among the arguments; negative from the end, so that -1 is the last one. */
  readonly argument: number;
  /** Which of its parameters is the connection. The one before it is the error: where that is set there is no connection. */
  readonly parameter: number;
  /** Which of its parameters is a function that gives the connection back (`done` of pg). */
  readonly release?: number;
}

/** What the explicit resource management symbols of a taken connection do. */
export interface CheckoutDispose extends DisposeSupport {
  /**
   * - `releases`: gives it back.
   * - `closes`: closes it, which frees the slot too.
   * - `commits`: commits an open transaction and then gives it back, even when an exception is on its way.
   * - `leaks`: does not give it back, although the symbol is there.
   */
  readonly effect: 'releases' | 'closes' | 'commits' | 'leaks';
  /** Semver range of the library versions that have it. */
  readonly versions?: string;
}

/** How a transaction is ended by hand. */
export interface TransactionEnd {
  readonly commit: readonly MemberPath[];
  readonly rollback: readonly MemberPath[];
}

/**
 * A call that takes something out which has to be given back by hand. Forms that run a callback and give back by themselves are
 * no checkouts: they are {@link ManagedCheckout}s.
 */
export interface Checkout {
  /** API on the pool: `new Pool().connect`. */
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** The call is a `new` expression. */
  readonly construct?: boolean;
  /**
   * What stays taken, for messages; a connection if left out. A connection or a transaction is a slot of the pool; a session is one
   * once a transaction runs in it; a cursor stays open on the server.
   */
  readonly takes?: 'connection' | 'transaction' | 'session' | 'cursor';
  readonly returnsPromise: boolean;
  /**
   * Where the taken thing is: what the call gives back, or the object on which it was called (`em.begin()`,
   * `new Transaction(pool).begin()`). The result if left out.
   */
  readonly held?: 'result' | 'receiver';
  /** Property of the (awaited) result that is the taken thing, or a promise of it: `promise` for `pool.acquire().promise`. */
  readonly result?: string;
  /** The argument at this position is the same object as the result: `client.query(cursor)` gives the cursor back. */
  readonly sameAs?: number;
  /** The node-style callback that receives the connection, if there is one. */
  readonly callback?: CheckoutCallback;
  /** Only where one of these holds. */
  readonly when?: readonly ArgumentCondition[];
  /** Not where one of these is proved. */
  readonly unless?: readonly ArgumentCondition[];
  /**
   * Positions (negative from the end) at which a function makes the call a managed one, which gives back by itself:
   * `sequelize.transaction(async (t) => …)`. An argument that may be a function is not ours to judge.
   */
  readonly managedBy?: readonly number[];
  /**
   * Nothing is taken before one of these members of the result is called (a star: before anything is), and nothing stays taken where
   * one that is named fails. Taken at once if left out.
   */
  readonly takenBy?: readonly MemberPath[];
  /** Methods that give the same object back, so that calls can be chained: `find().sort().limit()`. */
  readonly chains?: readonly string[];
  /**
   * Members of the taken thing that give the slot back, those that close the connection included. With `pool.` in front:
   * methods of the object on which the checkout was called, which take the thing as their first argument
   * (`pool.release(connection)`).
   */
  readonly release: readonly MemberPath[];
  /** The first of `release` gives a promise, which has to be awaited for the slot to be free. */
  readonly releaseIsAsync?: boolean;
  /** Those of `release` that close the connection instead of keeping it. */
  readonly destroys?: readonly MemberPath[];
  /** Methods that give it back once they have delivered everything: reading it in a loop to the end is enough, one call is not. */
  readonly exhaustedBy?: readonly MemberPath[];
  /** What is small comes at once, so that a single one of these calls may have been enough: nothing is known then. */
  readonly oneCallMayExhaust?: boolean;
  /** Iterating over it with `for await` gives it back, also when the loop is left early. */
  readonly iterable?: boolean;
  readonly dispose?: CheckoutDispose;
  /**
   * The pool it is taken from is one of several behind the same object and chosen by the arguments, so that two checkouts may belong to
   * different pools.
   */
  readonly chooses?: boolean;
  /** Calls of the pool which the taken thing answers as the pool does: `query`, `*.findMany`; empty text for the call of the pool itself. */
  readonly answers?: readonly MemberPath[];
  /** It is a transaction: giving it back means ending it, in one of these ways. All of them are in `release` too. */
  readonly transaction?: TransactionEnd;
  /**
   * What a second release does. `corrupts`: one connection may end up with two holders. Left out where it is not known.
   */
  readonly secondRelease?: 'throws' | 'rejects' | 'ignored' | 'corrupts';
  /** Semver range of the library versions that have it. */
  readonly versions?: string;
  readonly note?: string;
}

/**
 * A transaction that is begun on something already taken out (a connection, a query runner, a session) and has to be ended by
 * hand. Ending it gives nothing back.
 */
export interface TransactionBegin extends TransactionEnd {
  /** APIs of the checkouts and creators on whose result it is begun; those of the whole library if left out. */
  readonly of?: readonly ApiPath[];
  readonly begin: readonly MemberPath[];
  /** Where the members that end it are: on what it was begun on, or on what the call gave back. */
  readonly held: 'receiver' | 'result';
  /** Members that end it as well, by rolling it back (closing the connection, ending the session). */
  readonly alsoEnds?: readonly MemberPath[];
  /** What giving the connection back does to a transaction that is still open. Left out where it is not known. */
  readonly onRelease?: 'stays-open' | 'rolls-back' | 'commits';
  readonly note?: string;
}

/** A call that takes a connection, runs a function with it and gives it back. */
export interface ManagedCheckout {
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  readonly takes: 'connection' | 'transaction' | 'session';
  /** Positions (negative from the end) at which the function may stand. */
  readonly callback: readonly number[];
  /** Which of its parameters is the connection; left out where it is not passed (an `EntityManager` that carries it). */
  readonly parameter?: number;
  /**
   * How statements reach the held connection: by calling the parameter's own methods, or by passing it to the pool's methods as
   * this option.
   */
  readonly option?: string;
  /** As {@link Checkout.answers}. */
  readonly answers?: readonly MemberPath[];
  readonly note?: string;
}

/**
 * A call on a pool that takes a connection for one statement and gives it back by itself: the next call may run on another
 * connection, so that a transaction spread over several calls is none.
 */
export interface PoolShortcut {
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** Position of the statement's text, or of an object that holds it (see `property`). Left out where it takes none. */
  readonly text?: number;
  /** Property of that object: `text` for pg, `sql` for mysql2. */
  readonly property?: string;
  /** Methods on the way that give the same object back, so that calls can be chained: `request().input(…).query(…)`. */
  readonly chains?: readonly string[];
  /** The API is the tag of a template whose text is the statement: a value to be called as well where `text` is given. */
  readonly tag?: boolean;
  /** A function at this position (negative from the end) is the node-style callback. */
  readonly callback?: number;
  /** The option in which a transaction is passed so that the statement runs on its connection: `transaction` for sequelize. */
  readonly option?: string;
  /** Position of the object that takes this option; the first argument if left out. */
  readonly optionArgument?: number;
  /** Position of an argument that is the connection to run on: a query runner of typeorm. */
  readonly connectionArgument?: number;
  /** The method on the result to which a transaction is passed for that: `transacting` for knex. */
  readonly chain?: string;
  readonly note?: string;
}

/**
 * How a response reaches the code that asked for it. Positions are negative from the end, so that -1 is the last argument.
 *
 * - `promise`: the call returns a promise of it.
 * - `return`: the call returns it at once.
 * - `callback`: a function among the arguments receives it.
 * - `event`: a listener on what the call returned receives it.
 */
export type Delivery =
  | { readonly by: 'promise' }
  | { readonly by: 'return' }
  | { readonly by: 'callback'; readonly argument: number; readonly parameter: number }
  | { readonly by: 'event'; readonly event: string; readonly parameter: number };

/** A statement that gets rid of a body nobody wants. */
export interface Discard {
  /** Its text, with `{body}` for the expression of the body: `await {body}?.cancel()`, `{body}.resume()`. */
  readonly template: string;
  /** Contains `await`, so that it can only stand in an async function or a module. */
  readonly awaits: boolean;
  /**
   * - `reads`: reads what is left and keeps the socket.
   * - `closes`: closes the socket, which costs the next request a connection.
   * - `reads-or-closes`: reads a small rest and closes before a large one.
   */
  readonly effect: 'reads' | 'closes' | 'reads-or-closes';
  /** It rejects where the connection broke in the meantime: code that catches it takes that for a failure of the request. */
  readonly mayReject?: boolean;
}

/** A signal in the arguments of a request that frees its socket when it is aborted. */
export interface SignalOption {
  readonly argument: number;
  readonly property: string;
}

/** What a call that answers with a response leaves open while nobody reads it. */
export interface ResponseSemantics {
  /** The requesting API. */
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** Only where one of these holds (`responseType: 'stream'`). */
  readonly when?: readonly ArgumentCondition[];
  /** Not where one of these is proved: a HEAD request whose response holds nothing. */
  readonly unless?: readonly ArgumentCondition[];
  /**
   * The request goes through the `fetch` of the platform: what is said here of it was measured on Node, and does not hold in a browser or on
   * an edge runtime, which look after connections themselves.
   */
  readonly ofPlatform?: boolean;
  /** Positions (negative from the end) at which a function makes the library read the body by itself (`needle.get(url, callback)`). */
  readonly managedBy?: readonly number[];
  /** The ways in which the response arrives. Where the code uses none of them there is nothing to read. */
  readonly delivery: readonly Delivery[];
  /** Property of the response that holds the body, with dots for nesting; empty if the response is the body. */
  readonly body: string;
  /** The body may be missing (null or undefined), so that it has to be reached with `?.`. */
  readonly nullable?: boolean;
  /** Members of the response that read the body to the end or free the socket: `json`, `body.cancel`, `on:data`. */
  readonly consumers: readonly MemberPath[];
  /**
   * The member that gives a reader of the body. Its `read` has to be called until it is done; its `cancel` frees the socket, its
   * `releaseLock` does not.
   */
  readonly reader?: MemberPath;
  /** Methods that read the body on the promise itself, before it is awaited: `await ky.get(url).json()`. */
  readonly promiseConsumers?: readonly string[];
  /** Members of the response that leave the body unread, although they look at the response or seem to read it. */
  readonly inspects: readonly MemberPath[];
  /** Iterating over the body with `for await` frees the socket, also when the loop is left early. */
  readonly iterable: boolean;
  /**
   * The member that makes a second body to read. `one`: reading either to the end frees the socket. `both`: with a large body the
   * one that is read stops until the other is read too.
   */
  readonly clone?: { readonly method: string; readonly reads: 'one' | 'both' };
  /** Which of the explicit resource management symbols the response has; they free the socket. */
  readonly dispose?: DisposeSupport;
  /**
   * What an unread body does.
   *
   * - `holds-socket`: any response holds its socket, small ones too.
   * - `holds-socket-when-large`: one that does not fit the buffers does ({@link ResponseSemantics.freeBelow}).
   * - `holds-stream`: holds one stream of a connection that others share.
   * - `frees-itself`: nothing.
   */
  readonly unread: 'holds-socket' | 'holds-socket-when-large' | 'holds-stream' | 'frees-itself';
  /** Bytes below which an unread body frees its socket by itself, on every version it was measured on. */
  readonly freeBelow?: number;
  /** Whether a response without a body (HEAD, 204, 205, 304, length 0) holds its socket until it is read too. */
  readonly empty: 'holds-socket' | 'frees-itself';
  /** The garbage collector frees the socket in the end. Left out where it was not measured. */
  readonly collected?: boolean;
  /**
   * Members that free the socket by ending more than the body: of what the call returned (`req.destroy()`), and of the object on which it
   * was called (`client.destroy()`). Those of an agent or dispatcher passed to the call stand in {@link LibraryDescriptor.transfers}.
   */
  readonly ends?: { readonly request?: readonly MemberPath[]; readonly client?: readonly MemberPath[] };
  /** Signals that free the socket when they are aborted after the response has arrived. */
  readonly signals?: readonly SignalOption[];
  /**
   * The call also rejects with a response that nobody has read: the property of the error that holds its body, and the conditions under
   * which it does not happen.
   */
  readonly rejection?: { readonly body: string; readonly unless?: readonly ArgumentCondition[] };
  /** The best way to get rid of a body that is not wanted. */
  readonly discard: Discard;
  /** Names in the call to replace, so that a request whose body is not wanted asks for none: `GetObjectCommand` by `HeadObjectCommand`. */
  readonly withoutBody?: readonly { readonly replace: string; readonly by: string }[];
  /** Semver range of the library versions that have it. */
  readonly versions?: string;
  readonly note?: string;
}

/** A decorator that asks a dependency injector for a pool, or for something that works on one. */
export interface InjectedPool {
  readonly module: string;
  readonly decorator: string;
  /** Position of the argument that names the pool; without it, it is the default one. */
  readonly name: number;
}

/** Everything known about one client library. */
export interface LibraryDescriptor {
  /** Name shown to users. */
  readonly name: string;
  /** Versions on which the facts were checked. */
  readonly version: string;
  /** Import specifiers; a star stands for the rest of a name (`@aws-sdk/client-*`). `node:` need not be repeated. */
  readonly modules: readonly string[];
  /** Global names from which its APIs are reached, for a library whose module is `<global>`. */
  readonly globals?: readonly string[];
  readonly creators: readonly Creator[];
  readonly cheap: readonly CheapCreator[];
  readonly transfers?: readonly OwnershipTransfer[];
  readonly checkouts?: readonly Checkout[];
  readonly transactions?: readonly TransactionBegin[];
  readonly managed?: readonly ManagedCheckout[];
  readonly shortcuts?: readonly PoolShortcut[];
  /** Expressions that all stand for one pool, which the library keeps for the whole process. */
  readonly globalPool?: readonly ApiPath[];
  /** Calls that make the library pass the transaction of a callback to the statements in it by itself. */
  readonly implicit?: readonly ApiPath[];
  /** Decorators by which a container hands out parts of its pools. What has none of them is of the default pool. */
  readonly injected?: readonly InjectedPool[];
  /** Types under which something taken out of a pool is passed on as well: a parameter of such a type need not be the pool. */
  readonly alsoTaken?: readonly ApiPath[];
  readonly limits?: readonly Limit[];
  readonly timeouts?: readonly Timeout[];
  readonly waits?: readonly Wait[];
  readonly relations?: readonly Relation[];
  readonly recycling?: readonly Recycling[];
  readonly ignored?: readonly IgnoredOption[];
  readonly connectionStrings?: readonly ConnectionString[];
  readonly responses?: readonly ResponseSemantics[];
  readonly keepAlive?: readonly KeepAlive[];
  readonly connectionPerRequest?: readonly ConnectionPerRequest[];
  /** Does an open, idle client keep the process alive? */
  readonly holdsProcess: 'always' | 'once-used' | 'until-idle-timeout' | 'no' | 'unknown';
  /** What it does on edge runtimes and other places where the usual advice is wrong. */
  readonly edge?: string;
  readonly notes: readonly string[];
}
