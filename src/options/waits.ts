/** What a program waits for, and whether anything ends it. */
import { entriesAbout, numberFactsAt } from '../catalog/option-index.js';
import { compilePath, matchesPath, type Step } from '../catalog/api-path.js';
import type { ApiPath, Companion, IgnoredOption, Timeout, Wait } from '../catalog/descriptor.js';
import { positionsOf } from '../catalog/options.js';
import { enclosingFunction, keyName, memberName, unwrap, type Node } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { conditionMayHold, constantInit } from '../resolve/conditions.js';
import { catalogCallsOf } from '../resolve/creations.js';
import { globalReferences } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { clientOf, laterCallsOf, madeBy } from './client-behind.js';
import { carriesSignal, endsRequest, isClosedByTimer, isEndedByHand, isRaced } from './ends-request.js';
import { isAssigned, optionOf, placesOf } from './given.js';
import { ignoredBy } from './ignored.js';
import { lookUpArgument, mayBeOptions, type Absent, type Given } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';
import { valuesOf } from './values.js';
import { holdsFor } from './versions.js';

/** The waits that the catalog knows of a call. */
export function waitsOf(call: ConfiguredCall): readonly Wait[] {
  return entriesAbout(call.library.waits, call);
}

/** A place where a time can be given. */
export interface Opening {
  readonly fact: Timeout;
  readonly call: ConfiguredCall;
  readonly absent: Absent;
  readonly positions: readonly number[];
}

/** Something that waits without an end. */
export interface EndlessWait {
  readonly wait: Wait;
  /** Where a time can be given, the best way first. */
  readonly openings: readonly Opening[];
  /** A signal that nobody aborts. */
  readonly deadSignal: Given | null;
  /** An option for a time that the library does not read, though it is given. */
  readonly unread: UnreadTime | null;
}

/** A time under a name that the library does not know. */
export interface UnreadTime {
  readonly entry: IgnoredOption;
  readonly given: Given;
}

/** All that waits without an end at one call: the call itself, or the one that made the client for which it holds. */
export interface EndlessCall {
  readonly call: ConfiguredCall;
  readonly waits: readonly EndlessWait[];
}

/** All of a file, in source order. What a client makes endless is listed once, where the file makes the client. */
export const endlessCallsOf = perFile((file: SourceFile): readonly EndlessCall[] => {
  const found = new Map<string, EndlessCall>();
  for (const call of configuredCallsOf(file)) {
    for (const wait of waitsOf(call)) {
      if (wait.default !== 'none' && !wait.nominal) continue;
      const endless = judge(file, call, wait);
      if (!endless) continue;
      const { holder, ...entry } = endless;
      const key = `${String(holder.node.range[0])} ${holder.library.name}`;
      const waits = found.get(key)?.waits ?? [];
      if (!waits.some((other) => other.wait === wait)) found.set(key, { call: holder, waits: [...waits, entry] });
    }
  }
  return [...found.values()].sort((one, other) => one.call.node.range[0] - other.call.node.range[0]);
});

function judge(file: SourceFile, call: ConfiguredCall, wait: Wait): (EndlessWait & { readonly holder: ConfiguredCall }) | null {
  const facts = (call.library.timeouts ?? []).filter(({ option }) => wait.endedBy.includes(option));
  // Without an option for it there is nothing that could be asked for.
  if (facts.length === 0 || isMeantToStayOpen(file, call, wait) || isSetForAll(file, wait)) return null;
  const own = ending(file, call, facts);
  if (own.kind !== 'open') return null;
  const client = clientOf(file, call);
  if (client === null) return null;
  const holder = client === 'none' || client.library !== call.library ? null : client;
  const shared = holder ? ending(file, holder, facts) : null;
  // What is asked of the rest of the file is asked last.
  if (shared && shared.kind !== 'open') return null;
  if ((holder && passedOn(file, holder) !== 'open') || passedOn(file, call) !== 'open') return null;
  if (isEndedLater(file, call, facts) || isEndedOutside(file, call, facts)) return null;
  const isShared = holder !== null && shared !== null && shared.openings.length > 0;
  const openings = byPreference(isShared ? shared.openings : own.openings, wait);
  const { deadSignal } = own;
  return { holder: isShared ? holder : call, wait, openings, deadSignal, unread: unreadTime(file, call, wait) };
}

// `fetch(url, { timeout: 5000 })`
function unreadTime(file: SourceFile, call: ConfiguredCall, { endedBy }: Wait): UnreadTime | null {
  for (const entry of ignoredBy(file, call)) {
    if (entry.instead === undefined || !endedBy.includes(entry.instead)) continue;
    const given = lookUpArgument(file, call.node, positionsOf(entry), [entry.option]);
    if (given.found === 'yes') return { entry, given };
  }
  return null;
}

// `superagent.get(url).timeout(…)`, `request.setTimeout(…)`. What a creation made is ended by its calls only where each of them does it.
function isEndedLater(file: SourceFile, call: ConfiguredCall, facts: readonly Timeout[]): boolean {
  if (call.creator) return isEndedByCalls(file, call, facts);
  return laterCallsOf(file, call).some(
    (later) => later.library === call.library && facts.some((fact) => fact.at?.some(({ api }) => endsWith(api, later.steps))),
  );
}

// `client.send(command, { abortSignal })`
function isEndedByCalls(file: SourceFile, client: ConfiguredCall, facts: readonly Timeout[]): boolean {
  const endings = laterCallsOf(file, client)
    .map((later) => ({ later, own: facts.filter((fact) => placesOf(file, later, fact).length > 0) }))
    .filter(({ own }) => own.length > 0)
    .map(({ later, own }) => ending(file, later, own).kind);
  return endings.length > 0 && endings.every((kind) => kind !== 'open');
}

/** Whether code around the call sees to its end, or may: a race against a timer, a request that carries its signal, a timer that ends it. */
function isEndedOutside(file: SourceFile, call: ConfiguredCall, facts: readonly Timeout[]): boolean {
  if (facts.some(({ option }) => isWritten(file, option))) return true;
  if (call.creator) {
    return isClosedByTimer(
      file,
      call.node,
      call.creator.close.map(({ method }) => method),
    );
  }
  const listener = facts.flatMap(({ needs }) => (needs?.by === 'listener' ? needs : []))[0];
  return (
    isRaced(file, call.node) ||
    (facts.some(({ unit }) => unit === 'signal') && carriesSignal(file, call.node)) ||
    (listener !== undefined && isEndedByHand(file, call.node, listener))
  );
}

/** Names of members that the file writes: `config.timeout = …`, `Object.assign(api.defaults, { timeout })`. */
const writtenNames = perFile((file: SourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { left } of file.nodesOfType('AssignmentExpression')) {
    const member = unwrap(left);
    if (member.type === 'MemberExpression') names.add(memberName(member) ?? '');
  }
  for (const { parent: callee } of globalReferences(file.sourceCode, 'Object')) {
    const call = callee.parent;
    if (callee.type !== 'MemberExpression' || memberName(callee) !== 'assign' || call?.type !== 'CallExpression') continue;
    for (const argument of call.arguments) {
      const object = unwrap(argument);
      for (const property of object.type === 'ObjectExpression' ? object.properties : [])
        if (property.type === 'Property') names.add(keyName(property) ?? '');
    }
  }
  return names;
});

// What is written to may be the options, the defaults of the client, or those of a request on its way.
function isWritten(file: SourceFile, option: string): boolean {
  const known = writtenOptions(file);
  let answer = known.get(option);
  if (answer === undefined) {
    const { text } = file.sourceCode;
    const names = option.split('.');
    // The tree is walked only where the text has such an assignment at all.
    const isMentioned = text.includes('Object.assign') || names.some((name) => text.includes(`.${name}`));
    answer = isMentioned && names.some((name) => writtenNames(file).has(name));
    known.set(option, answer);
  }
  return answer;
}

// Asked for every call of a file: the text is looked through once for each option.
const writtenOptions = perFile(() => new Map<string, boolean>());

// Whatever stands between: `.agent(…)`, `.set(…)`.
function endsWith(api: ApiPath, steps: readonly Step[]): boolean {
  return compilePath(api).some(({ last, steps: { length } }) => length > 1 && last?.includes(steps.at(-1) ?? ''));
}

function byPreference(openings: readonly Opening[], { endedBy }: Wait): readonly Opening[] {
  const rank = ({ fact }: Opening): number => endedBy.indexOf(fact.option);
  return [...openings].sort((a, b) => rank(a) - rank(b));
}

type Ending =
  | { readonly kind: 'ended' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'open'; readonly openings: readonly Opening[]; readonly deadSignal: Given | null };

function ending(file: SourceFile, call: ConfiguredCall, facts: readonly Timeout[]): Ending {
  const openings: Opening[] = [];
  let deadSignal: Given | null = null;
  let unclear = false;
  for (const fact of facts) {
    if (isAssigned(file, fact)) return { kind: 'ended' };
    const [place] = placesOf(file, call, fact);
    if (!place) {
      // In another version, which may be the one in use, it is read.
      if (holdsFor(file, call.module, fact) === null && isGivenToAny(file, call, fact)) unclear = true;
      continue;
    }
    const lookup = optionOf(file, call, fact);
    if (lookup.found === 'unknown') unclear = true;
    else if (lookup.found === 'no') openings.push({ fact, call, absent: lookup, positions: place.positions });
    else if (fact.unit === 'signal' && isNeverAborted(file, lookup.value)) deadSignal = lookup;
    else if (!isLeftOut(file, lookup.value)) return { kind: 'ended' };
    else openings.push({ fact, call, absent: { found: 'no', object: null, rest: '' }, positions: place.positions });
  }
  return unclear ? { kind: 'unknown' } : { kind: 'open', openings, deadSignal };
}

function isGivenToAny(file: SourceFile, call: ConfiguredCall, { at = [], option }: Timeout): boolean {
  return at
    .filter(({ api }) => matchesPath(api, call.steps))
    .some(({ argument, property = option }) => {
      const positions = typeof argument === 'number' ? [argument] : argument;
      return lookUpArgument(file, call.node, positions, [property]).found !== 'no';
    });
}

// `signal: undefined`
function isLeftOut(file: SourceFile, value: Node): boolean {
  const values = valuesOf(file, value);
  return values.length === 1 && values[0]?.when === 'always' && values[0].value === undefined;
}

const WAITING = new Set(['request', 'headers', 'connect', 'socket', 'body']);

/** Whether an agent or a dispatcher that the call is given sees to it. */
function passedOn(file: SourceFile, call: ConfiguredCall): 'ended' | 'open' | 'unknown' {
  for (const { api, argument, property } of call.library.transfers ?? []) {
    if (property === undefined || !(matchesPath(api, call.steps) || call.creator?.api === api)) continue;
    // `https.get('https://…', …)`
    const options = call.node.arguments[argument];
    if (options && !mayBeOptions(file, options)) continue;
    const given = lookUpArgument(file, call.node, [argument], [property]);
    if (given.found === 'unknown') return 'unknown';
    if (given.found === 'no' || valuesOf(file, given.value).length > 0) continue;
    const made = madeBy(file, given.value);
    if (!made) return 'unknown';
    // `connect` alone ends no request, and what only emits an event ends nothing.
    const whole = (made.library.timeouts ?? []).filter(
      ({ covers, needs }) => needs?.by !== 'listener' && covers.some((phase) => WAITING.has(phase) && phase !== 'connect'),
    );
    const state = ending(file, made, whole);
    if (state.kind !== 'open') return state.kind;
  }
  return 'open';
}

function isSetForAll(file: SourceFile, { setBy = [] }: Wait): boolean {
  return (
    setBy.length > 0 &&
    catalogCallsOf(file).some(({ origin }) =>
      setBy.some(({ api, module }) => module === origin.module && matchesPath(api, origin.steps)),
    )
  );
}

/** A controller of this file whose signal is used and that nobody aborts. */
function isNeverAborted(file: SourceFile, value: Node): boolean {
  const signal = constantInit(file, value);
  if (signal.type !== 'MemberExpression' || memberName(signal) !== 'signal') return false;
  const controller = constantInit(file, signal.object);
  const isController =
    controller.type === 'NewExpression' &&
    controller.callee.type === 'Identifier' &&
    controller.callee.name === 'AbortController';
  const holder = unwrap(signal.object);
  if (!isController || holder.type !== 'Identifier') return false;
  const variable = originsOf(file).variable(holder);
  if (variable && isExported(variable)) return false;
  return (
    variable?.references.every(({ identifier, init }) => {
      const { parent } = identifier as Node;
      return init === true || (parent?.type === 'MemberExpression' && memberName(parent) === 'signal');
    }) ?? false
  );
}

// `export const controller = new AbortController()`: another file may abort it.
function isExported({ defs }: Variable): boolean {
  return defs.some(({ node }) => (node as Node).parent?.parent?.type === 'ExportNamedDeclaration');
}

// What such code says somewhere around the call: events that are sent as they happen, a body that is read piece by piece.
const OPEN_ENDED = /text\/event-stream|\.getReader\(|EventSource|for await \(|application\/x-ndjson/u;

/** Is the call one that is meant to stay open: a stream, a long poll, an upgrade, a subscription? */
export function isMeantToStayOpen(file: SourceFile, call: ConfiguredCall, wait?: Wait): boolean {
  const waits = wait ? [wait] : waitsOf(call).filter((other) => other.for === 'request');
  if (waits.some(({ unless = [] }) => unless.some((condition) => conditionMayHold(file, call.node, condition)))) return true;
  if (call.creator) return false;
  if (call.node.arguments.some((argument) => asksForStream(file, argument))) return true;
  const around = enclosingFunction(call.node);
  return OPEN_ENDED.test(file.sourceCode.getText(around ?? call.node));
}

const STREAMING = [
  ['responseType', 'stream'],
  ['isStream', true],
  ['stream', true],
  ['duplex', 'half'],
] as const;

function asksForStream(file: SourceFile, argument: Node): boolean {
  const options = constantInit(file, argument);
  return STREAMING.some(([name, wanted]) => {
    const found = lookUpProperty(options, name);
    return found.found === 'yes' && valuesOf(file, found.value).some(({ value }) => value === wanted);
  });
}

/** A time that ends nothing by itself, because what has to stand beside it does not. */
export interface IdleTimeout {
  readonly call: ConfiguredCall;
  readonly fact: Timeout;
  readonly given: Given;
  readonly needs: Companion;
  /** Where the other option can be added. */
  readonly absent: Absent | null;
}

/** All of a file, in source order. */
export const idleTimeoutsOf = perFile((file: SourceFile): readonly IdleTimeout[] => {
  const found: IdleTimeout[] = [];
  for (const call of configuredCallsOf(file)) {
    for (const fact of numberFactsAt(call.library, call)) {
      if (!('covers' in fact)) continue;
      const { needs } = fact;
      if (!needs || !fact.covers.some((phase) => WAITING.has(phase)) || placesOf(file, call, fact).length === 0) continue;
      const given = optionOf(file, call, fact);
      if (given.found !== 'yes' || isEndless(file, given.value)) continue;
      // `stream.setTimeout(5000, () => stream.close())`
      if (needs.by === 'listener' && !given.property && call.node.arguments.length > 1) continue;
      const absent = needs.by === 'option' ? companionMissing(file, call, fact, needs) : null;
      if (
        needs.by === 'option'
          ? absent === null
          : call.creator !== null || endsRequest(file, requestOf(file, call, given), needs)
      )
        continue;
      found.push({ call, fact, given, needs, absent: absent === 'off' ? null : absent });
    }
  }
  return found;
});

// `request.setTimeout(5000)`: whoever listens, listens to the request.
function requestOf(file: SourceFile, call: ConfiguredCall, { property }: Given): ConfiguredCall['node'] {
  const { callee } = call.node;
  const made = !property && callee.type === 'MemberExpression' ? madeBy(file, callee.object) : null;
  return made?.node ?? call.node;
}

function isEndless(file: SourceFile, value: Node): boolean {
  const values = valuesOf(file, value);
  return values.length > 0 && values.every((found) => found.value === 0 || found.value === undefined || found.value === null);
}

function companionMissing(
  file: SourceFile,
  call: ConfiguredCall,
  fact: Timeout,
  { option, value }: Extract<Companion, { by: 'option' }>,
): Absent | 'off' | null {
  for (const { positions } of placesOf(file, call, fact)) {
    const other = lookUpArgument(file, call.node, positions, [option]);
    if (other.found === 'unknown') return null;
    if (other.found === 'no') return other;
    const values = valuesOf(file, other.value);
    const off =
      values.length > 0 && values.every((found) => (value === 'positive' ? !(Number(found.value) > 0) : found.value !== value));
    return off ? 'off' : null;
  }
  return null;
}
