/** From an acquisition that is not given back on every path to the edit that gives it back. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, wrappedAwait, type Node } from '../ast/nodes.js';
import { isConstant } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { addFinally, moveIntoTry, wrapInFinally } from '../fix/finally.js';
import type { Acquisition } from '../lifetime/acquisitions.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that gives something back. */
export interface GiveBack {
  readonly safety: Safety;
  /** Built when asked for; null if the text does not allow it. */
  readonly changes: () => readonly TextChange[] | null;
}

/**
 * The edit that gives the value back in a `finally`: the release that is there already (safe, where nothing else moves), or one that
 * is added (a suggestion).
 *
 * @returns null where none is proved or can be suggested.
 */
export function giveBackInFinally(file: SourceFile, acquisition: Acquisition): GiveBack | null {
  const { sourceCode } = file;
  const held = declarationOf(acquisition.node);
  if (!held || acquisition.kind === 'transaction') return null;
  const { declaration, block, name } = held;
  const statements = block.body;
  const at = statements.indexOf(declaration);
  const releases = acquisition.evaluation.releases.map(releaseStatement);
  const after = statements.slice(at + 1);
  if (releases.length === 0) {
    const cleanup = cleanupText(acquisition, name);
    if (cleanup === null || after.length === 0) return null;
    return {
      safety: 'suggest',
      changes: () => wrapInFinally({ sourceCode, block, after: declaration, through: null, removed: [], cleanup }),
    };
  }
  const found = releases.filter((statement) => statement !== null);
  const [first] = found;
  if (!first || found.length !== releases.length) return null;
  const cleanup = sourceCode.getText(first.expression);
  if (found.some((statement) => sourceCode.getText(statement.expression) !== cleanup)) return null;
  // All in the `finally` already, with something in front of the `try` that may throw.
  const inFinally = after.findIndex(
    (statement) =>
      statement.type === 'TryStatement' &&
      found.every((item) => statement.finalizer !== null && contains(statement.finalizer, item)),
  );
  if (inFinally > 0) {
    const statement = after[inFinally] as TSESTree.TryStatement;
    const moved = after.slice(0, inFinally);
    const rest = [...(statement.handler ? [statement.handler] : []), ...(statement.finalizer ? [statement.finalizer] : [])];
    if (usesDeclared(file, moved, [...rest, ...after.slice(inFinally + 1)])) return null;
    return {
      safety: statement.handler ? 'suggest' : 'fix',
      changes: () => moveIntoTry(sourceCode, statement, moved),
    };
  }
  const [next] = after;
  if (
    next?.type === 'TryStatement' &&
    !next.finalizer &&
    found.every((item) => item.parent === next.block || item.parent === next.handler?.body)
  ) {
    return { safety: 'fix', changes: () => addFinally(sourceCode, next, found, cleanup) };
  }
  if (found.length !== 1 || first.parent !== block) return null;
  const last = after.indexOf(first);
  const covered = after.slice(0, last);
  const tail = after.slice(last + 1);
  if (!usesDeclared(file, covered, tail)) {
    return {
      safety: 'fix',
      changes: () => wrapInFinally({ sourceCode, block, after: declaration, through: first, removed: [first], cleanup }),
    };
  }
  // What comes behind the release uses what stands before it: all of it moves inside, and the connection is held a little longer.
  return {
    safety: tail.some((statement) => waits(file, statement)) ? 'suggest' : 'fix',
    changes: () => wrapInFinally({ sourceCode, block, after: declaration, through: null, removed: [first], cleanup }),
  };
}

function declarationOf(node: Node): {
  readonly declaration: TSESTree.VariableDeclaration;
  readonly block: TSESTree.BlockStatement;
  readonly name: string;
} | null {
  const declarator = wrappedAwait(node).parent;
  if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null;
  const declaration = declarator.parent;
  const block = declaration.parent;
  if (declaration.declarations.length > 1 || block.type !== 'BlockStatement' || declaration.kind.endsWith('using')) return null;
  return { declaration, block, name: declarator.id.name };
}

function releaseStatement(call: Node): TSESTree.ExpressionStatement | null {
  const { parent } = wrappedAwait(call);
  return parent?.type === 'ExpressionStatement' ? parent : null;
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

/** Does a later statement use a name that one of these declares? */
function usesDeclared(file: SourceFile, declaring: readonly Node[], later: readonly Node[]): boolean {
  return declaring.some((statement) => {
    if (statement.type === 'VariableDeclaration' && statement.kind === 'var') return false;
    if (!/^(?:Variable|Function|Class)Declaration$/u.test(statement.type)) return false;
    const nodes = statement.type === 'VariableDeclaration' ? statement.declarations : [statement];
    return nodes
      .flatMap((node) => file.sourceCode.getDeclaredVariables(node))
      .some(
        (variable) =>
          (!isConstant(variable) &&
            later.some((node) => variable.references.some(({ identifier }) => contains(node, identifier)))) ||
          variable.references.some(({ identifier }) => later.some((node) => contains(node, identifier))),
      );
  });
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
