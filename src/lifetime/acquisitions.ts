/** What a file takes and has to give back: checkouts, connections of its own, transactions. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, NEW, type Step } from '../catalog/api-path.js';
import type { ApiPath, Checkout, Creator, LibraryDescriptor, MemberPath } from '../catalog/descriptor.js';
import { entriesAt } from '../catalog/path-index.js';
import {
  contains,
  enclosingClass,
  isFunction,
  memberName,
  unwrap,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import { conditionHolds, constantInit } from '../resolve/conditions.js';
import { catalogCallsOf, creationSitesOf, type CatalogCall } from '../resolve/creations.js';
import { flowOf } from '../resolve/flow.js';
import { isThisMember, thisMembers } from '../resolve/members.js';
import type { Origin } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { checkoutProtocol, closingOf, connectionProtocol, withReleaseFunction } from './connection.js';
import { evaluate, type Subject } from './evaluate.js';
import { matchesMember, textOf, type Protocol, type ValuePath } from './protocol.js';
import { Values } from './values.js';
import { type Acquisition, type Call, stepsOf, isManaged, bodyOf, functionArgument, parameterVariable } from './acquiring.js';

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

function applies(file: SourceFile, call: Call, checkout: Checkout): boolean {
  if ((checkout.construct ?? false) !== (call.type === 'NewExpression')) return false;
  if (checkout.when && !checkout.when.some((condition) => conditionHolds(file, call, condition))) return false;
  if (checkout.unless?.some((condition) => conditionHolds(file, call, condition))) return false;
  return !isManaged(call, checkout.managedBy);
}

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
