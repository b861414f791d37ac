/**
 * Does the code ask what an earlier run has left behind before it gets to a place, so that it gets there once, or once per key?
 *
 * `if (cached) return cached`, `if (!ready) { …; ready = true; }`, `c ??= …` are guards in whatever form they are written. What makes
 * them guards is not that they ask a variable of the module but that the guarded run itself puts it into the position in which the next
 * run is stopped, and leaves it there. A flag that a signal sets, a counter, and a lock that is released again let the next request through.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingClass,
  immediateCall,
  isFunction,
  memberName,
  rootIdentifier,
  runningFunction,
  startsWithThis,
  unwrap,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { constantOf, evaluate } from '../ast/evaluate.js';
import { isNullish, literalValue } from '../ast/objects.js';
import { isConstant, writesOf, type Variable } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import { callersOf } from '../resolve/callers.js';
import { flowOf } from '../resolve/flow.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { changeAt, isCallee, type Change } from './changes.js';
import { gatesBefore, isBranch, type Gate } from './gates.js';
import { longevityOf, type Longevity } from './longevity.js';
import { isDoneBy } from './reach.js';

/** Something that lives longer than the request and that a condition asks. */
type State =
  | { readonly kind: 'variable'; readonly variable: Variable }
  /** By name alone; a null name is a computed one, told apart by what the expression starts with. */
  | {
      readonly kind: 'member';
      readonly name: string | null;
      readonly root: string | null;
      readonly holder: Variable | null;
    };

// Through helpers, as deep as calls are followed.
const MAX_DEPTH = 4;

const TIMERS = /^(?:setTimeout|setImmediate|queueMicrotask|process\.nextTick)$/u;

/** Answers {@link Guards.isGuarded} for one file. */
export class Guards {
  readonly #file: SourceFile;
  readonly #longevity: Longevity;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#longevity = longevityOf(file);
  }

  /** Does an earlier run of the function around the node keep later ones from getting to the node? */
  isGuarded(node: Node): boolean {
    const fn = runningFunction(node);
    return gatesBefore(node, fn).some((gate) => this.#statesIn(gate.test, node).some((state) => this.#isShut(state, gate, fn)));
  }

  #statesIn(test: Node, site: Node, depth = 0): readonly State[] {
    const states: State[] = [];
    walk(test, this.#file.sourceCode.visitorKeys, (node) => {
      if (isFunction(node)) return false;
      if (node.type === 'MemberExpression' && !isCallee(node)) {
        const state = this.#memberState(node, site);
        if (state) states.push(state);
      }
      if (node.type === 'Identifier' && isValueRead(node)) states.push(...this.#variableStates(node, site, depth));
      return true;
    });
    return states;
  }

  #variableStates(id: TSESTree.Identifier, site: Node, depth: number): readonly State[] {
    const variable = originsOf(this.#file).variable(id);
    const [definition] = variable?.defs ?? [];
    if (!variable || definition?.type !== 'Variable') return [];
    const { init } = definition.node;
    if (this.#longevity.outlives(variable, site)) {
      const asked = !isConstant(variable) || (isContainer(init) && !isPropertyRead(id));
      return asked ? [{ kind: 'variable', variable }] : [];
    }
    // `const hit = cache.get(key); if (hit) return hit;`
    return init !== null && depth < 3 ? this.#statesIn(init, site, depth + 1) : [];
  }

  #memberState(member: TSESTree.MemberExpression, site: Node): State | null {
    const name = memberName(member);
    if (startsWithThis(member)) {
      return name === null || this.#longevity.isMadePerRequest(enclosingClass(member))
        ? null
        : { kind: 'member', name, root: null, holder: null };
    }
    const root = rootIdentifier(member);
    if (!root) return null;
    const variable = originsOf(this.#file).variable(root);
    const declared = variable !== null && variable.defs.length > 0;
    // `pools[key]` is asked of `pools`, unless that is another name of the global object.
    if (name === null && declared && this.#variableStates(root, site, 0).length > 0) return null;
    const kept = declared
      ? variable.defs[0]?.type === 'ImportBinding' ||
        this.#longevity.outlives(variable, site) ||
        this.#longevity.lifeOf(member.object) === 'application'
      : root.name === 'globalThis' || root.name === 'global';
    return kept ? { kind: 'member', name, root: root.name, holder: declared ? variable : null } : null;
  }

  /** Does the guarded function shut the gate behind it, for good? */
  #isShut(state: State, gate: Gate, fn: FunctionNode | null): boolean {
    const changes = this.#changesOf(state).filter(({ node }) => !gate.instead || !contains(gate.instead, node));
    // Written by somebody else: what is on the global object can be changed from anywhere.
    if (changes.length === 0) return state.kind === 'member' && (state.root === 'globalThis' || state.root === 'global');
    const shutting = changes.filter(
      ({ node, change }) => this.#effect(change, node, state, gate) === 'shuts' && isDoneBy(this.#file, node, fn),
    );
    return shutting.some(
      ({ node: shut }) =>
        !changes.some(
          ({ node, change }) => this.#effect(change, node, state, gate) === 'opens' && this.#undoes(node, shut, fn),
        ),
    );
  }

  #changesOf(state: State): readonly { readonly node: Node; readonly change: Change }[] {
    const places: readonly Node[] =
      state.kind === 'variable'
        ? state.variable.references.filter((reference) => !reference.init).map((reference) => reference.identifier as Node)
        : this.#file
            .nodesOfType('MemberExpression')
            .filter(
              (member) =>
                memberName(member) === state.name && (state.name !== null || rootIdentifier(member)?.name === state.root),
            );
    const holder = state.kind === 'variable' ? state.variable : state.holder;
    return [
      ...places.flatMap((node) => {
        const change = changeAt(node);
        return change ? [{ node, change }] : [];
      }),
      ...this.#handedOver(holder).map((node) => ({ node, change: { how: 'assigned', value: null } as const })),
    ];
  }

  // `Object.assign(state, { ready: true })`, `markReady(state)`: what is done with it is not seen.
  #handedOver(holder: Variable | null): readonly Node[] {
    return (holder?.references ?? [])
      .map((reference) => reference.identifier as Node)
      .filter((node) => {
        const { parent } = node;
        if (parent?.type !== 'CallExpression' || !parent.arguments.some((argument) => argument === node)) return false;
        const origin = originsOf(this.#file).of(parent.callee);
        if (origin?.module === GLOBAL) return /^(?:Object|Reflect)\.(?:assign|define\w+|set)$/u.test(origin.steps.join('.'));
        return originsOf(this.#file).functionOf(parent.callee) === null;
      });
  }

  #effect(change: Change, node: Node, state: State, gate: Gate): 'opens' | 'shuts' | null {
    switch (change.how) {
      case 'removed':
        return 'opens';
      case 'counted':
        // `if (started++) return;`
        return contains(gate.test, node) && isFlagTest(node) ? 'shuts' : null;
      case 'added':
        return change.key && this.#longevity.neverRepeats(change.key) ? null : 'shuts';
      case 'assigned':
      case 'entered':
    }
    const { value } = change;
    if (value === null) return 'shuts';
    const isState = (part: Node): boolean => this.#isRead(part, state);
    if (isNullish(value) || literalValue(value) !== undefined) {
      if (change.how === 'entered') {
        if (isNullish(value) || literalValue(value) === false) return 'opens';
        // `seen[key] = 1`, unless it goes on counting.
        return typeof literalValue(value) === 'number' && this.#isCounted(state) ? null : 'shuts';
      }
      const outcome = evaluate(gate.test, (part) => (isState(part) ? { value: constantOf(value) } : null));
      if (!outcome) return isNullish(value) ? 'opens' : 'shuts';
      const stops =
        gate.stops === 'set' ? outcome.value !== null && outcome.value !== undefined : Boolean(outcome.value) === gate.stops;
      return stops ? 'shuts' : 'opens';
    }
    // Counters and times say how often and when, and nothing about what was made. A time that is kept in a variable is a pace for everybody.
    if (!this.#isTally(value, isState, 0)) return 'shuts';
    return change.how === 'assigned' && !this.#mentions(value, isState) ? 'shuts' : null;
  }

  #isCounted(state: State): boolean {
    const isState = (part: Node): boolean => this.#isRead(part, state);
    return this.#changesOf(state).some(({ change }) => {
      if (change.how !== 'entered') return change.how === 'counted';
      const { value } = change;
      return value !== null && (value.type === 'BinaryExpression' || this.#mentions(value, isState));
    });
  }

  #isRead(node: Node, state: State): boolean {
    if (state.kind === 'variable') {
      return node.type === 'Identifier' && originsOf(this.#file).variable(node) === state.variable;
    }
    return node.type === 'MemberExpression' && memberName(node) === state.name;
  }

  #mentions(root: Node, isState: (node: Node) => boolean): boolean {
    let found = false;
    walk(root, this.#file.sourceCode.visitorKeys, (node) => {
      found ||= isState(node);
      return !found;
    });
    return found;
  }

  /** Is the value made of numbers, times, what the request says, and what was there before? */
  #isTally(value: Node, isState: (node: Node) => boolean, depth: number): boolean {
    const expression = unwrap(value);
    const all = (nodes: readonly (Node | null)[]): boolean =>
      nodes.every((node) => node === null || isFunction(node) || this.#isTally(node, isState, depth));
    if (isState(expression)) return true;
    switch (expression.type) {
      case 'Literal':
        return typeof expression.value !== 'boolean';
      case 'Identifier':
        return depth < MAX_DEPTH && this.#isTallyVariable(expression, isState, depth + 1);
      case 'MemberExpression':
        return this.#isTally(expression.object, isState, depth);
      case 'CallExpression': {
        const origin = originsOf(this.#file).of(expression.callee);
        if (origin?.module === GLOBAL && /^(?:Date|Math|Number|performance)\b/u.test(origin.steps.join('.'))) return true;
        const callee = unwrap(expression.callee);
        return callee.type === 'MemberExpression' && all([callee.object, ...expression.arguments]);
      }
      case 'NewExpression':
        return expression.callee.type === 'Identifier' && expression.callee.name === 'Date';
      case 'BinaryExpression':
      case 'LogicalExpression':
        return all([expression.left, expression.right]);
      case 'ConditionalExpression':
        return all([expression.consequent, expression.alternate]);
      case 'UnaryExpression':
      case 'SpreadElement':
      case 'UpdateExpression':
        return this.#isTally(expression.argument, isState, depth);
      case 'ArrayExpression':
        return all(expression.elements);
      case 'ObjectExpression':
        return all(expression.properties.map((property) => (property.type === 'Property' ? property.value : property)));
      default:
        return false;
    }
  }

  #isTallyVariable(id: TSESTree.Identifier, isState: (node: Node) => boolean, depth: number): boolean {
    const variable = originsOf(this.#file).variable(id);
    if (!variable) return false;
    const [definition] = variable.defs;
    const isTally = (value: Node | null): boolean => value !== null && this.#isTally(value, isState, depth);
    if (definition?.type === 'Parameter' && isFunction(definition.node)) {
      // A helper's parameter is what its callers pass.
      const fn = definition.node;
      const index = fn.params.findIndex((parameter) => contains(parameter, definition.name));
      const { calls } = callersOf(this.#file, fn);
      return calls.length > 0
        ? calls.every((call) => isTally(call.arguments[index] ?? null))
        : this.#longevity.isRequestObject(variable);
    }
    if (definition?.type !== 'Variable' || !writesOf(variable).every((write) => isTally(write.value))) return false;
    return variable.references.every((reference) => {
      const change = reference.isRead() ? changeAt(reference.identifier) : null;
      return change?.how !== 'entered' || isTally(change.value);
    });
  }

  /** Is the place certain to run after `shut` in the same run of the function, without anything having failed? */
  #undoes(node: Node, shut: Node, fn: FunctionNode | null, depth = 0): boolean {
    let later = false;
    let child = node;
    for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
      if (child === fn) return later || node.range[0] > shut.range[0];
      if (parent.type === 'CatchClause') return false;
      if (isBranch(parent, child) && !contains(parent, shut)) return false;
      if (parent.type === 'TryStatement' && parent.finalizer === child) later = true;
      if (!isFunction(child)) continue;
      if (immediateCall(child)) continue;
      return this.#runsAlong(child, (call, deferred) => {
        if (deferred && (fn === null || contains(fn, call))) return !isConditional(call, fn, shut);
        return depth < MAX_DEPTH && this.#undoes(call, shut, fn, depth + 1);
      });
    }
    return fn === null && (later || node.range[0] > shut.range[0]);
  }

  // The calls that run the function along with the code around them: at once, or later in any case.
  #runsAlong(fn: FunctionNode, test: (call: Node, deferred: boolean) => boolean): boolean {
    return flowOf(this.#file)
      .usesOfFunction(fn)
      .some((use) => {
        if (use.kind === 'call') return test(use.call, false);
        return use.kind === 'argument' && this.#isDeferred(use.call, use.index) && test(use.call, true);
      });
  }

  // `.finally(release)`, `.then(release)`, `setTimeout(release, 1000)`, `res.on('close', release)`
  #isDeferred(call: TSESTree.CallExpression | TSESTree.NewExpression, index: number): boolean {
    const callee = unwrap(call.callee);
    const origin = originsOf(this.#file).of(callee);
    if (origin?.module === GLOBAL && TIMERS.test(origin.steps.join('.'))) return index === 0;
    if (callee.type !== 'MemberExpression') return false;
    const name = memberName(callee);
    if (name === 'then' || name === 'finally') return index === 0;
    if (name !== 'on' && name !== 'once') return false;
    const root = rootIdentifier(callee.object);
    const variable = root ? originsOf(this.#file).variable(root) : null;
    return variable !== null && this.#longevity.isRequestObject(variable);
  }
}

/** The {@link Guards} of a file. */
export const guardsOf = perFile((file: SourceFile) => new Guards(file));

// Asked as a flag (`if (started++)`, `count++ === 0`) and not as an amount (`++active > 100`).
function isFlagTest(node: Node): boolean {
  const update = wrapped(node).parent;
  const comparison = update ? wrapped(update).parent : null;
  if (comparison?.type !== 'BinaryExpression') return true;
  const bound = literalValue(comparison.left) ?? literalValue(comparison.right);
  return bound === 0 || bound === 1;
}

function isConditional(node: Node, fn: FunctionNode | null, shut: Node): boolean {
  let child = node;
  for (let parent = node.parent; parent && child !== fn; child = parent, parent = parent.parent) {
    if (parent.type === 'CatchClause') return true;
    if (isBranch(parent, child) && !contains(parent, shut)) return true;
  }
  return false;
}

// `state` in `state.ready`: the property is what is asked.
function isPropertyRead(id: TSESTree.Identifier): boolean {
  const { parent } = id;
  return parent.type === 'MemberExpression' && parent.object === id && memberName(parent) !== null && !isCallee(parent);
}

function isValueRead(id: TSESTree.Identifier): boolean {
  const { parent } = id;
  if (parent.type === 'MemberExpression') return parent.object === id;
  return parent.type !== 'Property' || parent.value === id;
}

function isContainer(init: Node | null): boolean {
  const value = init ? unwrap(init) : null;
  return value?.type === 'NewExpression' || value?.type === 'ObjectExpression' || value?.type === 'ArrayExpression';
}
