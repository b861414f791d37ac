/** From what is known about a creation site to the edit that makes the client once. */
import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, unwrap, wrapped, type Node } from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { formOf } from '../fix/form.js';
import { hoistClient } from '../fix/hoist-client.js';
import { replaceWithPool } from '../fix/replace-with-pool.js';
import { dependenciesOf, type Dependencies } from '../lifetime/dependencies.js';
import { keepsPromise, sharingOf, type Caution } from '../lifetime/shareable.js';
import { owningExpression, usagesOf } from '../lifetime/usages.js';
import { flowOf } from '../resolve/flow.js';
import type { CreationSite } from '../resolve/creations.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { hasHotReload, isEnvironmentReady } from '../scope/environment.js';
import { scopeOfFunction, type ExecutionScope } from '../scope/execution-scope.js';

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
  return dependenciesOf(file, movedExpression(file, site), (fn) => isEntered(file, fn));
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
  if (site.creator.makes === 'connection') return poolInstead(file, site, dependencies);
  const sharing = sharingOf(file, site, dependencies, scope.mixed);
  if (!sharing.possible) return null;
  const { creator } = site;
  const usages = usagesOf(file, site);
  const listeners = movableListeners(file, site);
  if (!listeners) return null;
  const expression = movedExpression(file, site);
  const shape = formOf({
    wanted: file.settings.hoist,
    creator,
    isConstant: dependencies.kind === 'constant',
    readsEnvironment: dependencies.kind === 'environment',
    environmentReady: dependencies.kind !== 'environment' || isEnvironmentReady(file, expression),
    hotReload: hasHotReload(file),
    keepsPromise: keepsPromise(file, site),
  });
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
        globalKey: globalKey(file, site),
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
        substitutions: dependencies.substitutions,
        declarations: dependencies.declarations,
      }),
  };
}

// A connection that cannot be shared: the pool of the same library in its place.
function poolInstead(file: SourceFile, site: CreationSite, dependencies: Dependencies): Repair | null {
  const { creator } = site;
  const alternative = creator.poolAlternative;
  const usages = usagesOf(file, site);
  if (!alternative?.sameOptions || !['constant', 'environment'].includes(dependencies.kind)) return null;
  if (dependencies.substitutions.length > 0 || site.node.arguments.some((argument) => !isObject(argument))) return null;
  const clean =
    !usages.unclear &&
    !usages.handedOut &&
    !usages.disposed &&
    [usages.changed, usages.passed, usages.stored, usages.transferred, usages.listeners].every((list) => list.length === 0);
  if (!clean || !usages.calls.every(({ call, method }) => alternative.sameMethods.includes(method) && !controlsSession(call)))
    return null;
  const pool = file.settings.catalog.creatorAt(site.library.modules[0] ?? '', [alternative.api], alternative.invoke);
  return {
    safety: 'suggest',
    kind: 'pool',
    cautions: [],
    leak: null,
    addedOption: null,
    changes: () =>
      replaceWithPool({
        sourceCode: file.sourceCode,
        isTypeScript: file.isTypeScript,
        alternative,
        construction: site.node,
        variable: heldBy(file, site, null),
        closes: usages.closes.map(({ call }) => call),
        connects: usages.connects.map(({ call }) => call),
        addListener: pool?.creator.errorEvent?.crashesProcess ? { event: pool.creator.errorEvent.event } : null,
        declarations: dependencies.declarations,
      }),
  };
}

function isObject(argument: Node): boolean {
  return argument.type === 'ObjectExpression';
}

// Transactions and session settings hold only on one connection.
function controlsSession(call: TSESTree.CallExpression): boolean {
  const [query] = call.arguments;
  if (!query) return true;
  const text = query.type === 'TemplateLiteral' ? query.quasis[0]?.value.raw : query.type === 'Literal' ? query.value : '';
  return (
    typeof text === 'string' &&
    /^\s*(?:begin|start|commit|rollback|savepoint|set|listen|unlisten|lock|declare|fetch|prepare|create\s+temp)\b/iu.test(text)
  );
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

/** Does a framework call this function itself, so that its parameters are what the request brought? */
function isEntered(file: SourceFile, fn: Parameters<typeof scopeOfFunction>[1]): boolean {
  if (scopeOfFunction(file, fn).kind !== 'request') return false;
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
function globalKey(file: SourceFile, site: CreationSite): string {
  const path = file.pathInProject.replace(/\.[^./]+$/u, '');
  const words = `${path} ${site.creator.makes}`.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
  const key = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return /^\d/u.test(key) ? `_${key}` : key;
}
