/**
 * The vocabulary in which frameworks and platforms are written down: which functions run once, and which run per request.
 *
 * One {@link FrameworkDescriptor} per framework, one file per descriptor, built from the request-scope facts. The scope layer
 * reads these fields; it knows no framework by name.
 */
import type { ApiPath } from './descriptor.js';

/**
 * When a function passed to a framework runs.
 *
 * - `request`: per request, message, job, event, connection, resolver call or tick.
 * - `startup`: once per process (plugin bodies, ready hooks, shutdown hooks, CLI actions).
 * - `test`: inside a test runner.
 * - `inline`: as often as the code around the call (`Promise.then`, `als.run`).
 * - `iteration`: for each element, as often as the code around the call times the elements (`Array.map`).
 */
export type CallbackScope = 'request' | 'startup' | 'test' | 'inline' | 'iteration';

/**
 * Where in the arguments of a registering call the functions stand. Arrays are looked through at every place.
 *
 * `arguments`: `'all'`, or positions from 0 (negative from the end), or `{ from }` for that position and every later one.
 * `properties`: property paths inside an object argument; a star stands for one name. Without it the argument itself is the function.
 * `returns`: what is meant are the functions at these paths of what that function returns.
 */
export interface HandlerPosition {
  readonly arguments: 'all' | readonly number[] | { readonly from: number };
  readonly properties?: readonly string[];
  readonly returns?: readonly string[];
}

/** What is said about every function that a framework calls. */
export interface Entry {
  readonly scope: CallbackScope;
  /** What runs, for messages: "`app.get` handler". `{callee}` and `{name}` are replaced by the source text. */
  readonly label: string;
  /**
   * Started by the calendar (a cron expression), minutes to months apart: a pool would only keep idle connections from one run to the
   * next, so a connection that is opened for the run and closed after it is right.
   */
  readonly calendar?: boolean;
  /** What one run is called, for messages: "runs for every job"; that of the framework if left out. */
  readonly per?: string;
}

/** A call that hands functions to the framework. */
export interface Registration extends Entry {
  /**
   * The function called: an {@link ApiPath} from the module, or a method on one of the framework's values
   * (`<app>.{get,post}`, see {@link FrameworkDescriptor.values}). With several names: braces.
   */
  readonly callee: ApiPath;
  /** The call is a `new` expression. */
  readonly construct?: boolean;
  readonly handlers: readonly HandlerPosition[];
  /** What a function is that hands itself over again in each of its runs: `setTimeout(tick, 1000)` inside `tick`. */
  readonly again?: Entry;
  /** Fewer arguments than this: another overload, not a registration (`app.get('setting')`). */
  readonly minArguments?: number;
  /** Only when argument `index` is one of these strings (`addHook('onRequest', …)`), or with `not`: none of them. */
  readonly when?: { readonly index: number; readonly values: readonly string[]; readonly not?: boolean };
  /** Which parameters of the function are values of the framework: `{ 0: 'app' }`. */
  readonly parameters?: Readonly<Record<number, string>>;
}

/** A function recognised by its type annotation, by that of the object it stands in, or by those of its parameters. */
export interface TypedHandler extends Entry {
  /** Type names exported by the framework's modules; braces and stars as in {@link ApiPath}. */
  readonly type: string;
  /**
   * `function`: annotates the function or its variable. `parameter`: annotates a parameter of it. `object`: annotates an object, or an
   * array of such, that holds it at one of `properties`.
   */
  readonly annotates: 'function' | 'object' | 'parameter';
  /** Property paths inside the object; a star stands for one name. */
  readonly properties?: readonly string[];
  /** Not the function itself: the functions at these paths of what it returns. */
  readonly returns?: readonly string[];
  /** Which parameters of the function are values of the framework: `{ 0: 'app' }`. */
  readonly parameters?: Readonly<Record<number, string>>;
  /** Modules that export the type if they are others than the framework's own (`aws-lambda`, `./+types/*`). */
  readonly modules?: readonly string[];
}

/** A function recognised by the file it stands in and the name under which it is exported. */
export interface FileConvention extends Entry {
  /** Matches the path with forward slashes. */
  readonly file: RegExp;
  /**
   * Exported names; `default` for the default export; a path into an exported object with dots (`actions.*`, `default.fetch`), in which
   * `()` stands for what a function returns. A star stands for one name.
   */
  readonly exports: readonly string[];
  /** Demanded besides the path: the file starts with this directive (`use server`). */
  readonly directive?: string;
  /** Demanded besides the path: one of these modules is imported in the file; `true` for the framework's own. */
  readonly needsImport?: readonly string[] | true;
  /** Demanded besides the path: an object around the function has all of these properties. */
  readonly siblings?: readonly string[];
  /** Demanded besides the path: the first parameter (if the function has any) is named like this. */
  readonly parameter?: RegExp;
  /** Demanded besides the path: there are parameters of these names, in this order, in front of any others. */
  readonly signature?: readonly RegExp[];
  /** Demanded besides the path: none of these names is exported by the same file. */
  readonly without?: readonly string[];
  /** Demanded besides the path: the file is known to run there. */
  readonly runtime?: Runtime;
}

/** A method decorator. */
export interface DecoratedMethod extends Entry {
  readonly decorator: ApiPath;
  readonly modules?: readonly string[];
}

/** Methods that a framework calls on classes which extend or implement one of its types. */
export interface HandlerClass extends Entry {
  /** Base class or interface exported by the framework. */
  readonly base: string;
  readonly modules?: readonly string[];
  /** Method names; a star for every method that is not the constructor. */
  readonly methods: readonly string[];
}

/** How a decorated class is instantiated (dependency injection). */
export interface InstantiatedClass {
  readonly decorator: ApiPath;
  readonly modules?: readonly string[];
  /** When the instance is made, so when constructor and fields run. */
  readonly scope: CallbackScope;
  /** Only when the decorator's options say all of this: `{ property: 'scope', value: 'Scope.REQUEST' }` compared with the source text. */
  readonly when?: readonly { readonly property: string; readonly value: string; readonly not?: boolean }[];
  /** Only when its constructor is given the request, see {@link FrameworkDescriptor.injectedRequest}. */
  readonly injectsRequest?: boolean;
  readonly label: string;
}

/** Where code runs. */
export type Runtime = 'node' | 'serverless' | 'edge';

/** A sign of the runtime. */
export interface RuntimeEvidence {
  readonly runtime: Runtime;
  /** An import of one of these in the file. */
  readonly imports?: readonly string[];
  /** A type of that name used in the file, exported by one of `imports` or global. */
  readonly types?: readonly string[];
  /** A path of the linted file. */
  readonly file?: RegExp;
  /** A file of that name beside or above the linted file, up to the package root. */
  readonly projectFile?: readonly string[];
  /** A dependency of the nearest package.json. */
  readonly dependencies?: readonly string[];
  /** `export const NAME = 'VALUE'` in the file. */
  readonly exportedConstant?: { readonly name: string; readonly values: readonly string[] };
  /** A reference to this unresolved global (`Bun`, `Deno`). */
  readonly global?: string;
}

/** Everything known about one framework or platform. */
export interface FrameworkDescriptor {
  /** Name shown to users. */
  readonly name: string;
  /** Versions on which the facts were checked. */
  readonly version: string;
  readonly modules: readonly string[];
  /** What one run of its handlers is called, for messages; a request if left out. */
  readonly per?: string;
  /** Unresolved global identifiers that stand for exports of the framework (auto-imports, `Deno`, `setInterval`). */
  readonly globals?: readonly string[];
  /** Named kinds of values on which registrations are made, each with the expressions that give one. */
  readonly values?: Readonly<Record<string, readonly ApiPath[]>>;
  /**
   * Methods of a value of that kind give the value back, so that calls can be chained; braces list the methods, `*` means every
   * method.
   */
  readonly chains?: Readonly<Record<string, string>>;
  /**
   * Values imported from a file of the project (a relative or aliased specifier) are taken for this kind when their name matches: only
   * where the framework's own documentation prescribes such a file and the registration's shape cannot be mistaken.
   */
  readonly importedValues?: Readonly<Record<string, RegExp>>;
  /**
   * What a handler can reach that outlives its request: a client that is put there is kept.
   */
  readonly application?: {
    /** Kinds of {@link values} that live as long as the process. */
    readonly values?: readonly string[];
    /** Members, with dots, of the parameters that handlers are called with: `app` stands for `req.app`. */
    readonly members?: readonly string[];
  };
  readonly registrations?: readonly Registration[];
  readonly types?: readonly TypedHandler[];
  readonly conventions?: readonly FileConvention[];
  /** Functions with this directive as their first statement (`use server`). */
  readonly directives?: readonly { readonly directive: string; readonly scope: CallbackScope; readonly label: string }[];
  readonly decorators?: readonly DecoratedMethod[];
  readonly classes?: readonly HandlerClass[];
  /** The first entry that holds for a class counts. */
  readonly instantiates?: readonly InstantiatedClass[];
  /** What the decorator of a constructor parameter names to be given the request: `REQUEST` of `@Inject(REQUEST)`. */
  readonly injectedRequest?: readonly ApiPath[];
  readonly runtime?: readonly RuntimeEvidence[];
  /** The development server re-evaluates modules, so a module-level client is kept on `globalThis`. */
  readonly hotReload?: { readonly dependencies: readonly string[] };
  /** Does the platform give the process a phase in which to close clients? */
  readonly shutdownPhase: boolean | 'depends';
  readonly notes?: readonly string[];
}
