/** From what is known about a creation site to the edit that makes the client once. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, unwrap, wrapped, type FunctionNode, type Node } from '../ast/nodes.js';
import { isConstant, type Variable } from '../ast/variables.js';
import type { Creator, PoolAlternative } from '../catalog/descriptor.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { formOf } from '../fix/form.js';
import { hoistClient } from '../fix/hoist-client.js';
import { dependenciesOf, type Dependencies } from '../lifetime/dependencies.js';
import { keepsPromise, sharingOf, type Caution } from '../lifetime/shareable.js';
import { controlsSession, showsStatements } from '../lifetime/session.js';
import { owningExpression, usagesOf } from '../lifetime/usages.js';
import { flowOf } from '../resolve/flow.js';
import type { CreationSite } from '../resolve/creations.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { hasHotReload, isEnvironmentReady } from '../scope/environment.js';
import { scopeOfFunction, type ExecutionScope } from '../scope/execution-scope.js';
import { injectsRequest, isInjectedConstructor } from '../scope/injection.js';

/** An edit that makes a client once, and what a person should look at before taking it. */
export interface Repair {
  readonly safety: Safety;
  readonly kind: 'hoist' | 'pool';
  readonly cautions: readonly Caution[];
  /** The checkout that holds a safe fix back. */
  readonly leak: Node | null;
  /** An option that is added on the way: `keepAlive: true`. */
  readonly addedOption: string | null;
  /** Built when asked for; null if the text does not allow it. */
  readonly changes: () => readonly TextChange[] | null;
}

/** What the arguments of a creation depend on, seen from where the whole of it would move. */
export function creationDependencies(file: SourceFile, site: CreationSite): Dependencies {
  return dependenciesOf(file, movedExpression(file, site), (fn, index) => isEntered(file, fn, index));
}

/**
 * The edit for a client that is created per request.
 *
 * @returns null where none is proved or can be suggested.
 */
export function shareClient(
  file: SourceFile,
  site: CreationSite,
  dependencies: Dependencies,
  scope: ExecutionScope,
): Repair | null {
  if (site.creator.makes === 'connection') return poolInstead(file, site, dependencies, scope);
  const sharing = sharingOf(file, site, dependencies, scope.mixed);
  if (!sharing.possible) return null;
  const { creator } = site;
  const usages = usagesOf(file, site);
  const listeners = movableListeners(file, site);
  if (!listeners) return null;
  const expression = movedExpression(file, site);
  const shape = formFor(file, creator, dependencies, expression, keepsPromise(file, site));
  // Connecting stays where it is when it may be repeated; with several ways to connect nothing is certain.
  const chained = shape.form === 'connected' ? chainedConnect(file, site) : null;
  if (shape.form === 'connected' && !creator.returnsPromise && !chained && !connectsOnce(file, site)) return null;
  const added = sharing.missing && { argument: sharing.missing.argument, text: `${sharing.missing.option}: true` };
  const forced = file.settings.hoist !== 'auto' && shape.form === 'eager' && dependencies.kind !== 'constant';
  return {
    safety: sharing.cautions.length > 0 || forced || added ? 'suggest' : 'fix',
    kind: 'hoist',
    cautions: sharing.cautions,
    leak: sharing.leak,
    addedOption: added?.text ?? null,
    changes: () =>
      hoistClient({
        sourceCode: file.sourceCode,
        isTypeScript: file.isTypeScript,
        creator,
        construction: site.node,
        expression,
        ...shape,
        globalKey: globalKey(file, creator),
        variable: heldBy(file, site, chained),
        closes: usages.closes.map(({ call }) => call),
        connects: usages.connects.map(({ call }) => call).filter((call) => call !== chained),
        chainedConnect: chained,
        listeners: listeners.calls,
        addListener:
          creator.errorEvent?.crashesProcess && !listeners.hasErrorListener
            ? { event: creator.errorEvent.event, on: creator.errorEvent.on ?? null }
            : null,
        addedOption: added,
        instead: null,
        substitutions: dependencies.substitutions,
        declarations: dependencies.declarations,
      }),
  };
}

// A connection that cannot be shared: the pool of the same library in its place.
function poolInstead(file: SourceFile, site: CreationSite, dependencies: Dependencies, scope: ExecutionScope): Repair | null {
  const alternative = site.creator.poolAlternative;
  const origin = originsOf(file).of(site.node.callee);
  const pool =
    alternative && origin
      ? file.settings.catalog.creatorAt(alternative.module ?? origin.module, [alternative.api], alternative.invoke)?.creator
      : undefined;
  if (!alternative?.sameOptions || !pool || pool.returnsPromise) return null;
  if (!['constant', 'environment', 'imported'].includes(dependencies.kind)) return null;
  const textOption = textOptionOf(file, site, alternative);
  const dropped = droppedListeners(file, site);
  const usages = usagesOf(file, site);
  const clean =
    !usages.unclear &&
    !usages.handedOut &&
    !usages.disposed &&
    [usages.changed, usages.passed, usages.stored, usages.transferred].every((list) => list.length === 0);
  if (textOption === undefined || !dropped || !clean || controlsSession(file, site)) return null;
  if (!usages.calls.every(({ method }) => alternative.sameMethods.includes(method))) return null;
  const cautions: Caution[] = [];
  if (!showsStatements(file, site)) cautions.push('unread-statement');
  if (scope.mixed) cautions.push('runs-at-startup');
  return {
    safety: 'suggest',
    kind: 'pool',
    cautions,
    leak: null,
    addedOption: null,
    changes: () =>
      hoistClient({
        sourceCode: file.sourceCode,
        isTypeScript: file.isTypeScript,
        creator: pool,
        construction: site.node,
        expression: site.node,
        ...formFor(file, pool, dependencies, site.node, false),
        globalKey: globalKey(file, pool),
        variable: heldBy(file, site, null),
        closes: usages.closes.map(({ call }) => call),
        connects: usages.connects.map(({ call }) => call),
        chainedConnect: null,
        listeners: [],
        addListener: pool.errorEvent?.crashesProcess ? { event: pool.errorEvent.event, on: pool.errorEvent.on ?? null } : null,
        addedOption: null,
        instead: { alternative, textOption, dropped },
        substitutions: dependencies.substitutions,
        declarations: dependencies.declarations,
      }),
  };
}

/** The option that takes the connection's text; null where the arguments are options already, undefined where they are neither. */
function textOptionOf(file: SourceFile, { node }: CreationSite, { textOption }: PoolAlternative): string | null | undefined {
  const [argument, ...others] = node.arguments.map((each) => constantValue(file, each));
  if (!argument || (argument.type === 'ObjectExpression' && others.length === 0)) return null;
  return others.length === 0 && isText(argument) ? textOption : undefined;
}

// Text, or nothing where the environment does not have it.
function isText(node: Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value === 'string';
    case 'TemplateLiteral':
      return true;
    case 'MemberExpression':
      return (
        unwrap(expression.object).type === 'MemberExpression' &&
        memberName(expression.object as TSESTree.MemberExpression) === 'env'
      );
    case 'BinaryExpression':
      return expression.operator === '+' && (isText(expression.left) || isText(expression.right));
    case 'LogicalExpression':
      return isText(expression.left) && isText(expression.right);
    default:
      return false;
  }
}

function constantValue(file: SourceFile, argument: Node): Node {
  const expression = unwrap(argument);
  if (expression.type !== 'Identifier') return expression;
  const variable = originsOf(file).variable(expression);
  const [definition] = variable?.defs ?? [];
  const isWhole = definition?.type === 'Variable' && definition.node.id.type === 'Identifier';
  return variable && isWhole && definition.node.init && isConstant(variable) ? unwrap(definition.node.init) : expression;
}

/** Listeners to the connection's failure, in statements of their own: the pool has its own. Null if there are others. */
function droppedListeners(file: SourceFile, site: CreationSite): readonly TSESTree.CallExpression[] | null {
  const { listeners } = usagesOf(file, site);
  const fits = listeners.every(
    ({ call, event }) =>
      event !== null && event === site.creator.errorEvent?.event && call.parent.type === 'ExpressionStatement',
  );
  return fits ? listeners.map(({ call }) => call) : null;
}

/** The form of what is made at module scope. */
function formFor(
  file: SourceFile,
  creator: Creator,
  dependencies: Dependencies,
  expression: Node,
  keepsOpen: boolean,
): ReturnType<typeof formOf> {
  return formOf({
    wanted: file.settings.hoist,
    creator,
    isConstant: dependencies.kind === 'constant',
    readsEnvironment: dependencies.kind === 'environment',
    environmentReady: dependencies.kind !== 'environment' || isEnvironmentReady(file, expression),
    hotReload: hasHotReload(file),
    keepsPromise: keepsOpen,
  });
}

/** The construction, the emitter methods chained to it, and the owner that it is handed to. */
function movedExpression(file: SourceFile, site: CreationSite): Node {
  let expression = owningExpression(file, site);
  for (;;) {
    const member = wrapped(expression).parent;
    if (member?.type !== 'MemberExpression' || member.object !== wrapped(expression)) return expression;
    const call = wrapped(member).parent;
    const name = memberName(member);
    if (call?.type !== 'CallExpression' || call.callee !== wrapped(member) || (name !== 'on' && name !== 'once'))
      return expression;
    expression = call;
  }
}

/**
 * Listeners attached in statements of their own, which move with the client.
 *
 * @returns null if one of them cannot move: it would be attached again by every request.
 */
function movableListeners(
  file: SourceFile,
  site: CreationSite,
): { readonly calls: readonly TSESTree.CallExpression[]; readonly hasErrorListener: boolean } | null {
  const moved = movedExpression(file, site);
  const calls: TSESTree.CallExpression[] = [];
  let hasErrorListener = false;
  for (const { call, event } of usagesOf(file, site).listeners) {
    if (event === site.creator.errorEvent?.event) hasErrorListener = true;
    if (call.range[0] >= moved.range[0] && call.range[1] <= moved.range[1]) continue;
    const isStatement = call.parent.type === 'ExpressionStatement';
    const object = call.callee.type === 'MemberExpression' ? call.callee.object : null;
    if (!isStatement || object?.type !== 'Identifier') return null;
    const free = call.arguments.every((argument) => {
      const { kind, substitutions } = dependenciesOf(file, argument, () => true);
      return (kind === 'constant' || kind === 'imported') && substitutions.length === 0;
    });
    if (!free) return null;
    calls.push(call);
  }
  return { calls, hasErrorListener };
}

/** Does a framework call this function itself, so that the parameter at `index` is what the request brought? */
function isEntered(file: SourceFile, fn: FunctionNode, index: number): boolean {
  if (scopeOfFunction(file, fn).kind !== 'request') return false;
  if (isInjectedConstructor(file, fn)) return injectsRequest(file, fn, index);
  const uses = flowOf(file).usesOfFunction(fn);
  return uses.length === 0 || uses.some((use) => use.kind !== 'call');
}

// One connecting statement, directly in the function that makes the client.
function connectsOnce(file: SourceFile, site: CreationSite): boolean {
  const { connects } = usagesOf(file, site);
  if (connects.length !== 1) return false;
  const call = connects[0]?.call;
  const statement = call ? wrapped(call).parent : null;
  return statement?.type === 'AwaitExpression' && statement.parent.type === 'ExpressionStatement';
}

// `createClient().connect()`, the only call that opens it, whose promise gives the client.
function chainedConnect(file: SourceFile, site: CreationSite): TSESTree.CallExpression | null {
  const { connects } = usagesOf(file, site);
  const [connect] = connects;
  const callee = connect ? unwrap(connect.call.callee) : null;
  if (connects.length !== 1 || !connect || callee?.type !== 'MemberExpression' || !site.creator.connect?.returnsClient)
    return null;
  return unwrap(callee.object) === movedExpression(file, site) ? connect.call : null;
}

function heldBy(file: SourceFile, site: CreationSite, chained: Node | null): Variable | null {
  let holder: Node = wrapped(chained ?? movedExpression(file, site));
  while (holder.parent?.type === 'AwaitExpression') holder = wrapped(holder.parent);
  const { parent } = holder;
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' ? originsOf(file).variable(parent.id) : null;
}

// One property of `globalThis` per file and line of code: two files must never find each other's client.
function globalKey(file: SourceFile, creator: Creator): string {
  const path = file.pathInProject.replace(/\.[^./]+$/u, '');
  const words = `${path} ${creator.makes}`.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
  const key = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return /^\d/u.test(key) ? `_${key}` : key;
}
