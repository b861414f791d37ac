/** From an acquisition that is not given back on every path to the edits that give it back. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, enclosingFunction, isFunction, unwrap, wrappedAwait, type Node } from '../ast/nodes.js';
import { walk } from '../ast/walk.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { addFinally, moveIntoTry, wrapInFinally } from '../fix/finally.js';
import { declareWithUsing } from '../fix/using.js';
import type { Acquisition } from '../lifetime/acquiring.js';
import type { SourceFile } from '../resolve/source-file.js';
import { projectOf } from '../resolve/project.js';

/** An edit that gives something back. */
export interface GiveBack {
  readonly safety: Safety;
  /** Built when asked for; null if the text does not allow it. */
  readonly changes: () => readonly TextChange[] | null;
}

/** Where something is held: from behind a statement to the end of its block. */
interface Holding {
  readonly name: string;
  /** The statement that takes it. */
  readonly taking: TSESTree.Statement;
  readonly block: TSESTree.BlockStatement;
  /** The statements behind it. */
  readonly after: readonly TSESTree.Statement[];
}

/**
 * The edit that gives the value back in a `finally`: the release that is there already (safe, where nothing else moves), or one that
 * is added (a suggestion).
 *
 * @returns null where none is proved or can be suggested.
 */
export function giveBackInFinally(file: SourceFile, acquisition: Acquisition): GiveBack | null {
  const holding = holdingOf(acquisition);
  if (!holding || acquisition.kind === 'transaction') return null;
  const { after } = holding;
  const releases = releaseStatements(acquisition);
  const awaits = releases && awaitsToAdd(file, acquisition, after);
  if (!awaits) return null;
  if (releases.length === 0) return addedRelease(file, acquisition, holding, awaits);
  const [first] = releases;
  const cleanup = first ? file.sourceCode.getText(first.expression) : '';
  if (!first || releases.some((statement) => file.sourceCode.getText(statement.expression) !== cleanup)) return null;
  const edit =
    coverWithTry(file, holding, releases) ??
    moveToFinally(file, holding, releases, first, cleanup) ??
    wrapRest(file, holding, releases, first, cleanup);
  if (!edit || awaits.length === 0) return edit;
  // What is returned has to be waited for now: an error of it comes to pass here.
  return { safety: 'suggest', changes: () => joined(edit.changes(), awaits) };
}

/**
 * The edit that lets the declaration itself give the value back: `await using`.
 *
 * @returns null where the library or the project does not know it, or where a release would run besides.
 */
export function giveBackByUsing(file: SourceFile, acquisition: Acquisition): GiveBack | null {
  const effect = acquisition.checkout ? acquisition.checkout.dispose?.effect : 'closes';
  const dispose = acquisition.checkout ? acquisition.checkout.dispose : acquisition.creator?.dispose;
  if (!dispose?.async || (effect !== 'releases' && effect !== 'closes') || !knowsUsing(file)) return null;
  const holding = holdingOf(acquisition);
  if (holding?.taking.type !== 'VariableDeclaration' || holding.taking.kind !== 'const') return null;
  const { taking } = holding;
  const releases = releaseStatements(acquisition);
  const awaits = releases && awaitsToAdd(file, acquisition, holding.after);
  // A `finally` that has nothing else to do would stay behind empty.
  if (
    !awaits ||
    !enclosingFunction(taking)?.async ||
    releases.some(({ parent }) => parent.type !== 'BlockStatement' || parent.body.length < 2)
  )
    return null;
  return { safety: 'suggest', changes: () => joined(declareWithUsing(file.sourceCode, taking, releases), awaits) };
}

// TypeScript has it since 5.2.
function knowsUsing(file: SourceFile): boolean {
  if (!/\.[cm]?tsx?$/u.test(file.filename)) return false;
  const [, major, minor] = /(\d+)(?:\.(\d+))?/u.exec(projectOf(file).versions.get('typescript') ?? '') ?? [];
  return Number(major) > 5 || (Number(major) === 5 && Number(minor ?? 0) >= 2);
}

function holdingOf({ node, creator }: Acquisition): Holding | null {
  const outer = wrappedAwait(node);
  const { parent } = outer;
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    const declaration = parent.parent;
    const isOne = declaration.declarations.length === 1 && !declaration.kind.endsWith('using');
    return isOne ? holdingFrom(declaration, parent.id.name) : null;
  }
  // `await client.connect()`
  const callee = unwrap(node.callee);
  const isOpening = creator?.connects === 'on-connect' && outer.type === 'AwaitExpression';
  if (parent?.type !== 'ExpressionStatement' || !isOpening || callee.type !== 'MemberExpression') return null;
  return callee.object.type === 'Identifier' ? holdingFrom(parent, callee.object.name) : null;
}

function holdingFrom(taking: TSESTree.Statement, name: string): Holding | null {
  const block = taking.parent;
  if (block.type !== 'BlockStatement') return null;
  return { name, taking, block, after: block.body.slice(block.body.indexOf(taking) + 1) };
}

/** The statements that give it back; null if one is not a statement of its own. */
function releaseStatements({ evaluation }: Acquisition): TSESTree.ExpressionStatement[] | null {
  const statements = evaluation.releases.map((call) => wrappedAwait(call).parent);
  return statements.every((statement) => statement?.type === 'ExpressionStatement') ? statements : null;
}

function addedRelease(
  file: SourceFile,
  acquisition: Acquisition,
  { taking, block, after, name }: Holding,
  awaits: readonly TextChange[],
): GiveBack | null {
  const cleanup = cleanupText(acquisition, name);
  if (cleanup === null || after.length === 0) return null;
  if (cleanup.startsWith('await ') && !enclosingFunction(taking)?.async) return null;
  const { sourceCode } = file;
  return {
    safety: 'suggest',
    changes: () => wrapInFinally({ sourceCode, block, after: taking, through: null, removed: [], cleanup, changes: awaits }),
  };
}

// All in a `finally` already, with something in front of the `try` that may throw.
function coverWithTry(file: SourceFile, { after }: Holding, releases: readonly TSESTree.Statement[]): GiveBack | null {
  const { sourceCode } = file;
  const at = after.findIndex((statement) => statement.type === 'TryStatement' && isInFinally(statement, releases));
  const statement = after[at];
  if (at < 1 || statement?.type !== 'TryStatement') return null;
  const moved = after.slice(0, at);
  const names = declaredBy(file, statement.block.body);
  if (isUsedOutside(file, moved, [...moved, statement.block]) || declaredBy(file, moved).some((name) => names.includes(name)))
    return null;
  return {
    safety: statement.handler ? 'suggest' : 'fix',
    changes: () => moveIntoTry(sourceCode, statement, moved),
  };
}

function isInFinally({ finalizer }: TSESTree.TryStatement, releases: readonly TSESTree.Statement[]): boolean {
  return finalizer !== null && releases.every((item) => contains(finalizer, item));
}

// At the end of the `try` and of its `catch`, perhaps not on every way.
function moveToFinally(
  file: SourceFile,
  { after: [next] }: Holding,
  releases: readonly TSESTree.ExpressionStatement[],
  first: TSESTree.ExpressionStatement,
  cleanup: string,
): GiveBack | null {
  const { sourceCode } = file;
  if (next?.type !== 'TryStatement' || next.finalizer) return null;
  const blocks: readonly Node[] = [next.block, ...(next.handler ? [next.handler.body] : [])];
  if (
    !releases.every(({ parent }) => blocks.includes(parent)) ||
    namesOf(file, first).some((name) => isDeclaredIn(file, blocks, name))
  )
    return null;
  const waiting = releases.some(({ parent, range }) =>
    (parent as TSESTree.BlockStatement).body.some((later) => later.range[0] > range[1] && waits(file, later)),
  );
  return { safety: waiting ? 'suggest' : 'fix', changes: () => addFinally(sourceCode, next, releases, cleanup) };
}

function wrapRest(
  file: SourceFile,
  { taking, block, after }: Holding,
  releases: readonly TSESTree.Statement[],
  first: TSESTree.ExpressionStatement,
  cleanup: string,
): GiveBack | null {
  const { sourceCode } = file;
  if (releases.length !== 1 || first.parent !== block) return null;
  const at = after.indexOf(first);
  const covered = after.slice(0, at);
  const tail = after.slice(at + 1);
  if (at < 1 || namesOf(file, first).some((name) => isDeclaredIn(file, covered, name))) return null;
  if (!isUsedOutside(file, covered, covered)) {
    return {
      safety: 'fix',
      changes: () => wrapInFinally({ sourceCode, block, after: taking, through: first, removed: [first], cleanup }),
    };
  }
  // What comes behind the release uses what stands before it: all of it moves inside, and the connection is held a little longer.
  if (isUsedOutside(file, after, after)) return null;
  return {
    safety: tail.some((statement) => waits(file, statement)) ? 'suggest' : 'fix',
    changes: () => wrapInFinally({ sourceCode, block, after: taking, through: null, removed: [first], cleanup }),
  };
}

// The way to give it back by the facts, where one is called on the thing itself.
function cleanupText({ checkout, creator }: Acquisition, name: string): string | null {
  if (creator) {
    const [close] = creator.close;
    return close ? `${close.async ? 'await ' : ''}${name}.${close.method}()` : null;
  }
  const member = checkout?.release.find((item) => /^\w+$/u.test(item));
  if (member === undefined || checkout?.transaction || checkout?.takes === 'transaction') return null;
  return `${checkout?.releaseIsAsync ? 'await ' : ''}${name}.${member}()`;
}

/**
 * `return client.query(…)` becomes `return await client.query(…)`, lest the connection is given back before the answer comes.
 *
 * @returns null where nothing can be waited for.
 */
function awaitsToAdd(
  file: SourceFile,
  { values, node }: Acquisition,
  statements: readonly TSESTree.Statement[],
): readonly TextChange[] | null {
  const changes: TextChange[] = [];
  const used = [...values.entries].filter(([, path]) => path.length > 0).map(([part]) => part);
  for (const statement of statements) {
    walk(statement, file.sourceCode.visitorKeys, (inner) => {
      if (inner.type === 'ReturnStatement' && inner.argument && inner.argument.type !== 'AwaitExpression') {
        const { argument } = inner;
        if (isCall(argument) && used.some((part) => contains(argument, part) && isOutermost(part, argument)))
          changes.push({ range: [argument.range[0], argument.range[0]], text: 'await ' });
      }
      return !isFunction(inner);
    });
  }
  return changes.length > 0 && !enclosingFunction(node)?.async ? null : changes;
}

// `client.query(…).then(…)`, and not `map(await client.query(…))`.
function isOutermost(part: Node, root: Node): boolean {
  for (let current: Node | undefined = part; current && current !== root; current = current.parent)
    if (current.type === 'AwaitExpression' || isFunction(current)) return false;
  return true;
}

function isCall({ type }: Node): boolean {
  return type === 'CallExpression' || type === 'TaggedTemplateExpression';
}

function joined(changes: readonly TextChange[] | null, more: readonly TextChange[]): readonly TextChange[] | null {
  if (!changes || more.length === 0) return changes;
  // One of them may rewrite what the other is in.
  const apart = more.every(({ range: [at] }) => changes.every(({ range }) => range[1] < at || at < range[0]));
  return apart ? [...changes, ...more] : null;
}

/** Names that the statements declare in their own block. */
function declaredBy(file: SourceFile, statements: readonly Node[]): string[] {
  return variablesOf(file, statements).map(({ name }) => name);
}

function variablesOf(
  file: SourceFile,
  statements: readonly Node[],
): ReturnType<SourceFile['sourceCode']['getDeclaredVariables']> {
  return statements
    .filter(({ type }) => /^(?:Variable|Function|Class)Declaration$/u.test(type))
    .filter((statement) => statement.type !== 'VariableDeclaration' || statement.kind !== 'var')
    .flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations : [statement]))
    .flatMap((node) => file.sourceCode.getDeclaredVariables(node));
}

/** Is a name that the statements declare used anywhere but within these nodes? */
function isUsedOutside(file: SourceFile, declaring: readonly Node[], within: readonly Node[]): boolean {
  return variablesOf(file, declaring).some((variable) =>
    variable.references.some(({ identifier }) => !within.some((node) => contains(node, identifier))),
  );
}

function isDeclaredIn(file: SourceFile, nodes: readonly Node[], name: string): boolean {
  return nodes.some((node) => declaredBy(file, node.type === 'BlockStatement' ? node.body : [node]).includes(name));
}

function namesOf(file: SourceFile, root: Node): string[] {
  const names: string[] = [];
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'Identifier') names.push(node.name);
    return undefined;
  });
  return names;
}

function waits(file: SourceFile, root: Node): boolean {
  let found = false;
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'AwaitExpression' || node.type === 'YieldExpression') found = true;
    if (node.type === 'ForOfStatement' && node.await) found = true;
    return !found && !isFunction(node);
  });
  return found;
}
