/** From a response nobody reads to the edit that discards its body. */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingFunction,
  isFunction,
  isTransparent,
  keyName,
  memberName,
  walkStatements,
  wrapped,
  wrappedAwait,
  type Node,
} from '../ast/nodes.js';
import { variableNamed, writesOf } from '../ast/variables.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { addToPattern } from '../fix/add-to-pattern.js';
import { insertAfter, insertBefore, startsStatement } from '../fix/insert-before.js';
import { isFree } from '../fix/names.js';
import type { Acquisition } from '../lifetime/acquiring.js';
import type { Exit } from '../lifetime/outcome.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that discards a body on the ways out that leave it unread. */
export interface DiscardBody {
  readonly safety: Safety;
  readonly changes: () => readonly TextChange[] | null;
}

/** Where the discard is written: in front of a statement, or behind it. */
interface Place {
  readonly statement: Node;
  readonly behind: boolean;
}

/** How the body is written, and what has to be changed so that it can be. */
interface BodyName {
  readonly text: string;
  readonly isVisibleAt: (node: Node) => boolean;
  readonly changes: readonly TextChange[];
}

/**
 * The edit that discards the body in front of each exit.
 *
 * @returns null where the function cannot wait for it, where nothing names the response, or where the body may have been read.
 */
export function discardBody(file: SourceFile, acquisition: Acquisition, exits: readonly Exit[]): DiscardBody | null {
  const { response, many } = acquisition;
  if (!response || many || isLocked(acquisition) || isRetyped(acquisition, file)) return null;
  const { template, awaits, mayReject } = response.discard;
  const dropped = droppedStatement(acquisition.node);
  const places = dropped ? [{ statement: dropped.statement, behind: false }] : placesOf(acquisition, exits);
  if (!places || (awaits && !places.every(({ statement }) => isInAsync(statement)))) return null;
  // A discard that fails must not be taken for a failure of the request.
  const safety: Safety = mayReject && places.some(({ statement }) => isCaught(statement)) ? 'suggest' : 'fix';
  if (dropped) {
    const value = `(${file.sourceCode.getText(dropped.value)})`;
    const code = template.replace('{body}', response.body === '' ? value : `${value}.${response.body}`);
    const { range } = dropped.statement.expression;
    return { safety, changes: () => [{ range, text: startsStatement(file.sourceCode, dropped.statement, code) }] };
  }
  const name = nameOf(file, acquisition, places) ?? addedName(file, acquisition, places);
  if (!name || !places.every(({ statement }) => name.isVisibleAt(statement))) return null;
  const code = template.replace('{body}', name.text);
  const { sourceCode } = file;
  return {
    safety,
    changes: () => [
      ...name.changes,
      ...places.flatMap(({ statement, behind }) =>
        behind ? insertAfter(sourceCode, statement, code) : insertBefore(sourceCode, statement, code),
      ),
    ],
  };
}

// `await fetch(url);`, with nothing that takes the response.
function droppedStatement(node: Node): { readonly statement: TSESTree.ExpressionStatement; readonly value: Node } | null {
  const value = wrappedAwait(node);
  const { parent } = value;
  return parent?.type === 'ExpressionStatement' && value.type === 'AwaitExpression' ? { statement: parent, value } : null;
}

/**
 * Can the body not be cancelled by itself? One with a reader is locked, and one with a copy waits until the copy is cancelled too.
 */
function isLocked({ response, values }: Acquisition): boolean {
  const locking = [response?.reader, response?.clone?.method];
  for (const [, path] of values.entries) if (path.length > 0 && locking.includes(path.join('.'))) return true;
  return false;
}

/** Does a type of the file's own say what the response is? It may know nothing of the body. */
function isRetyped({ node, values }: Acquisition, { sourceCode }: SourceFile): boolean {
  const types: (TSESTree.TypeNode | undefined)[] = [];
  let outer: Node | undefined = node.parent;
  for (; outer && (isTransparent(outer) || outer.type === 'AwaitExpression'); outer = outer.parent)
    if (outer.type === 'TSAsExpression' || outer.type === 'TSTypeAssertion') types.push(outer.typeAnnotation);
  if (outer?.type === 'VariableDeclarator') types.push(outer.id.typeAnnotation?.typeAnnotation);
  for (const { defs } of values.variables.keys())
    for (const { name } of defs) if (name.type === 'Identifier') types.push(name.typeAnnotation?.typeAnnotation);
  return types.some((type) => type !== undefined && !isForeign(sourceCode, type));
}

// `Response`, `http.IncomingMessage`: declared elsewhere.
function isForeign(sourceCode: SourceFile['sourceCode'], type: TSESTree.TypeNode): boolean {
  if (type.type === 'TSAnyKeyword') return true;
  if (type.type !== 'TSTypeReference') return false;
  if (type.typeName.type !== 'Identifier') return true;
  const variable = variableNamed(sourceCode, type.typeName.name, type);
  return (variable?.defs ?? []).every((definition) => definition.type === 'ImportBinding');
}

// ---- where ----

function placesOf(acquisition: Acquisition, exits: readonly Exit[]): readonly Place[] | null {
  const places = new Map<Node, Place>();
  for (const exit of exits) {
    const place = placeOf(acquisition, exit);
    if (!place) return null;
    places.set(place.statement, place);
  }
  return [...places.values()];
}

function placeOf(acquisition: Acquisition, { node, kind, sure }: Exit): Place | null {
  switch (kind) {
    case 'return':
    case 'throw': {
      const isStatement = node.type === 'ReturnStatement' || node.type === 'ThrowStatement';
      return sure && isStatement && !readsBody(acquisition, node) ? { statement: node, behind: false } : null;
    }
    case 'end':
      return sure && node.parent === blockOf(acquisition) ? behind(node) : endOfBlock(acquisition);
    case 'overwritten': {
      if (node === acquisition.node) return endOfBlock(acquisition);
      const assignment = node.parent;
      const statement = assignment?.parent;
      if (!sure || assignment?.type !== 'AssignmentExpression' || statement?.type !== 'ExpressionStatement') return null;
      return readsBody(acquisition, statement) ? null : { statement, behind: false };
    }
    default:
      return null;
  }
}

function behind(statement: Node): Place | null {
  return /^(?:Return|Throw|Break|Continue)Statement$/u.test(statement.type) ? null : { statement, behind: true };
}

function blockOf({ body }: Acquisition): Node | null {
  return body.type !== 'Program' && body.body.type === 'BlockStatement' ? body.body : null;
}

// The end of the block in which the response is declared, where every way there leads past all of it.
function endOfBlock(acquisition: Acquisition): Place | null {
  const { node, values, evaluation } = acquisition;
  const declarator = wrappedAwait(node).parent;
  const block = declarator?.type === 'VariableDeclarator' ? declarator.parent.parent : null;
  if (block?.type !== 'BlockStatement') return null;
  const last = block.body.at(-1);
  if (!last || evaluation.releases.some((call) => contains(block, call))) return null;
  for (const [use, path] of values.entries)
    if (contains(block, use) && isBodyOrResponse(acquisition, path) && !isLookedInto(use) && use !== node) return null;
  const kinds = new Set<string>();
  walkStatements(block, ({ type }) => kinds.add(type));
  return kinds.has('BreakStatement') || kinds.has('ContinueStatement') ? null : behind(last);
}

function isBodyOrResponse({ response }: Acquisition, path: readonly string[]): boolean {
  const way = path.join('.');
  return way === '' || way === response?.body;
}

// `response.status`, and what stands for the response while it is on its way to a name.
function isLookedInto(use: Node): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  return (
    (parent?.type === 'MemberExpression' && parent.object === outer) ||
    parent?.type === 'AwaitExpression' ||
    parent?.type === 'VariableDeclarator' ||
    outer !== use
  );
}

// What says whether the body was read is another answer after a discard.
const STATE = /^(?:bodyUsed|clone|closed|complete|destroyed|errored|isPaused|locked|readable\w*)$/u;

/** Does the statement need the body, so that a discard in front of it would take it away? */
function readsBody(acquisition: Acquisition, statement: Node): boolean {
  const { evaluation, values, response } = acquisition;
  if (evaluation.releases.some((call) => contains(statement, call))) return true;
  for (const [use, path] of values.entries) {
    if (!contains(statement, use)) continue;
    if (STATE.test(path.at(-1) ?? '')) return true;
    const whole = isBodyOrResponse(acquisition, path) && !isLookedInto(use);
    if (whole || (response?.body !== '' && path.join('.') === response?.body)) return true;
  }
  return false;
}

function isInAsync(node: Node): boolean {
  const fn = enclosingFunction(node);
  return fn === null || fn.async;
}

/** Would something around, in the same function or in the chain it is a part of, catch what is thrown here? */
function isCaught(node: Node): boolean {
  for (let child = node; child.parent; child = child.parent) {
    const { parent } = child;
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) return true;
    if (isFunction(child)) return parent.type === 'CallExpression' && isCaughtInChain(parent);
  }
  return false;
}

// `.then(async (response) => …).catch(…)`
function isCaughtInChain(call: TSESTree.CallExpression): boolean {
  const member = wrapped(call).parent;
  if (member?.type !== 'MemberExpression') return false;
  const next = wrapped(member).parent;
  return next?.type === 'CallExpression' && (memberName(member) === 'catch' || isCaughtInChain(next));
}

// ---- what it is called ----

/** A variable that holds the body, or the response and the property. */
function nameOf({ sourceCode }: SourceFile, { response, values }: Acquisition, places: readonly Place[]): BodyName | null {
  const wanted = response?.body ?? '';
  const held = [...values.variables].filter(([variable, path]) => {
    const own = path.join('.');
    // What is given something else too may not be the response.
    return (own === wanted || own === '') && (writesOf(variable).length <= 1 || values.holders.length === 1);
  });
  const [first] = [...held.filter(([, path]) => path.join('.') === wanted), ...held].filter(([variable]) =>
    places.every(({ statement }) => variableNamed(sourceCode, variable.name, statement) === variable),
  );
  if (!first) return null;
  const [variable, path] = first;
  const text = path.join('.') === wanted ? variable.name : `${variable.name}.${wanted}`;
  return { text, changes: [], isVisibleAt: () => true };
}

/** `const { status } = await fetch(url)`: the body can be taken out as well, where its name is free. */
function addedName(file: SourceFile, { node, response }: Acquisition, places: readonly Place[]): BodyName | null {
  const wanted = response?.body ?? '';
  const declarator = wrappedAwait(node).parent;
  if (wanted === '' || wanted.includes('.') || declarator?.type !== 'VariableDeclarator') return null;
  const { id, parent: declaration } = declarator;
  if (id.type !== 'ObjectPattern' || id.properties.length === 0) return null;
  if (!id.properties.every((property) => property.type === 'Property' && keyName(property) !== null)) return null;
  if (id.properties.some((property) => property.type === 'Property' && keyName(property) === wanted)) return null;
  const { parent: block } = declaration;
  if (!isFree(file.sourceCode, wanted, [id, ...places.map(({ statement }) => statement)])) return null;
  return {
    text: wanted,
    changes: addToPattern(file.sourceCode, id, wanted),
    isVisibleAt: (place) => contains(block, place) && place.range[0] > declaration.range[0],
  };
}
