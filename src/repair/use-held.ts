import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, compilePath, matchesAnyModule, matchesPath, type Step } from '../catalog/api-path.js';
import { enclosingFunction, memberName, unwrap, unwrapAwait, wrapped, type Node } from '../ast/nodes.js';
import { isConstant, type Variable } from '../ast/variables.js';
import { addOption } from '../fix/add-option.js';
import type { Safety, TextChange } from '../fix/edit.js';
import type { NestedUse } from '../lifetime/nested-uses.js';
import type { Holding, PoolUse } from '../lifetime/pool-uses.js';
import { sessionStatementIn, statementTextOf } from '../lifetime/session-statements.js';
import { wholeChain } from '../lifetime/waiting.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that runs a statement on the connection that is held, and how it is offered. */
export interface UseHeld {
  readonly safety: Safety;
  readonly changes: () => readonly TextChange[] | null;
  readonly wording:
    | { readonly messageId: 'passHeld'; readonly data: { readonly option: string } }
    | { readonly messageId: 'useHeld'; readonly data: { readonly name: string } };
}

/**
 * The edit that makes a statement run on the held connection: the connection stands in the place of the pool, or is passed in the option
 * the library has for it.
 *
 * It is proved to change nothing else only for a plain connection that no statement has given a state of its own: no transaction, no
 * settings, no locks, nothing that asks for the last statement. In a transaction the statement would be rolled back with it; whether that
 * is meant (it nearly always is, an audit log is the exception) is for a person to say.
 *
 * @returns null where the connection has no name at that place, or does not answer the call as the pool does.
 */
export function useHeldConnection(file: SourceFile, { use, holding, through }: NestedUse): UseHeld | null {
  const [variable] = holding.variables;
  if (through.length > 0 || !variable || !use.shortcut || !isVisible(file, use.node, variable)) return null;
  const { option, optionArgument: argument = 0 } = use.shortcut;
  if (option !== undefined) {
    if (use.node.type !== 'CallExpression') return null;
    const { node } = use;
    const text = option === variable.name ? option : `${option}: ${variable.name}`;
    const wording = { messageId: 'passHeld', data: { option: `{ ${text} }` } } as const;
    const change = addOption(file.sourceCode, node, { argument, text });
    return change && { safety: 'suggest', changes: () => [change], wording };
  }
  const replaced = replacedPart(file, use, holding);
  if (!replaced) return null;
  return {
    safety: isPlainConnection(file, use, holding) ? 'fix' : 'suggest',
    changes: () => [{ range: replaced.range, text: variable.name }],
    wording: { messageId: 'useHeld', data: { name: variable.name } },
  };
}

// Under its own name, and certainly with a value.
function isVisible(file: SourceFile, node: Node, variable: Variable): boolean {
  const [definition] = variable.defs;
  if (definition?.type === 'Variable' && node.range[0] < definition.node.range[1]) return false;
  if (
    definition?.type === 'Variable' &&
    !isConstant(variable) &&
    enclosingFunction(node) !== enclosingFunction(definition.node)
  )
    return false;
  for (let scope: typeof variable.scope | null = file.sourceCode.getScope(node); scope; scope = scope.upper) {
    const found = scope.set.get(variable.name);
    if (found) return found === variable;
  }
  return false;
}

/** The part of the callee in whose place the connection may stand, so that the rest means the same: `dataSource` of `dataSource.query`. */
function replacedPart(file: SourceFile, { node }: PoolUse, holding: Holding): Node | null {
  const parts: { readonly part: Node; readonly rest: readonly Step[] }[] = [];
  let rest: readonly Step[] = [];
  for (let part = unwrap(node.type === 'TaggedTemplateExpression' ? node.tag : node.callee); ;) {
    parts.push({ part, rest });
    if (part.type === 'MemberExpression') {
      const name = memberName(part);
      if (name === null) break;
      rest = [name, ...rest];
      part = unwrap(part.object);
    } else if (part.type === 'CallExpression') {
      rest = [CALL, ...rest];
      part = unwrap(part.callee);
    } else break;
  }
  // The largest rest first: `dataSource.getRepository(User)` stays as it is.
  const found = parts
    .reverse()
    .find(({ part, rest }) => isGiver(file, part, holding) && holding.answers.some((api) => matchesPath(api, rest)));
  return found && isName(found.part) ? found.part : null;
}

/** Is it something out of which the connection could have been taken, by calls alone: a pool, and not a repository that knows one? */
function isGiver(file: SourceFile, part: Node, { api, library }: Holding): boolean {
  const origin = originsOf(file).of(part);
  if (!origin || !matchesAnyModule(library.modules, origin.module)) return false;
  const { steps } = origin;
  return compilePath(api).some(
    ({ steps: pattern }) =>
      steps.every((step, index) => pattern[index]?.(step) ?? false) &&
      // `transaction`, `()`, `execute`
      pattern.slice(steps.length).every((isStep, index, { length }) => index % 2 === 0 || (index < length - 1 && isStep(CALL))),
  );
}

function isName(node: Node): boolean {
  const expression = unwrapAwait(node);
  if (expression.type === 'MemberExpression') return isName(expression.object);
  return expression.type === 'Identifier' || expression.type === 'ThisExpression' || expression.type === 'CallExpression';
}

// What one statement leaves behind for the next one on the same connection.
const LAST = /last_insert_id|found_rows|row_count|lastval|currval|scope_identity|@/iu;

/** Does the statement mean the same on the held connection, because nothing has given that a state of its own? */
function isPlainConnection(file: SourceFile, use: PoolUse, holding: Holding): boolean {
  if (holding.kind !== 'by-hand' || holding.takes !== 'connection' || !holding.acquisition?.checkout) return false;
  if (!isPlainStatement(file, use.node, holding)) return false;
  const { release } = holding.acquisition.checkout;
  return holding.variables.every((variable) =>
    variable.references.every(({ identifier, init }) => {
      if (init) return true;
      const member = wrapped(identifier).parent;
      const name = member?.type === 'MemberExpression' && member.object === wrapped(identifier) ? memberName(member) : null;
      const call = member ? wrapped(member).parent : undefined;
      if (name === null || call?.type !== 'CallExpression' || unwrap(call.callee) !== member) return false;
      return release.includes(name) || isPlainStatement(file, call, holding);
    }),
  );
}

// Awaited on the spot, and its text can be read.
function isPlainStatement(file: SourceFile, call: TSESTree.Node, { region }: Holding): boolean {
  if (call.type !== 'CallExpression' || wholeChain(call) !== wrapped(call)) return false;
  const [argument] = call.arguments;
  const text = argument ? (statementTextOf(file, argument, 'text') ?? statementTextOf(file, argument, 'sql')) : null;
  if (text === null || LAST.test(text) || sessionStatementIn(text)) return false;
  return wrapped(call).parent?.type === 'AwaitExpression' && (enclosingFunction(call) ?? file.ast) === region;
}
