/** Responses that a file asks for and has to read: what of their bodies becomes of them. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL } from '../catalog/api-path.js';
import type { Delivery, LibraryDescriptor, ResponseSemantics } from '../catalog/descriptor.js';
import { entriesAt } from '../catalog/path-index.js';
import { isFunction, memberName, unwrap, wrapped, type FunctionNode, type Node } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import { conditionHolds, conditionMayHold } from '../resolve/conditions.js';
import { catalogCallsOf, type CatalogCall } from '../resolve/creations.js';
import { flowOf } from '../resolve/flow.js';
import { isThisMember } from '../resolve/members.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { evaluate } from './evaluate.js';
import { gatheredProtocol, gatheringOf, isTakenApart } from './gathered.js';
import { matchesMember, type Protocol, type ValuePath } from './protocol.js';
import { judge, judgesCase, meansNoBody } from './status.js';
import { Values } from './values.js';
import { isRepeated } from './within.js';
import { type Acquisition, type Call, stepsOf, isManaged, bodyOf, functionArgument, parameterVariable } from './acquiring.js';

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

const NEVER = (): boolean => false;

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
