/** The vocabulary for what a client is told: limits, times, waits, what its values mean, what is ignored and what has to fit. */
import type { ApiPath, ArgumentCondition, MemberPath } from './descriptor.js';

/**
 * What an unusual value of an option means.
 *
 * - `unlimited`: there is no bound any more; a timeout never fires.
 * - `default`: the same as leaving the option out.
 * - `becomes`: the library takes another number for it ({@link ValueEffect.value}).
 * - `none`: exactly none, and nothing breaks: nothing is kept idle, nobody is queued.
 * - `fails`: whoever asks for a connection gets an error.
 * - `blocks`: whoever asks for a connection waits for ever, without an error.
 * - `immediate`: the time is over at once.
 * - `throws`: the call that takes the option throws or rejects.
 * - `ignored`: the option does nothing.
 * - `literal`: the number that stands there, with no other meaning: `'3'` is 3.
 */
export type OptionMeaning =
  'unlimited' | 'default' | 'becomes' | 'none' | 'fails' | 'blocks' | 'immediate' | 'throws' | 'ignored' | 'literal';

/** A meaning with what the general phrase for it does not say. */
export interface ValueEffect {
  readonly means: OptionMeaning;
  /** The number the library takes instead, in the unit of the option; with `becomes` only. */
  readonly value?: number;
  /** What it does in this library, to complete "`max: 0` …": "opens no connection, so that every query waits for ever". */
  readonly does?: string;
}

/**
 * What the values mean that are no plain positive whole number. A kind that is left out is not known, so that a rule has nothing to say
 * about it; `undefined` alone is the default where it is left out.
 */
export interface UnusualValues {
  readonly zero?: OptionMeaning | ValueEffect;
  readonly negative?: OptionMeaning | ValueEffect;
  readonly null?: OptionMeaning | ValueEffect;
  /** The option is there with the value `undefined`. */
  readonly undefined?: OptionMeaning | ValueEffect;
  readonly nan?: OptionMeaning | ValueEffect;
  readonly infinity?: OptionMeaning | ValueEffect;
  /** Text that holds a number: `'3'`. */
  readonly text?: OptionMeaning | ValueEffect;
  /** The empty text, as `process.env.X || ''` gives it. */
  readonly empty?: OptionMeaning | ValueEffect;
  /** A positive number that is not whole. */
  readonly float?: OptionMeaning | ValueEffect;
  readonly false?: OptionMeaning | ValueEffect;
}

/** The expressions that a fact is about: creators, by their `api`, and calls. */
export interface Subject {
  /** Creators, by their `api`; all creators of the library if neither this nor `calls` is given. */
  readonly of?: readonly ApiPath[];
  /** Calls, or the classes of `new` expressions that are no creators. */
  readonly calls?: readonly ApiPath[];
  /** Modules of the library that export them; all of them if left out. */
  readonly modules?: readonly string[];
}

/** A call that takes an option beside the creators. */
export interface OptionPlace {
  /** The call, or the class of a `new` expression. */
  readonly api: ApiPath;
  readonly modules?: readonly string[];
  /** Position of the object that holds the option, or several where the signatures differ; negative from the end. */
  readonly argument: number | readonly number[];
  /** Path of the option in that object where it is another than `option`; empty if the argument itself is the value. */
  readonly property?: string;
  /** For how long it holds: for this call, for everything done with what the call gives back, or for the whole process. */
  readonly holds: 'call' | 'client' | 'process';
}

/** An option, where it is given and what its unusual values mean. */
export interface OptionFact extends UnusualValues {
  /** Name of the option, with dots for nesting. */
  readonly option: string;
  /** Other names of it in the same place that are read too. */
  readonly aliases?: readonly string[];
  /** Creators that take it, by their `api`; all if left out, none if empty. */
  readonly of?: readonly ApiPath[];
  /** Modules of the library in which it is an option; all of them if left out. */
  readonly modules?: readonly string[];
  /** Position of the object that holds it among the arguments of the creators, or several; the first argument if left out. */
  readonly argument?: number | readonly number[];
  /** Calls that take it as well. */
  readonly at?: readonly OptionPlace[];
  /** Members to which it may be assigned instead: `default.defaults.timeout`. */
  readonly assigned?: readonly ApiPath[];
  /** Only where one of these holds: options of one dialect of an ORM. */
  readonly when?: readonly ArgumentCondition[];
  /** Semver range of the library versions that have it. */
  readonly versions?: string;
  /** How the fact is known where it was not observed in a run: read in the source, or in the documentation or types only. */
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** A kind of server whose own bound decides how many connections are too many. */
export type ServerFamily = 'postgresql' | 'mysql' | 'mongodb' | 'sql-server' | 'redis';

/** A bound on the number of connections, waiters or uses. */
export interface Limit extends OptionFact {
  /**
   * - `connections`: open connections of the client, to all servers together.
   * - `per-host`: open connections to one server or origin.
   * - `idle`: connections that are kept although nobody uses them.
   * - `min`: connections that are opened or kept in any case.
   * - `queue`: callers that wait for a connection.
   * - `uses`: times a connection is used before it is replaced.
   * - `in-flight`: requests under way on one connection.
   * - `origins`: servers for which there are connections at all.
   * - `attempts`: tries before a call or a connection is given up.
   * - `threads`: worker threads or processes.
   */
  readonly bounds:
    'connections' | 'per-host' | 'idle' | 'min' | 'queue' | 'uses' | 'in-flight' | 'origins' | 'attempts' | 'threads';
  /** Null where it depends on something else, which `note` names. */
  readonly default: number | 'unlimited' | null;
  /** Another limit whose value it has by default. */
  readonly defaultsTo?: string;
  /** What the connections lead to, where it is known; the first whose condition holds. */
  readonly servers?: readonly { readonly family: ServerFamily; readonly when?: readonly ArgumentCondition[] }[];
}

/**
 * What a time bounds.
 *
 * - `dns`, `connect`: the look-up of the name, the connection with its handshakes.
 * - `acquire`: the wait for a free connection or socket.
 * - `request`: one call from being sent to the end of the answer; `headers` and `body` are its parts.
 * - `query`: one statement or command; `transaction`: all of them together.
 * - `lock`: the wait for a lock that others hold.
 * - `socket`: silence on a socket in use.
 * - `idle`, `lifetime`: how long a connection may be unused, or old.
 * - `keep-alive`: the time between probes of an open connection.
 * - `close`: the end of the client. `start`: a process or thread that begins.
 * - `reconnect`: the time between tries. `dns-cache`: how long an address is believed.
 */
export type Phase =
  | 'dns'
  | 'connect'
  | 'acquire'
  | 'request'
  | 'headers'
  | 'body'
  | 'query'
  | 'transaction'
  | 'lock'
  | 'socket'
  | 'idle'
  | 'lifetime'
  | 'keep-alive'
  | 'close'
  | 'start'
  | 'reconnect'
  | 'dns-cache';

/** What has to stand beside a timeout for it to end anything. */
export type Companion =
  | {
      readonly by: 'option';
      /** Path of the other option, in the same object. */
      readonly option: string;
      readonly value: boolean | 'positive';
      /** What happens without it, to complete "without it the timeout …". */
      readonly otherwise: string;
    }
  | {
      readonly by: 'listener';
      /** The event that is emitted when the time is over, and the members of the same object that end the call. */
      readonly event: string;
      readonly ends: readonly MemberPath[];
      readonly otherwise: string;
    };

/** A timeout or a lifetime. */
export interface Timeout extends OptionFact {
  readonly covers: readonly Phase[];
  /** What it seems to cover and does not. */
  readonly misses?: readonly Phase[];
  /**
   * - `ms`, `s`: a number of milliseconds or seconds.
   * - `signal`: an `AbortSignal`.
   * - `deadline`: a point in time, as a `Date` or in milliseconds since 1970: a small number lies in the past.
   */
  readonly unit: 'ms' | 's' | 'signal' | 'deadline';
  /** In `unit`; `none`: it waits for ever, or keeps for ever; null where it depends on something else, which `note` names. */
  readonly default: number | 'none' | null;
  /**
   * What the clock measures: the whole of it (if left out), the silence between two pieces of data, so that a trickle never ends, or each
   * attempt anew; `announced`: it only bounds the time that the other side announces.
   */
  readonly measures?: 'whole' | 'silence' | 'attempt' | 'announced';
  readonly needs?: Companion;
  /** It is the time a server gives its clients, not one that a client waits. */
  readonly side?: 'server';
}

/**
 * Something a program waits for. Where the library gives up by itself (`default`) it needs no timeout; where it does not, one of the
 * options in `endedBy` has to be given.
 */
export interface Wait extends Subject {
  readonly for: 'connect' | 'acquire' | 'request' | 'query';
  /** Milliseconds after which the library gives up without being told; `none` for never. */
  readonly default: number | 'none';
  /** The default is so long, or leaves out so much, that it is as good as none. */
  readonly nominal?: boolean;
  /** Options of {@link LibraryDescriptor.timeouts}, any of which ends it. Empty where the library has none. */
  readonly endedBy: readonly string[];
  /** Not where one of these is proved: streams that are meant to stay open. */
  readonly unless?: readonly ArgumentCondition[];
  /** Calls, of whatever library, that give such times to the whole process. */
  readonly setBy?: readonly { readonly module: string; readonly api: ApiPath }[];
  /** What to do where there is no option, or what is better than one. */
  readonly instead?: string;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** How a library treats keep-alive. */
export interface KeepAlive {
  readonly option: string;
  /** Position of the object that takes the option; the first argument if left out. */
  readonly argument?: number;
  /** Creators it belongs to, by their `api`; all if left out. */
  readonly of?: readonly ApiPath[];
  /** Without it, each request opens a connection: a client that is shared saves nothing before the option is on. */
  readonly default: boolean;
  /** Not where one of these is proved: what opens no connection, or is told elsewhere. */
  readonly unless?: readonly ArgumentCondition[];
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** Something in the code that makes a library open a connection for each request, whatever its default is. */
export interface ConnectionPerRequest extends Subject {
  /** Any of these. */
  readonly when: readonly ArgumentCondition[];
  /** What it does, to complete "`agent: false` …": "opens a connection for every request". */
  readonly does: string;
  /** What to write instead, if that is known. */
  readonly instead?: string;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** What bounds the life of connections that nobody uses, when nothing is said about it. */
export interface Recycling extends Subject {
  /** Milliseconds after which an unused connection is closed; `none` for never. */
  readonly idle: number | 'none';
  /** How many stay open for ever all the same: a number, or the limit that says how many. */
  readonly keeps?: number | string;
  /** Milliseconds after which a connection is replaced even if it is used; `none` for never. */
  readonly lifetime: number | 'none';
  /**
   * How a connection is tried before it is handed out.
   *
   * - `none`: not at all: one that the server or a firewall has dropped is found by the statement that gets it.
   * - `socket`: by the state of the socket, which a silent drop does not change.
   * - `ping`: by asking the server. `monitor`: the server is watched on a connection of its own.
   */
  readonly validates: 'none' | 'socket' | 'ping' | 'monitor';
  /** Options of {@link LibraryDescriptor.timeouts} that bound it. */
  readonly boundedBy: readonly string[];
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** An option that is not read where it stands. */
export interface IgnoredOption extends Subject {
  readonly option: string;
  /** Position of the object in which it stands, or several; the first argument if left out. */
  readonly argument?: number | readonly number[];
  /** Only where one of these holds: one dialect of an ORM. */
  readonly when?: readonly ArgumentCondition[];
  /**
   * - `other-place`: it belongs somewhere else.
   * - `other-name`: another library calls it so.
   * - `removed`: older versions had it.
   * - `ineffective`: it is accepted and does not do what its name says.
   */
  readonly because: 'other-place' | 'other-name' | 'removed' | 'ineffective';
  /** What it does all the same, to complete "`connectionLimit` …"; "is not read" if left out. */
  readonly does?: string;
  /** What stays as it is where the right option is not given either: "`max` stays 10". */
  readonly leaves?: string;
  /** The path, in the same object, of the option that is read. */
  readonly instead?: string;
  /** Where the right option has to stand if not in the same object, in words: "on each query". */
  readonly place?: string;
  /** The library itself says so on the console. */
  readonly warns?: boolean;
  readonly versions?: string;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** A parameter in the query of a connection string. */
export interface ConnectionParameter extends UnusualValues {
  readonly name: string;
  /** The option it sets, with the meanings and the unit of that option; else those given here hold. */
  readonly option?: string;
  readonly unit?: Timeout['unit'];
  readonly covers?: readonly Phase[];
  readonly default?: number | 'none' | null;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** A parameter in the query of a connection string that is not read, or that does something else than it says. */
export interface IgnoredParameter {
  readonly name: string;
  /** What it does all the same, to complete "`?max=` …"; "is not read" if left out. */
  readonly does?: string;
  /** What stays as it is where the right option is not given either. */
  readonly leaves?: string;
  /** The option that is read, in the options of the same creator. */
  readonly instead?: string;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}

/** A connection string, and what is read of its query. */
export interface ConnectionString extends Subject {
  /** Position of the text, or of the object that holds it, or several; the first argument if left out. */
  readonly argument?: number | readonly number[];
  /** Path of the text in that object; the argument itself is the text if left out. */
  readonly property?: string;
  /** Only where one of these holds: one dialect of an ORM. */
  readonly when?: readonly ArgumentCondition[];
  readonly parameters: readonly ConnectionParameter[];
  readonly ignored: readonly IgnoredParameter[];
}

/**
 * Two options that have to fit each other.
 *
 * - `at-most`: left is no larger than right. `below`: left is smaller than right.
 * - `needs`: left does nothing unless right is given, and is positive or true.
 *
 * Times are compared in milliseconds, whatever the units of the two are.
 */
export interface Relation extends Subject {
  readonly kind: 'at-most' | 'below' | 'needs';
  readonly left: string;
  readonly right: string;
  /** Whether the default of one that is not given counts (`either`), or both have to be given. Not for `needs`. */
  readonly given: 'either' | 'both';
  /** Only where this option is given too. */
  readonly with?: string;
  /** What happens otherwise, to complete a sentence about the two: "the pool throws: `min` is 2 by default". */
  readonly otherwise: string;
  readonly evidence?: 'source' | 'docs';
  readonly note?: string;
}
