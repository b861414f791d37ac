/** Statements that mean something only to what runs later on the same connection. */
import type { TSESTree } from '@typescript-eslint/utils';
import { enclosingFunction, unwrap, unwrapAwait, type FunctionNode, type Node } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import { constantInit } from '../resolve/conditions.js';
import { flowOf } from '../resolve/flow.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { joinsConnection } from './joining.js';
import { poolUsesOf, type PoolUse } from './pool-uses.js';
import { isWaitedFor, wholeChain } from './waiting.js';

/** What a statement does to the connection it runs on. */
export interface SessionStatement {
  /**
   * - `begin`: opens a transaction. `inside`: means something only in one, or ends it.
   * - `lock`, `unlock`: takes and gives back a lock of the session.
   * - `setting`: changes or prepares something for later statements.
   */
  readonly kind: 'begin' | 'inside' | 'lock' | 'setting' | 'unlock';
  /** The words that say so, in capitals: `START TRANSACTION`, `SET search_path`. */
  readonly words: string;
}

/** A statement of this kind that is sent through a method of a pool. */
export interface PoolStatement extends SessionStatement {
  readonly use: PoolUse;
  /** The call that names the statement: the one on the pool, or that of a function which passes it on. */
  readonly node: PoolUse['node'];
}

type Kind = SessionStatement['kind'];

const MODES = String.raw`(?:\s+(?:work|tran|transaction|deferred|immediate|exclusive|isolation|read|not|deferrable)\b[^;]*)?`;

// The words that count are the first group. What is matched to the end of the statement (`$`) is nothing in any other position:
// `BEGIN … END` is a block, and `END` ends one.
const STATEMENTS: readonly (readonly [Kind, RegExp])[] = [
  ['begin', new RegExp(`^(start transaction|begin(?: work| tran(?:saction)?)?)${MODES}\\s*$`, 'iu')],
  ['inside', /^(commit|rollback)(?! prepared\b)/iu],
  ['inside', /^(end|abort)(?: work| transaction)?\s*$/iu],
  ['inside', /^(savepoint|release savepoint|save tran(?:saction)?|set local|set constraints|set transaction)\b/iu],
  ['inside', /^(declare) .*\bcursor\b/isu],
  ['setting', /^(listen)\b/iu],
  ['lock', /^(lock tables?)\b/iu],
  ['unlock', /^(unlock tables)\b/iu],
  ['setting', /^(create (?:global |local )?temp(?:orary)?) /iu],
  ['setting', /^(prepare) (?!transaction\b)/iu],
  ['setting', /^(use) [\w"`[\]]+\s*$/iu],
  [
    'setting',
    /^(set (?!global\b|persist\b|persist_only\b|password\b|default\b|@@global\b|@@persist)(?:session |names|role|time zone|@*[\w.]+(?=\s*(?:=|:=|\bto\b|\bon\b|\boff\b))))/iu,
  ],
];

const LOCK = /\b(pg_(?:try_)?advisory_lock(?:_shared)?|get_lock)\s*\(/iu;
const UNLOCK = /\b(pg_advisory_unlock(?:_shared|_all)?|release_lock)\s*\(/iu;
const COMMENTS = /\/\*[^]*?\*\/|--[^\n]*(?:\n|$)/gu;

const PLAIN = /^\s*(?:select|insert|update|delete|with)\s/iu;

/** What a text says to the session; null for statements that stand alone, and for several in one text, which run on one connection. */
export function sessionStatementIn(text: string): SessionStatement | null {
  // Nearly all statements are of this kind, and a service sends many.
  if (PLAIN.test(text) && !/lock/iu.test(text)) return null;
  const [first = '', ...more] = text
    .replace(COMMENTS, ' ')
    .split(';')
    .map((part) => part.replace(/\s+/gu, ' ').trim())
    .filter((part) => part !== '');
  const known = STATEMENTS.map(([kind, pattern]) => ({ kind, words: pattern.exec(first)?.[1] })).find(({ words }) => words);
  if (more.length > 0) {
    // Opened here, and ended by nothing in the text.
    const isOpen = known?.kind === 'begin' && !more.some((part) => /^(?:commit|rollback|end|abort)\b/iu.test(part));
    return isOpen && !text.includes(HOLE) ? { kind: 'begin', words: spelled(known.words ?? '') } : null;
  }
  if (known?.words !== undefined) {
    // Without semicolons between them: a batch.
    const isBatch =
      known.kind === 'setting' &&
      /\b(?:select|insert|update|delete|exec)\b/iu.test(first) &&
      /^(?:set|use)/iu.test(known.words);
    return isBatch ? null : { kind: known.kind, words: spelled(known.words) };
  }
  const [lock, unlock] = [LOCK.exec(first)?.[1], UNLOCK.exec(first)?.[1]];
  if (lock !== undefined && unlock === undefined) return { kind: 'lock', words: lock };
  return unlock !== undefined && lock === undefined ? { kind: 'unlock', words: unlock } : null;
}

// Key words in capitals, names as they are.
function spelled(words: string): string {
  const trimmed = words.trim();
  return /^set (?!session|names|role|time zone|local|constraints|transaction)/iu.test(trimmed)
    ? `SET ${trimmed.slice(4)}`
    : trimmed.toUpperCase();
}

/** Stands in a text for what is put into it. */
const HOLE = '\uFFFC';

/**
 * The text of a statement, as far as the file shows it: a literal, a template, a constant, an object that holds it.
 *
 * @param property The property of an object that holds it.
 * @returns null where it cannot be read from the beginning.
 */
export function statementTextOf(file: SourceFile, argument: Node, property?: string): string | null {
  const value = constantInit(file, unwrapAwait(argument));
  switch (value.type) {
    case 'Literal':
      return typeof value.value === 'string' ? value.value : null;
    case 'TemplateLiteral':
      return templateText(value);
    case 'TaggedTemplateExpression':
      return templateText(value.quasi);
    case 'BinaryExpression': {
      const left = value.operator === '+' ? statementTextOf(file, value.left) : null;
      return left === null ? null : left + (statementTextOf(file, value.right) ?? HOLE);
    }
    case 'MemberExpression': {
      // `SQL.begin`
      const name = value.property.type === 'Identifier' && !value.computed ? value.property.name : null;
      const found = name === null ? null : lookUpProperty(constantInit(file, value.object), name);
      return found?.found === 'yes' ? statementTextOf(file, found.value) : null;
    }
    case 'ObjectExpression': {
      const found = property === undefined ? null : lookUpProperty(value, property);
      return found?.found === 'yes' ? statementTextOf(file, found.value) : null;
    }
    case 'CallExpression': {
      // `sql.raw('BEGIN')` of a library.
      const [text] = value.arguments;
      return text && originsOf(file).of(value.callee) ? statementTextOf(file, text) : null;
    }
    default:
      return null;
  }
}

function templateText({ quasis }: TSESTree.TemplateLiteral): string {
  return quasis.map(({ value }) => value.cooked ?? value.raw).join(HOLE);
}

/** The session statements that a file sends through methods of its pools, in source order. */
export const poolStatementsOf = perFile((file: SourceFile): readonly PoolStatement[] => {
  const found: PoolStatement[] = [];
  for (const use of poolUsesOf(file)) {
    const { shortcut } = use;
    if (!shortcut || joinsConnection(file, use, []) || !isSentAlone(file, use.node)) continue;
    for (const { node, text } of sentBy(file, use, shortcut.text, shortcut.property)) {
      const statement = sessionStatementIn(text);
      if (statement) found.push({ ...statement, use, node });
    }
  }
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
});

// Run here, by itself; as a part of another statement or of a list for the library it runs where that does.
function isSentAlone(file: SourceFile, node: PoolUse['node']): boolean {
  const { parent } = wholeChain(node);
  if (parent?.type === 'ExpressionStatement' || parent?.type === 'UnaryExpression') return true;
  const fn = enclosingFunction(node) ?? file.ast;
  return isWaitedFor(file, { fn, returns: true, held: [], until: Number.POSITIVE_INFINITY }, node);
}

interface Sent {
  readonly node: PoolUse['node'];
  readonly text: string;
}

function sentBy(file: SourceFile, { node }: PoolUse, index: number | undefined, property: string | undefined): readonly Sent[] {
  if (node.type === 'TaggedTemplateExpression') return [{ node, text: templateText(node.quasi) }];
  const argument = index === undefined ? undefined : node.arguments[index];
  if (!argument) return [];
  const text = statementTextOf(file, argument, property);
  return text === null ? sentThrough(file, argument, property) : [{ node, text }];
}

// `const query = (text, values) => pool.query(text, values)`: the calls of it say what is sent.
function sentThrough(file: SourceFile, argument: Node, property: string | undefined): readonly Sent[] {
  const name = unwrap(argument);
  const variable = name.type === 'Identifier' ? originsOf(file).variable(name) : null;
  const [definition] = variable?.defs ?? [];
  if (name.type !== 'Identifier' || definition?.type !== 'Parameter') return [];
  const fn = definition.node as FunctionNode;
  const position = fn.params.findIndex((parameter) => parameter === definition.name);
  if (position < 0) return [];
  const found: Sent[] = [];
  for (const use of flowOf(file).usesOfFunction(fn)) {
    const call = use.kind === 'call' ? use.call : null;
    const text = call?.arguments[position] ? statementTextOf(file, call.arguments[position], property) : null;
    if (call && text !== null) found.push({ node: call, text });
  }
  return found;
}
