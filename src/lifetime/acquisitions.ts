/** What a file takes and has to give back: checkouts, connections of its own, transactions, responses. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, NEW, type Step } from '../catalog/api-path.js';
import type {
  ApiPath,
  Checkout,
  Creator,
  Delivery,
  LibraryDescriptor,
  MemberPath,
  ResponseSemantics,
  TransactionBegin,
} from '../catalog/descriptor.js';
import { entriesAt } from '../catalog/path-index.js';
import {
  contains,
  enclosingClass,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import { conditionHolds, conditionMayHold, constantInit } from '../resolve/conditions.js';
import { catalogCallsOf, creationSitesOf, type CatalogCall } from '../resolve/creations.js';
import { flowOf } from '../resolve/flow.js';
import { isThisMember, thisMembers } from '../resolve/members.js';
import { GLOBAL, type Origin } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { checkoutProtocol, closingOf, connectionProtocol, withReleaseFunction } from './connection.js';
import { evaluate, type Evaluation, type Subject } from './evaluate.js';
import { gatheredProtocol, gatheringOf, isTakenApart } from './gathered.js';
import { matchesMember, textOf, type Protocol, type ValuePath } from './protocol.js';
import { judge, judgesCase, meansNoBody } from './status.js';
import { Values } from './values.js';
import { isRepeated } from './within.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Something taken that has to be given back, and what becomes of it. */
export interface Acquisition {
  /** The acquiring call. */
  readonly node: Call;
  /** Where the callee comes from. */
  readonly origin: Origin;
  readonly library: LibraryDescriptor;
  readonly kind: 'checkout' | 'connection' | 'response' | 'transaction';
  /** Function or program on whose paths it is followed. */
  readonly body: FunctionNode | TSESTree.Program;
  readonly checkout: Checkout | null;
  readonly creator: Creator | null;
  readonly transaction: TransactionBegin | null;
  readonly response: ResponseSemantics | null;
  /** It stands for several responses, in an array. */
  readonly many: boolean;
  /** Expressions and variables that are the value. */
  readonly values: Values;
  readonly evaluation: Evaluation;
}

/** Connections, transactions and cursors that a file takes, with their outcomes, in source order. */
export const acquisitionsOf = perFile((file: SourceFile): readonly Acquisition[] => {
  const found: Acquisition[] = [];
  for (const call of catalogCallsOf(file)) {
    const libraries = file.settings.catalog.librariesOf(call.origin.module);
    const steps = stepsOf(call);
    for (const library of libraries) {
      const checkout = entriesAt(library.checkouts, call.origin.module, steps).find((entry) => applies(file, call.node, entry));
      if (checkout) found.push(...takeOut(file, call, library, checkout));
      found.push(...begun(file, call, library, steps));
    }
  }
  for (const site of creationSitesOf(file)) {
    if (site.creator.makes === 'connection' && site.creator.holds === 'sockets' && !site.creator.perRequestIsNormal) {
      const origin = originsOf(file).of(site.node.callee);
      const opened = origin ? openConnection(file, site.node, origin, site.library, site.creator) : null;
      if (opened) found.push(opened);
    }
  }
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
});

/** Responses that a file asks for, with their outcomes, in source order. */
export const responsesOf = perFile((file: SourceFile): readonly Acquisition[] => {
  const found: Acquisition[] = [];
  for (const call of catalogCallsOf(file)) {
    const steps = stepsOf(call);
    for (const library of file.settings.catalog.librariesOf(call.origin.module)) {
      const response = entriesAt(library.responses, call.origin.module, steps).find(
        (entry) =>
          entry.unread !== 'frees-itself' &&
          !isManaged(call.node, entry.managedBy) &&
          (entry.when === undefined || entry.when.some((condition) => conditionHolds(file, call.node, condition))) &&
          !(entry.unless?.some((condition) => conditionMayHold(file, call.node, condition)) ?? false),
      );
      if (!response) continue;
      found.push(...delivered(file, call, library, response));
      break;
    }
  }
  return found;
});

// A construction is written `new X()` in API paths: the call of a class has NEW where a call has nothing.
function stepsOf({ node, origin }: CatalogCall): readonly Step[] {
  return node.type === 'NewExpression' ? [...origin.steps, NEW] : origin.steps;
}

function applies(file: SourceFile, call: Call, checkout: Checkout): boolean {
  if ((checkout.construct ?? false) !== (call.type === 'NewExpression')) return false;
  if (checkout.when && !checkout.when.some((condition) => conditionHolds(file, call, condition))) return false;
  if (checkout.unless?.some((condition) => conditionHolds(file, call, condition))) return false;
  return !isManaged(call, checkout.managedBy);
}

// What may be a function makes it a call that gives back by itself.
function isManaged(call: Call, positions: readonly number[] | undefined): boolean {
  return (positions ?? []).some((position) => {
    const argument = call.arguments.at(position);
    return argument !== undefined && !isPlainValue(argument);
  });
}

function isPlainValue(node: Node): boolean {
  return /^(?:ObjectExpression|Literal|TemplateLiteral|ArrayExpression)$/u.test(unwrap(node).type);
}

/** The function or program directly around a node. */
function bodyOf(file: SourceFile, node: Node): FunctionNode | TSESTree.Program {
  return enclosingFunction(node) ?? file.ast;
}

const NEVER = (): boolean => false;

function takeOut(
  file: SourceFile,
  { node, origin }: CatalogCall,
  library: LibraryDescriptor,
  checkout: Checkout,
): Acquisition[] {
  const protocol = checkoutProtocol(file, library, checkout, receiverOf(node));
  const base = { node, origin, library, checkout, creator: null, transaction: null, response: null, many: false } as const;
  const kind = checkout.takes === 'transaction' ? 'transaction' : 'checkout';
  const callback = checkout.callback ? functionArgument(file, node, checkout.callback.argument) : null;
  if (checkout.callback && callback) {
    const parameter = callback.params[checkout.callback.parameter];
    if (!parameter) return [];
    const values = new Values(file, callback, protocol.chains);
    values.addPattern(parameter);
    const done = checkout.callback.release === undefined ? undefined : callback.params[checkout.callback.release];
    const subject: Subject = {
      body: callback,
      start: null,
      values,
      protocol: done ? withReleaseFunction(protocol, values, done) : protocol,
      error: parameterVariable(file, callback, checkout.callback.parameter - 1),
    };
    return [{ ...base, kind, body: callback, values, evaluation: evaluate(file, subject) }];
  }
  if (checkout.held === 'receiver') {
    const followed = followReceiver(file, node, protocol);
    return followed ? [{ ...base, kind, ...followed }] : [];
  }
  const body = bodyOf(file, node);
  if (body.type === 'Program') return [];
  const values = new Values(file, body, protocol.chains);
  values.add(checkout.result === undefined ? node : (resultMember(node, checkout.result) ?? node));
  const same = checkout.sameAs === undefined ? undefined : node.arguments[checkout.sameAs];
  if (same?.type === 'Identifier') {
    const variable = originsOf(file).variable(same);
    if (variable) values.addVariable(variable);
  }
  return [{ ...base, kind, body, values, evaluation: evaluate(file, { body, start: node, values, protocol, error: null }) }];
}

/** What is held is the object the call is made on. Where the call answers to a callback, it is followed through that. */
function followReceiver(
  file: SourceFile,
  node: Call,
  protocol: Protocol,
): Pick<Acquisition, 'body' | 'evaluation' | 'values'> | null {
  const around = bodyOf(file, node);
  const callback = functionArgument(file, node, -1);
  const body = callback ?? around;
  if (around.type === 'Program' || body.type === 'Program') return null;
  const values = new Values(file, body, protocol.chains);
  if (!holdReceiver(file, values, node, body)) return null;
  if (callback && isEndedOutside(file, values, protocol, callback)) return null;
  const evaluation = evaluate(file, {
    body,
    start: callback ? null : node,
    values,
    protocol,
    error: callback ? parameterVariable(file, callback, 0) : null,
    borrowed: isBorrowed(file, receiverOf(node), around),
  });
  return { body, values, evaluation };
}

// A function beside the callback ends it, which may be called in it.
function isEndedOutside(file: SourceFile, { holders }: Values, protocol: Protocol, callback: FunctionNode): boolean {
  return holders.some((variable) => {
    const home = variable.scope.block as Node;
    const everywhere = new Values(file, isFunction(home) ? home : file.ast, protocol.chains);
    everywhere.addVariable(variable);
    return [...everywhere.entries].some(([part, path]) => {
      const call = wrapped(part).parent;
      return (
        call?.type === 'CallExpression' &&
        call.callee === wrapped(part) &&
        !contains(callback, call) &&
        protocol.releases(path, call)
      );
    });
  });
}

// A field, a parameter or a variable of the code around: what is done to it may be undone by somebody else. What a callback receives is
// its own.
function isBorrowed(file: SourceFile, receiver: Node, around: FunctionNode): boolean {
  const object = unwrap(receiver);
  const variable = object.type === 'Identifier' ? originsOf(file).variable(object) : null;
  const [definition] = variable?.defs ?? [];
  if (definition?.type === 'Parameter') return definition.node.parent.type !== 'CallExpression';
  const block = variable?.scope.block;
  return !block || !contains(around, block);
}

// The object the call is made on, or the function called.
function receiverOf({ callee }: Call): Node {
  const called = unwrap(callee);
  return called.type === 'MemberExpression' ? called.object : called;
}

/** `pool.acquire().promise` */
function resultMember(node: Call, name: string): Node | null {
  const { parent } = wrapped(node);
  return parent?.type === 'MemberExpression' && parent.object === wrapped(node) && memberName(parent) === name ? parent : null;
}

function functionArgument(file: SourceFile, call: Call, position: number): FunctionNode | null {
  const argument = call.arguments.at(position);
  if (!argument) return null;
  const value = unwrap(argument);
  if (isFunction(value)) return value;
  return value.type === 'Identifier' ? originsOf(file).functionOf(value) : null;
}

function parameterVariable(file: SourceFile, fn: FunctionNode, index: number): Variable | null {
  const parameter = fn.params[index];
  return parameter?.type === 'Identifier' ? originsOf(file).variable(parameter) : null;
}

// The object a method is called on is what is held: by its variable, or as `this.x`.
function holdReceiver(file: SourceFile, values: Values, node: Call, body: FunctionNode | TSESTree.Program): boolean {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression') return false;
  const receiver = unwrap(callee.object);
  if (receiver.type === 'Identifier') {
    const variable = originsOf(file).variable(receiver);
    if (!variable || variable.defs.length === 0) return false;
    values.addVariable(variable);
    return true;
  }
  if (receiver.type === 'MemberExpression' && isThisMember(receiver)) {
    const owner = enclosingClass(receiver);
    const name = memberName(receiver);
    if (!owner || name === null) return false;
    for (const member of thisMembers(file).get(owner)?.get(name) ?? [])
      if (member.range[0] >= body.range[0] && member.range[1] <= body.range[1]) values.add(member);
    return true;
  }
  return false;
}

/** A transaction begun on something already taken. */
function begun(file: SourceFile, call: CatalogCall, library: LibraryDescriptor, steps: readonly Step[]): Acquisition[] {
  const { node, origin } = call;
  if (!library.transactions) return [];
  const owners = ownersOn(library, origin.module, steps);
  if (owners.length === 0) return [];
  for (const transaction of library.transactions) {
    const path = owners.find(({ api }) => transaction.of === undefined || transaction.of.includes(api))?.path;
    if (!path || !matchesMember(transaction.begin, path, node) || endsItself(file, node)) continue;
    const ends = [...transaction.commit, ...transaction.rollback, ...(transaction.alsoEnds ?? [])];
    const plain = connectionProtocol(file, library, { release: ends });
    const closing = (library.checkouts ?? []).flatMap((entry) => entry.destroys ?? []);
    const giving = (library.checkouts ?? []).flatMap((entry) => entry.release);
    const rollsBack = transaction.onRelease === 'rolls-back';
    const disposes = library.checkouts?.some(({ dispose }) => dispose?.effect === 'releases' || dispose?.effect === 'closes');
    const protocol: Protocol = {
      ...plain,
      disposal: rollsBack && disposes ? 'gives-back' : 'none',
      // `release(error)` closes the connection, and with it the transaction; where giving back rolls back, so does plain `release()`.
      releases: (member, made) =>
        plain.releases(member, made) ||
        matchesMember(closing, member, made) ||
        (matchesMember(giving, member, made) && (Boolean(made?.arguments.length) || rollsBack)),
    };
    const followed = transaction.held === 'result' ? followResult(file, node, protocol) : followReceiver(file, node, protocol);
    // A statement that nobody can read may be the one that ends it.
    if (!followed || sendsUnread(file, followed, ends)) continue;
    const base = { node, origin, library, checkout: null, creator: null, transaction, response: null, many: false } as const;
    return [{ ...base, kind: 'transaction', ...followed }];
  }
  return [];
}

function followResult(
  file: SourceFile,
  node: Call,
  protocol: Protocol,
): Pick<Acquisition, 'body' | 'evaluation' | 'values'> | null {
  const body = bodyOf(file, node);
  if (body.type === 'Program') return null;
  const values = new Values(file, body, protocol.chains);
  values.add(node);
  return { body, values, evaluation: evaluate(file, { body, start: node, values, protocol, error: null }) };
}

// `client.query(ROLLBACK)`, `client.query(SQL.rollback)`
function isNamedEnd(file: SourceFile, statement: Node): boolean {
  const value = unwrap(statement);
  if (value.type !== 'Identifier' && value.type !== 'MemberExpression') return false;
  const object = value.type === 'MemberExpression' ? constantInit(file, value.object) : null;
  const name = value.type === 'MemberExpression' ? memberName(value) : null;
  const found = object && name !== null ? lookUpProperty(object, name) : null;
  const text = textOf(found?.found === 'yes' ? found.value : constantInit(file, value));
  return text === null ? name !== null : /^\s*(?:abort|commit|end|rollback)\b/iu.test(text);
}

// `const run = (text) => client.query(text)`
function isOfInnerFunction(file: SourceFile, statement: Node, body: Node): boolean {
  const variable = statement.type === 'Identifier' ? originsOf(file).variable(statement) : null;
  const [definition] = variable?.defs ?? [];
  return definition?.type === 'Parameter' && definition.node !== body && contains(body, definition.node);
}

// `query('BEGIN; …; COMMIT')`
function endsItself(file: SourceFile, { arguments: [statement] }: Call): boolean {
  return statement !== undefined && /;\s*(?:commit|end|rollback)\b/iu.test(file.sourceCode.getText(statement));
}

function sendsUnread(
  file: SourceFile,
  { body, evaluation, values }: Pick<Acquisition, 'body' | 'evaluation' | 'values'>,
  ends: readonly MemberPath[],
): boolean {
  if (!ends.some((member) => member.startsWith('text:'))) return false;
  const endsSomewhere = evaluation.releases.length > 0;
  for (const [node, path] of values.entries) {
    const call = wrapped(node).parent;
    if (path.length !== 1 || call?.type !== 'CallExpression' || call.callee !== wrapped(node)) continue;
    const [statement] = call.arguments;
    if (!statement || textOf(statement) !== null || isFunction(statement)) continue;
    if (!endsSomewhere || isOfInnerFunction(file, statement, body) || isNamedEnd(file, statement)) return true;
  }
  return false;
}

/** What is taken or made somewhere on the way to a call, and the members that lead on from it. The longest way to an owner comes first. */
function ownersOn(
  library: LibraryDescriptor,
  module: string,
  steps: readonly Step[],
): readonly { readonly api: ApiPath; readonly path: ValuePath }[] {
  const found: { readonly api: ApiPath; readonly path: ValuePath }[] = [];
  for (let length = steps.length - 1; length > 0; length -= 1) {
    if (steps[length - 1] !== NEW && steps[length - 1] !== CALL) continue;
    const path = steps.slice(length);
    for (const prefix of [steps.slice(0, length - 1), steps.slice(0, length)]) {
      for (const { api } of entriesAt(library.checkouts, module, prefix)) found.push({ api, path });
      for (const { api, makes } of entriesAt(library.creators, module, prefix))
        if (makes === 'connection') found.push({ api, path });
    }
  }
  return found;
}

/** A connection of the function's own, from where it is opened. */
function openConnection(
  file: SourceFile,
  site: Call,
  origin: Origin,
  library: LibraryDescriptor,
  creator: Creator,
): Acquisition | null {
  const body = bodyOf(file, site);
  if (body.type === 'Program') return null;
  const protocol = connectionProtocol(file, library, closingOf(creator));
  const values = new Values(file, body, protocol.chains);
  values.add(site);
  let node = site;
  if (creator.connects === 'on-connect' && creator.connect) {
    const { method, returnsClient } = creator.connect;
    const opened = flowOf(file)
      .usesOf(site)
      .find((use) => use.kind === 'member' && use.name === method && use.call !== null);
    if (opened?.kind !== 'member' || !opened.call || bodyOf(file, opened.call) !== body) return null;
    node = opened.call;
    if (returnsClient) values.add(node);
  }
  const evaluation = evaluate(file, { body, start: node, values, protocol, error: null });
  return {
    node,
    origin,
    library,
    kind: 'connection',
    body,
    checkout: null,
    creator,
    transaction: null,
    response: null,
    many: false,
    values,
    evaluation,
  };
}

function responseProtocol(file: SourceFile, call: Call, library: LibraryDescriptor, response: ResponseSemantics): Protocol {
  const body = response.body === '' ? [] : response.body.split('.');
  const reader = response.reader === undefined ? null : [...response.reader.split('.'), CALL];
  const ofReader = (path: ValuePath): boolean => reader?.every((name, index) => name === path[index]) ?? false;
  const home = bodyOf(file, call);
  const consumers = [...response.consumers, ...(response.promiseConsumers ?? [])];
  const inspected = new Set(response.inspects);
  const { clone } = response;
  // Where reading one of the two is enough, a copy is as good as the response.
  const ofClone = (path: ValuePath): ValuePath | null =>
    clone?.reads === 'one' && path[0] === clone.method && path[1] === CALL ? path.slice(2) : null;
  const isBody = (path: ValuePath): boolean => path.length <= body.length && path.every((name, index) => name === body[index]);
  return {
    isEssential: (path) => isBody(ofClone(path) ?? path) || (path.length === reader?.length && ofReader(path)),
    releases: (path, made) => {
      if (matchesMember(consumers, path, made)) return true;
      if (reader && ofReader([...path, CALL].slice(0, reader.length)))
        return path.length === reader.length + 1 && readsOn(path.at(-1) ?? '', made, home);
      const copied = ofClone(path);
      if (copied) return matchesMember(consumers, copied, made);
      // A member that the facts do not name may read it: not ours to judge.
      const inside = path.length > 1 && isBody(path.slice(0, -1));
      const member = path.join('.');
      return (inside || path.length === 1) && !isKnownToLook(path, made, inspected, response) && member !== '';
    },
    chains: (path) => path.length === body.length + 1 && CHAINED.has(path.at(-1) ?? ''),
    exhausts: NEVER,
    taking: null,
    takesBack: NEVER,
    borrows: NEVER,
    borrowsAs: NEVER,
    frees: freedBy(file, call, library, response),
    iterable: (path) => response.iterable && isBody(path),
    dedicates: NEVER,
    disposal: response.dispose && (response.dispose.sync || response.dispose.async) ? 'gives-back' : 'none',
    isEmptyWhen: (path, value, node) => response.empty === 'frees-itself' && meansNoBody(path, value, node),
    judges: (test, values) => judge(file, test, values),
    judgesCase,
    passing: 'hands-over',
    countsExceptions: false,
    countsCleanup: false,
  };
}

// One `read()` of a reader is not all; in a loop, or in a function that is called again, it goes on to the end.
function readsOn(method: string, call: Call | null, home: FunctionNode | TSESTree.Program): boolean {
  if (method !== 'read') return method !== 'releaseLock';
  return call !== null && isRepeated(call, home);
}

// Emitter methods and setters give the stream back.
const CHAINED: ReadonlySet<string> = new Set(['addListener', 'on', 'once', 'prependListener', 'setEncoding']);

function isKnownToLook(
  path: ValuePath,
  call: Call | null,
  inspected: ReadonlySet<string>,
  response: ResponseSemantics,
): boolean {
  if (matchesMember([...inspected], path, call)) return true;
  if (path.length === 1 && path[0] === response.clone?.method) return true;
  // Methods of the parts that are only looked at: `res.headers.get('x')`.
  return [...inspected].some((member) => {
    const names = member.split('.');
    return path.length > names.length && names.every((name, index) => name === path[index]) && member !== response.body;
  });
}

/** Aborting the request's own signal, or ending its own dispatcher or agent, frees the socket. */
function freedBy(file: SourceFile, call: Call, library: LibraryDescriptor, response: ResponseSemantics): Protocol['frees'] {
  const owners = new Set<Variable | string>();
  for (const { argument, property } of [...(response.signals ?? []), ...(library.transfers ?? [])]) {
    const options = call.arguments[argument];
    const found = options && property !== undefined ? lookUpProperty(options, property) : null;
    if (found?.found === 'yes') for (const owner of ownersIn(file, found.value)) owners.add(owner);
  }
  const declarator = wrapped(call).parent;
  const request = declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier' ? declarator.id : null;
  if (request && response.ends?.request) for (const owner of ownersIn(file, request)) owners.add(owner);
  const receiver = unwrap(call.callee);
  if (receiver.type === 'MemberExpression' && response.ends?.client)
    for (const owner of ownersIn(file, receiver.object)) owners.add(owner);
  if (owners.size === 0) return NEVER;
  return (made) => {
    const callee = unwrap(made.callee);
    if (callee.type !== 'MemberExpression' || !/^(?:abort|close|destroy|end)$/u.test(memberName(callee) ?? '')) return false;
    const object = unwrap(callee.object);
    return [...ownersIn(file, object)].some((owner) => owners.has(owner));
  };
}

/** The variables and fields an expression is made of, and those that they are parts of (`const { signal } = controller`). */
function ownersIn(file: SourceFile, root: Node, found = new Set<Variable | string>()): ReadonlySet<Variable | string> {
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (isFunction(node)) return false;
    if (node.type === 'MemberExpression' && isThisMember(node)) found.add(`this.${memberName(node) ?? ''}`);
    const variable = node.type === 'Identifier' ? originsOf(file).variable(node) : null;
    if (!variable || variable.defs.length === 0 || found.has(variable)) return undefined;
    found.add(variable);
    const definition = variable.defs[0];
    const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : null;
    const part = init?.type === 'Identifier' || init?.type === 'MemberExpression';
    if (init && (part || (init.type === 'CallExpression' && isAnyOf(file, init)))) ownersIn(file, init, found);
    return undefined;
  });
  return found;
}

// `AbortSignal.any([…])`
function isAnyOf(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const origin = originsOf(file).of(call.callee);
  return origin?.module === GLOBAL && origin.steps.join('.') === 'AbortSignal.any';
}

function delivered(
  file: SourceFile,
  { node, origin }: CatalogCall,
  library: LibraryDescriptor,
  response: ResponseSemantics,
): Acquisition[] {
  const protocol = responseProtocol(file, node, library, response);
  const base = { node, origin, library, kind: 'response', checkout: null, creator: null, transaction: null, response } as const;
  const take = (fn: FunctionNode, parameter: number): Acquisition[] => {
    const target = fn.params[parameter];
    const values = new Values(file, fn, protocol.chains);
    if (target) values.addPattern(target);
    const error = parameter > 0 ? parameterVariable(file, fn, parameter - 1) : null;
    const evaluation = evaluate(file, { body: fn, start: null, values, protocol, error });
    return [{ ...base, many: false, body: fn, values, evaluation }];
  };
  for (const delivery of response.delivery) {
    if (delivery.by === 'callback') {
      const fn = functionArgument(file, node, delivery.argument);
      if (fn) return take(fn, delivery.parameter);
    } else if (delivery.by === 'event') {
      const listeners = listenersOf(file, node, delivery);
      if (listeners.length > 0) return listeners.flatMap((fn) => take(fn, delivery.parameter));
    }
  }
  if (!response.delivery.some(({ by }) => by === 'promise' || by === 'return')) return [];
  const gathering = gatheringOf(file, node);
  const start = gathering?.call ?? node;
  const body = bodyOf(file, start);
  if (body.type === 'Program') return [];
  const values = new Values(file, body, protocol.chains);
  values.add(start);
  if (gathering && isTakenApart(values)) return [];
  const subject = { body, start, values, protocol: gathering ? gatheredProtocol(file, protocol, gathering) : protocol };
  return [{ ...base, many: gathering !== null, body, values, evaluation: evaluate(file, { ...subject, error: null }) }];
}

function listenersOf(file: SourceFile, node: Call, delivery: Extract<Delivery, { by: 'event' }>): FunctionNode[] {
  const found: FunctionNode[] = [];
  const pending: Node[] = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const use of flowOf(file).usesOf(next)) {
      if (use.kind !== 'member' || !use.call || !CHAINED.has(use.name ?? '')) continue;
      pending.push(use.call);
      const [event] = use.call.arguments;
      if (event?.type !== 'Literal' || event.value !== delivery.event) continue;
      const fn = functionArgument(file, use.call, 1);
      if (fn) found.push(fn);
    }
  }
  return found;
}
